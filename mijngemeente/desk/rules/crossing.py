"""When two write at once."""

from collections.abc import Iterable


def crossing_words(names: Iterable[tuple[str, bool]]) -> str:
    """Who wrote meanwhile, for whoever was about to send; each a name and whether it is a colleague."""
    told = [f"{name} {'antwoordde' if is_ours else 'schreef'} intussen ook." for name, is_ours in names]
    kept = "Je tekst is bewaard. Lees het nieuwe bericht, pas je tekst zo nodig aan en verstuur daarna."
    return " ".join([*dict.fromkeys(told), kept])
