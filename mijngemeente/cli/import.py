"""Bring in a file of another system: also one too large for a browser."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from . import home, start
from .errors import Stop

if TYPE_CHECKING:
    from mijngemeente.imports.models import Import
    from mijngemeente.organisations.models import Member

#: PostgreSQL keeps at most 1 GB in one place, and a copy is on the way there.
FILE_BYTES = 512 * 1024 * 1024
PROBLEMS_SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """`import FILE --organisation SLUG`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="een CSV-, JSON- of mbox-bestand")
    parser.add_argument("--organisation", required=True, metavar="SLUG", help="naam in het webadres")
    parser.add_argument("--by", metavar="ADDRESS", help="e-mailadres van de beheerder die het doet")
    parser.add_argument("--start", action="store_true", help="voer meteen in, zonder eerst te kijken")


def run(options: argparse.Namespace) -> int:
    """Show what is in it; with --start the worker brings it in."""
    if not options.file.is_file():
        raise Stop(f"{options.file} is geen bestand.")
    if options.file.stat().st_size > FILE_BYTES:
        raise Stop("Dit bestand is groter dan 512 MB. Knip het in stukken.")
    home.use_running_database()
    start.refuse_power()
    from mijngemeente.platform.errors import Refused

    try:
        shown = _show(options)
    except Refused as refusal:
        raise Stop(str(refusal)) from refusal
    print(_told(shown, options.organisation))
    return 1 if shown.failed else 0


def _show(options: argparse.Namespace) -> "Import":
    from mijngemeente.imports.actions import show_import, start_import
    from mijngemeente.platform.tenancy import acting_for

    by = _administrator(options.organisation, options.by)
    with acting_for(by.organisation_id), options.file.open("rb") as file:
        shown = show_import(name=options.file.name, file=file, by=by)
        if options.start:
            start_import(shown=shown, by=by)
    return shown


def _administrator(slug: str, address: str | None) -> "Member":
    """In whose name it is done. Raises Stop."""
    from mijngemeente.organisations.models import Member
    from mijngemeente.organisations.rules import Role

    members = Member.objects.filter(
        organisation__slug=slug, left_at=None, roles__contains=[Role.ADMINISTRATOR]
    ).select_related("person", "organisation")
    if address:
        members = members.filter(person__email__iexact=address)
    found = members.order_by("joined_at").first()
    if found is None:
        raise Stop(f"Er is geen beheerder van {slug} die wij kennen.")
    return found


def _told(shown: "Import", slug: str) -> str:
    from django.conf import settings

    lines = [f"{shown.total} gelezen, {shown.failed} met een fout."]
    lines += [f"{number}: {sentence}" for number, sentence in shown.problems[:PROBLEMS_SHOWN]]
    lines.append(f"{settings.PUBLIC_URL}/{slug}/beheer/invoer/{shown.id}/")
    return "\n".join(lines)
