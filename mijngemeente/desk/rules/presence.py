"""Who else is here, in words."""

from collections.abc import Sequence


def presence_words(writing: Sequence[str], looking: Sequence[str]) -> str:
    """ "Karin schrijft, Bram leest mee": who writes first; empty when nobody else is here."""
    told = (_told(writing, "schrijft", "schrijven"), _told(looking, "leest mee", "lezen mee"))
    return ", ".join(filter(None, told))


def _told(names: Sequence[str], one: str, more: str) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} {one}"
    if len(names) == 2:
        return f"{names[0]} en {names[1]} {more}"
    return f"{names[0]} en {len(names) - 1} anderen {more}"
