"""When two write at once."""

from collections.abc import Iterable


def crossing_words(names: Iterable[tuple[str, bool]], newest: str = "") -> str:
    """Who wrote meanwhile, for whoever was about to send; each a name and whether it is a colleague.

    `newest` are the first words of the last of them.
    """
    told = [f"{name} {'antwoordde' if is_ours else 'schreef'} intussen ook." for name, is_ours in names]
    words = [f"“{newest}”"] if newest else []
    kept = "Je tekst is bewaard. Lees het nieuwe bericht, pas je tekst zo nodig aan en verstuur daarna."
    return " ".join([*dict.fromkeys(told), *words, kept])
