"""How a form calls what is judged."""

from collections.abc import Mapping

from .judging import HIGHEST, LOWEST, NO, YES, Judgement
from .model import Model

EVIDENCE_CHARACTERS = 500


def judgements_in(typed: Mapping[str, str], model: Model) -> dict[str, Judgement]:
    """What a form says of all that it asks after; another value than it offers counts as none."""
    asked = [code for code in model.codes if f"{code}.evidence" in typed]
    return {code: _judgement(code, typed, model) for code in asked}


def _judgement(code: str, typed: Mapping[str, str], model: Model) -> Judgement:
    low, high = (LOWEST, HIGHEST) if code in model.factors else (NO, YES)
    text = typed.get(f"{code}.value", "")
    value = int(text) if len(text) == 1 and text.isascii() and text.isdigit() else None
    evidence = typed[f"{code}.evidence"].strip()[:EVIDENCE_CHARACTERS]
    return Judgement(value if value is not None and low <= value <= high else None, evidence)
