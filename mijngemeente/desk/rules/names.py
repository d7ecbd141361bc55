"""Whom a note names."""

import re
from collections import Counter
from collections.abc import Collection, Mapping


def named_in(text: str, names: Collection[str]) -> frozenset[str]:
    """Those of the names that stand in the text as "@Sanne Verhoeven", in any capitals.

    Of "@Jan de Vries" the longest known name is meant, not Jan as well. "@Sanne" is enough when one of them
    is called so, unless another surname follows. An e-mail address names nobody.
    """
    known = {name.casefold(): name for name in names if name.strip()}
    called = _by_first_name(known)
    firsts = [name.split()[0] for name in called.values()]
    pattern = rf"(?<![\w.])@(?:({_any(known.values())})(?!\w)|({_any(firsts)})(?!\w){_NO_SURNAME})"
    found = re.findall(pattern, text, re.IGNORECASE)
    # To a pattern İ is an i, to a folded name it is not: then nobody is meant.
    meant = [known.get(whole.casefold()) or called.get(first.casefold()) for whole, first in found]
    return frozenset(name for name in meant if name)


# In a text whose capitals otherwise do not matter.
_NO_SURNAME = r"(?-i:(?! +(?:(?:van|von|de|den|der|het|'t|te|ten|ter|el|al) +){0,3}[A-ZÀ-ÖØ-Þ]))"


def _by_first_name(known: Mapping[str, str]) -> dict[str, str]:
    """The first names that one of them has, and that are nobody's whole name."""
    often = Counter(each.split()[0] for each in known)
    firsts = {each.split()[0]: name for each, name in known.items()}
    return {first: name for first, name in firsts.items() if often[first] == 1 and first not in known}


def _any(names: Collection[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or "(?!)"
