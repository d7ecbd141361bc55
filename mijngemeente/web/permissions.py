"""Every route and who may come in. A route without a line here answers 404 and fails the tests."""

from enum import Enum

from mijngemeente.organisations.rules import Right


class Door(Enum):
    """Who a route is for when no right in an organisation is asked."""

    #: Anybody; no organisation in the address.
    PUBLIC = "public"
    #: Anybody, at one organisation's own pages.
    RESIDENT = "resident"
    #: Another system that proves itself; `intake` or `api` opens the unit after that.
    MACHINE = "machine"
    #: Somebody signed in; the view opens `covering` itself.
    PERSON = "person"
    #: A page of a library that we do not use.
    NOBODY = "nobody"


#: Route name (with its namespace) → who may come in.
ROUTES: dict[str, Door | Right] = {
    "home": Door.PUBLIC,
    "live": Door.PERSON,
    "resident_live": Door.RESIDENT,
    "people:invitation": Door.PUBLIC,
    "people:profile": Door.PERSON,
    "appearance": Door.RESIDENT,
    "administration:overview": Right.ADMINISTER,
    "administration:inboxes": Right.ADMINISTER,
    "administration:connect": Right.ADMINISTER,
    "administration:inbox": Right.ADMINISTER,
    "administration:check": Right.ADMINISTER,
    "administration:stop": Right.ADMINISTER,
    "administration:resume": Right.ADMINISTER,
    "administration:letters": Right.ADMINISTER,
    "administration:retry_delivery": Right.ADMINISTER,
    "administration:confirm_delivery": Right.ADMINISTER,
    "administration:payloads": Right.ADMINISTER,
    "administration:payload": Right.ADMINISTER,
    "administration:retry_payload": Right.ADMINISTER,
    "administration:download_payload": Right.ADMINISTER,
    "systems:systems": Right.ADMINISTER,
    "systems:new_token": Right.ADMINISTER,
    "systems:end_token": Right.ADMINISTER,
    "systems:new_webhook": Right.ADMINISTER,
    "systems:webhook": Right.ADMINISTER,
    "systems:stop_webhook": Right.ADMINISTER,
    "systems:retry_announcement": Right.ADMINISTER,
    "organisations:people": Right.ADMINISTER,
    "organisations:invite": Right.ADMINISTER,
    "organisations:member": Right.ADMINISTER,
    "organisations:end_membership": Right.ADMINISTER,
    "organisations:renew_invitation": Right.ADMINISTER,
    "organisations:withdraw_invitation": Right.ADMINISTER,
    "organisations:rules": Right.ADMINISTER,
    "organisations:appearance": Right.ADMINISTER,
    "organisations:own_theme": Right.ADMINISTER,
    "organisations:remove_theme": Right.ADMINISTER,
    "organisations:agreements": Right.ADMINISTER,
    "organisations:end_agreement": Right.ADMINISTER,
    "answers:bank": Right.READ,
    "answers:answer": Right.READ,
    "answers:versions": Right.READ,
    "answers:review": Right.READ,
    "answers:export": Right.READ,
    "answers:opinion": Right.REPLY,
    "answers:new": Right.ORGANISE,
    "answers:edit": Right.ORGANISE,
    "answers:restore": Right.ORGANISE,
    "answers:checked": Right.ORGANISE,
    "answers:adoption": Right.ORGANISE,
    "answers:facts": Right.ORGANISE,
    "answers:fact": Right.ORGANISE,
    "answers:imports": Right.ORGANISE,
    "answers:sample": Right.ORGANISE,
    "answers:import": Right.ORGANISE,
    "answers:problems": Right.ORGANISE,
    "intake:contact": Door.RESIDENT,
    "intake:chat": Door.RESIDENT,
    "intake:widget": Door.RESIDENT,
    "intake:widget_script": Door.RESIDENT,
    "intake:personal": Door.RESIDENT,
    "intake:messages": Door.RESIDENT,
    "intake:rating": Door.RESIDENT,
    "intake:attachment": Door.RESIDENT,
    "receive": Door.MACHINE,
    "api:openapi": Door.PUBLIC,
    "api:nothing": Door.PUBLIC,
    "api:conversations": Door.MACHINE,
    "api:conversation": Door.MACHINE,
    "api:closure": Door.MACHINE,
    "api:label": Door.MACHINE,
    "api:messages": Door.MACHINE,
    "api:topics": Door.MACHINE,
    "api:labels": Door.MACHINE,
    "api:members": Door.MACHINE,
    "desk:desk": Door.PERSON,
    "desk:news": Door.PERSON,
    "desk:views": Door.PERSON,
    "desk:view_counts": Door.PERSON,
    "desk:new_view": Door.PERSON,
    "desk:edit_view": Door.PERSON,
    "desk:move_view": Door.PERSON,
    "desk:remove_view": Door.PERSON,
    "desk:notifications": Door.PERSON,
    "desk:unread": Door.PERSON,
    "desk:read_notifications": Door.PERSON,
    "desk:choose_notifications": Door.PERSON,
    "desk:next": Door.PERSON,
    "desk:take": Door.PERSON,
    "desk:conversation": Right.READ,
    "desk:thread": Right.READ,
    "desk:row": Right.READ,
    "desk:attachment": Right.READ,
    "desk:html": Right.READ,
    "desk:reply": Right.REPLY,
    "desk:answers": Right.REPLY,
    "desk:note": Right.REPLY,
    "desk:draft": Right.REPLY,
    "desk:take_back": Right.REPLY,
    "desk:close": Right.REPLY,
    "desk:reopen": Right.REPLY,
    "desk:hand_over": Right.REPLY,
    "desk:delivery": Right.REPLY,
    "desk:record_contact": Right.REPLY,
    "desk:merge": Right.ORGANISE,
    "desk:block": Right.ORGANISE,
    "desk:hide": Right.ORGANISE,
    "desk:unhide": Right.ORGANISE,
    "desk:refer": Right.REPLY,
    "safeguards:senders": Right.ADMINISTER,
    "safeguards:lift_block": Right.ADMINISTER,
    "safeguards:lift_silence": Right.ADMINISTER,
    "safeguards:designations": Right.ADMINISTER,
    "safeguards:designation": Right.ADMINISTER,
    "desk:unmerge": Right.ORGANISE,
    "desk:split": Right.ORGANISE,
    "desk:link": Right.ORGANISE,
    "desk:unlink": Right.ORGANISE,
    "desk:assign": Right.ORGANISE,
    "desk:status": Right.ORGANISE,
    "desk:snooze": Right.ORGANISE,
    "desk:prioritise": Right.ORGANISE,
    "desk:follow": Right.READ,
    "desk:reminders": Right.READ,
    "desk:forget_reminder": Right.READ,
    "desk:names": Right.REPLY,
    "desk:topic": Right.ORGANISE,
    "desk:kind": Right.ORGANISE,
    "desk:label": Right.ORGANISE,
    "desk:residents": Right.READ,
    "desk:resident": Right.READ,
    "desk:rename_resident": Right.REPLY,
    "desk:add_address": Right.REPLY,
    "desk:address": Right.REPLY,
    "desk:add_resident_note": Right.REPLY,
    "desk:remove_resident_note": Right.REPLY,
    "desk:merge_residents": Right.ORGANISE,
    "desk:undo_merge": Right.ORGANISE,
}

#: Routes of libraries, the first that fits: sign-in takes care of itself, and nobody registers.
PREFIXES: dict[str, Door] = {
    "account_signup": Door.NOBODY,
    "account_email": Door.NOBODY,
    "account_confirm_email": Door.NOBODY,
    "account_confirm_login_code": Door.NOBODY,
    "account_": Door.PUBLIC,
    "mfa_": Door.PUBLIC,
    "usersessions_": Door.PUBLIC,
}


def access_to(route: str) -> Door | Right | None:
    """Who may come in, or None for a route nobody decided about."""
    if route in ROUTES:
        return ROUTES[route]
    return next((door for prefix, door in PREFIXES.items() if route.startswith(prefix)), None)
