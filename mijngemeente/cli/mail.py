"""Look at mails as the product understands them."""

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """`mail show FILE...`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="opdrachten")
    showing = actions.add_parser("show", help="toon elke mail als één regel JSON")
    showing.add_argument("files", nargs="+", type=Path, metavar="FILE", help="bestand met één mail")


def run(options: argparse.Namespace) -> int:
    """One JSON object per file, in order."""
    from mijngemeente.channels.email.show import show

    for line in show(options.files):
        print(line, flush=True)
    return 0
