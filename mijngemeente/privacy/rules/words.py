"""What may stand in a record that outlives the person."""

from collections.abc import Iterable

# "Jo" is in too many words to be anybody's name there.
_SHORTEST = 3


_YEAR = 12


def term(months: int) -> str:
    """ "5 jaar", "1 jaar en 6 maanden", "1 maand"."""
    years, rest = divmod(months, _YEAR)
    parts = [f"{years} jaar"] if years else []
    if rest:
        parts.append("1 maand" if rest == 1 else f"{rest} maanden")
    return " en ".join(parts)


def names_somebody(text: str, names: Iterable[str]) -> bool:
    """Whether one of the names or addresses, or a word of them, stands in the text."""
    words = {word.strip(".,;:()\"'").lower() for word in text.split()}
    known = {part.lower() for name in names for part in (name, *name.split()) if len(part) >= _SHORTEST}
    return bool(words & known) or any("@" in name and name.lower() in text.lower() for name in known)
