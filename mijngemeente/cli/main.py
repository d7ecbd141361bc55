"""The `mijngemeente` command."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import NoReturn

from mijngemeente.platform.postgres.place import Unavailable

from .errors import Stop

#: Name → what it does. Each is a module here with `configure(parser)` and `run(options) -> exit code`,
#: imported only when it is asked for, so that `web` does not pay for the others.
COMMANDS = {
    "demo": "toon een levensecht land in je browser",
    "serve": "draai alles: web, worker en zo nodig PostgreSQL",
    "web": "draai alleen de website; mag vaker dan één keer",
    "worker": "draai alleen het werk op de achtergrond; mag vaker dan één keer",
    "migrate": "maak of vernieuw de tabellen, en lees de landelijke gegevens in",
    "found": "zet een gemeente klaar, met een eerste beheerder",
    "reference": "lees de landelijke gegevens opnieuw in",
    "corrections": "schrijf op wat medewerkers verbeterden, om van te leren",
    "search": "maak doorzoekbaar wat dat nog niet is",
    "intake": "neem mails uit bestanden in",
    "import": "voer inwoners of oude gesprekken uit een ander systeem in",
    "mail": "bekijk mails zoals het product ze leest",
    "team": "reken uit wat een online team heeft en mist",
    "understand": "lees waar een bericht over gaat en voor welke gemeente het is",
    "evaluate": "meet hoe vaak dat klopt, op teksten met een label",
    "privacy": "wis opnieuw wat gewist was, na het terugzetten van een reservekopie",
    "translations": "maak de vertalingen van de pagina's voor inwoners",
    "check": "kijk of deze installatie veilig kan draaien",
}


class DutchParser(argparse.ArgumentParser):
    """Speaks Dutch where argparse speaks English."""

    def format_help(self) -> str:
        return in_dutch(super().format_help())

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {in_dutch(message)}\nHulp: {self.prog} --help\n")


DUTCH = (
    ("usage:", "gebruik:"),
    ("positional arguments:", "onderdelen:"),
    ("options:", "opties:"),
    ("show this help message and exit", "toon deze hulp"),
    ("argument COMMAND: invalid choice", "onbekende opdracht"),
    ("invalid choice", "onbekend"),
    ("choose from", "kies uit"),
    ("the following arguments are required", "er ontbreekt"),
    ("unrecognized arguments", "onbekend"),
    ("expected one argument", "hier hoort een waarde bij"),
    ("invalid int value", "dit is geen getal"),
)


def in_dutch(text: str) -> str:
    for english, dutch in DUTCH:
        text = text.replace(english, dutch)
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = parser_for(given).parse_args(given)
    module = importlib.import_module(f"mijngemeente.cli.{options.command}")
    try:
        code: int = module.run(options)
    except (Stop, Unavailable) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def parser_for(given: Sequence[str]) -> argparse.ArgumentParser:
    """All commands by name; only the one that was typed tells its options."""
    parser = DutchParser(prog="mijngemeente", description="De gedeelde werkplek voor online dienstverlening.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="opdrachten")
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose.capitalize() + ".")
        if name in given:
            importlib.import_module(f"mijngemeente.cli.{name}").configure(command)
    return parser
