"""`make train [CORRECTIONS=file]`: learn everything again and print the report card."""

import sys
import time
from datetime import date
from pathlib import Path

from .. import loading, weights
from .card import card
from .examples import examples_from
from .fitting import fit
from .tongues import fit_languages

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    """The measuring reads what was just saved, as everybody will."""
    data = ROOT / "data"
    here = data / "understanding"
    corrections = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    version = f"{date.today():%Y.%m.%d}"
    begun = time.monotonic()
    examples = examples_from(data, corrections)
    print(f"Ik leer van {len(examples)} teksten. Dat duurt enkele minuten.", flush=True)
    book = loading.phrasebook(here / "phrases", loading.WITH_WEIGHTS)
    weights.save(fit(examples, book, version), here / "weights.npz")
    everyday = loading.everyday(here)
    weights.save(fit_languages(examples, everyday, tuple(everyday), version), here / "languages.npz")
    print(f"Klaar in {time.monotonic() - begun:.0f} seconden.\n", flush=True)
    text = card(ROOT, examples, version)
    (ROOT / "docs" / "report-card.md").write_text(text, encoding="utf-8")
    print(text)


main()
