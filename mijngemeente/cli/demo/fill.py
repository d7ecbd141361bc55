"""`python -m mijngemeente.cli.demo.fill PORT`: a process of its own, as it may act as the owner.

An empty database gets the country; in every one the mailboxes learn the port of the post office.
"""

import sys

from .. import start


def main(post_office: int) -> None:
    """Fill if there is nothing yet."""
    start.load()
    from django.conf import settings

    from mijngemeente.organisations.models import Organisation

    from .country import fill
    from .founding import connect_mail
    from .telling import BROKEN

    if not Organisation.objects.exists():
        fill(settings.DATA, settings.OWNER_DB_ALIAS, report)
    connect_mail(post_office, BROKEN)


def report(done: int, total: int) -> None:
    """One line that counts, for a person who waits."""
    if sys.stdout.isatty():
        end = "\n" if done == total else ""
        print(f"\r  {done} van {total} gesprekken", end=end, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
