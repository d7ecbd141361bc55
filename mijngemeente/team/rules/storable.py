"""JSON of anybody's making, as far as it can be stored and copied."""

import json
import math
import re
from typing import Any

#: Deeper than any plot, and far from what copying can take.
_DEEPEST = 20
#: Whole numbers of more digits no plot has, and reading them takes long.
_LONGEST_NUMBER = 15
#: PostgreSQL stores no zero sign, and UTF-8 no half of a pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def loaded(text: str | bytes) -> Any:
    """What it says, without signs that cannot be stored. Raises ValueError, also for what is endless."""
    try:
        said = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
    except RecursionError:
        raise ValueError from None
    return _storable(said, _DEEPEST)


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number


def _storable(value: Any, deepest: int) -> Any:
    if not deepest:
        raise ValueError
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(each, deepest - 1) for each in value]
    if isinstance(value, dict):
        return {_UNSTORABLE.sub("", name): _storable(each, deepest - 1) for name, each in value.items()}
    return value
