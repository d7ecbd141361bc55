"""Every route and who may come in. A route without a line here answers 404 and fails the tests."""

from enum import Enum

from mijngemeente.organisations.rules import Right


class Door(Enum):
    """Who a route is for when no right in an organisation is asked."""

    #: Anybody; no organisation in the address.
    PUBLIC = "public"
    #: Anybody, at one organisation's own pages.
    RESIDENT = "resident"
    #: Another system that proves itself; `intake` opens the unit after that.
    MACHINE = "machine"
    #: Somebody signed in; the view opens `covering` itself.
    PERSON = "person"


#: Route name (with its namespace) → who may come in.
ROUTES: dict[str, Door | Right] = {
    "home": Door.PUBLIC,
    "live": Door.PERSON,
    "resident_live": Door.RESIDENT,
}

#: Routes of libraries: sign-in takes care of itself.
PREFIXES: dict[str, Door] = {
    "account_": Door.PUBLIC,
    "mfa_": Door.PUBLIC,
    "usersessions_": Door.PUBLIC,
}


def access_to(route: str) -> Door | Right | None:
    """Who may come in, or None for a route nobody decided about."""
    if route in ROUTES:
        return ROUTES[route]
    return next((door for prefix, door in PREFIXES.items() if route.startswith(prefix)), None)
