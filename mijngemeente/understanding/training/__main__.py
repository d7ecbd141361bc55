"""`make train [CORRECTIONS=file]`: learn everything again and print the report card."""

import sys
import time
from datetime import date
from pathlib import Path

from .. import loading, weights
from .examples import examples_from
from .fitting import fit

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    data = ROOT / "data"
    corrections = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    begun = time.monotonic()
    examples = examples_from(data, corrections)
    book = loading.phrasebook(data / "understanding" / "phrases", loading.WITH_WEIGHTS)
    trained = fit(examples, book, version=f"{date.today():%Y.%m.%d}")
    weights.save(trained, data / "understanding" / "weights.npz")
    print(f"{len(examples)} voorbeelden, {time.monotonic() - begun:.0f} s")


main()
