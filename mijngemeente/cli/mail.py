"""Look at mails as the product understands them."""

import argparse
import os
import sys
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """`mail show FILE...`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="opdrachten")
    showing = actions.add_parser("show", help="toon elke mail als één regel JSON")
    showing.add_argument("files", nargs="+", type=Path, metavar="FILE", help="bestand met één mail")


def run(options: argparse.Namespace) -> int:
    """One JSON object per file, in order; in UTF-8 whatever the terminal speaks."""
    from mijngemeente.channels.email.show import show

    out = sys.stdout.buffer
    try:
        for line in show(options.files):
            out.write(line.encode() + b"\n")
            out.flush()
    except BrokenPipeError:
        # As with `| head`: whoever reads has seen enough. Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
