"""Make what was said findable anew: after an upgrade that reads words in another way, or a mishap."""

import argparse

from . import home, start


def configure(parser: argparse.ArgumentParser) -> None:
    """`search rebuild`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="opdrachten")
    actions.add_parser("rebuild", help="maak alles doorzoekbaar wat dat nog niet is; afbreken mag")


def run(options: argparse.Namespace) -> int:
    """Every organisation in turn, in small transactions; what is right already is passed over."""
    with home.database():
        start.load()
        from mijngemeente.organisations.models import Organisation

        for organisation in Organisation.objects.order_by("id"):
            made, cut = rebuild(organisation.id), cut_count(organisation.id)
            if made:
                print(f"{made:8} {organisation.full_name}")
            if cut:
                print(f"{cut:8} {organisation.full_name}: te lang, alleen het begin is te vinden")
    return 0


def cut_count(organisation_id: int) -> int:
    """How many messages are longer than what is kept to find them again."""
    from mijngemeente.conversations.models import SearchEntry
    from mijngemeente.platform.tenancy import covering

    with covering([organisation_id]):
        return SearchEntry.objects.filter(organisation_id=organisation_id, is_cut=True).count()


def rebuild(organisation_id: int) -> int:
    """Make the entries of one organisation that are missing or of older rules; how many."""
    from mijngemeente.conversations.actions import refresh_after
    from mijngemeente.platform.tenancy import acting_for

    made, after, is_done = 0, None, False
    while not is_done:
        with acting_for(organisation_id):
            count, last = refresh_after(organisation_id=organisation_id, after=after)
        made, after, is_done = made + count, last, last is None
    return made
