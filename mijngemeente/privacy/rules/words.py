"""What may stand in a record that outlives the person."""

from collections.abc import Iterable

# "Jo" is in too many words to be anybody's name there.
_SHORTEST = 3


def names_somebody(text: str, names: Iterable[str]) -> bool:
    """Whether one of the names or addresses, or a word of them, stands in the text."""
    words = {word.strip(".,;:()\"'").lower() for word in text.split()}
    known = {part.lower() for name in names for part in (name, *name.split()) if len(part) >= _SHORTEST}
    return bool(words & known) or any("@" in name and name.lower() in text.lower() for name in known)
