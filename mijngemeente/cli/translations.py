"""Make the files that gettext reads from those that translators write."""

import argparse

from . import start


def configure(parser: argparse.ArgumentParser) -> None:
    """`translations`, without options."""


def run(options: argparse.Namespace) -> int:
    """Make them, and say which sentences nobody translated yet; 1 if there are any."""
    start.load()
    from mijngemeente.platform import translations

    for path in translations.make():
        print(f"gemaakt: {path.name} voor {path.parent.parent.name}")
    missing = translations.untranslated()
    for language, source in missing:
        print(f"{language} ontbreekt: {source}")
    return 1 if missing else 0
