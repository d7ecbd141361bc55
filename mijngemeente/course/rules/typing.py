"""Which fields a form of ours has, and what they are called."""

from collections.abc import Mapping

from .figures import NAMES, choice_field
from .looking_back import BACK_PARTS
from .progress import TARGET_FIELDS
from .sheet import ACTION_PARTS, KEPT_CHARACTERS, LABELS, MOST_ACTIONS, action_field

#: Field → how it is called where somebody reads what was changed.
FIELDS: Mapping[str, str] = {
    **LABELS,
    **{
        action_field(place, part): f"Actie {place + 1}, {words}"
        for place in range(MOST_ACTIONS)
        for part, words in ACTION_PARTS.items()
    },
    **{
        action_field(place, part): f"Actie {place + 1}, {words}"
        for place in range(MOST_ACTIONS)
        for part, words in BACK_PARTS.items()
    },
    **TARGET_FIELDS,
    "learned": "Wat wij leerden",
    **{choice_field(key): f"Cijfer: {name}" for key, name in NAMES.items()},
}


def kept_texts(typed: Mapping[str, str]) -> dict[str, str]:
    """What we keep of a form: known fields, one kind of line ending."""
    return {field: _text(typed[field]) for field in FIELDS if field in typed}


def _text(typed: str) -> str:
    return typed.replace("\r\n", "\n").strip()[:KEPT_CHARACTERS]
