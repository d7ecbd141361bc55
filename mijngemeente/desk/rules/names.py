"""Whom a note names."""

import re
from collections.abc import Collection


def named_in(text: str, names: Collection[str]) -> frozenset[str]:
    """Those of the names that stand in the text as "@Sanne Verhoeven", in any capitals.

    Of "@Jan de Vries" the longest known name is meant, not Jan as well. An e-mail address names nobody.
    """
    known = {name.casefold(): name for name in names if name}
    if not known:
        return frozenset()
    longest_first = sorted(known, key=len, reverse=True)
    pattern = rf"(?<![\w.])@({'|'.join(map(re.escape, longest_first))})(?!\w)"
    return frozenset(known[found] for found in re.findall(pattern, text.casefold()))
