"""`python -m mijngemeente.cli.demo.postbus FOLDER PAGES OFFICE PRODUCT`: a folder and three ports."""

import signal
import sys
from pathlib import Path

from .box import Box
from .office import open_office
from .pages import serve


def main(folder: Path, pages: int, office: int, product: int) -> None:
    """Until told to stop."""
    box = Box(folder)
    opened = open_office(box, office)
    server = serve(box, pages, product)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    try:
        server.serve_forever()
    finally:
        opened.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
