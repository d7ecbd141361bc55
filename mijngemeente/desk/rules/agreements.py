"""What is agreed with a team, in words."""

from collections.abc import Iterable, Iterator

from mijngemeente.organisations.rules.covering import LINES, MOMENTS, Line, Terms


def terms_words(terms: Terms, channels: Iterable[str], topic_groups: Iterable[str]) -> str:
    """The agreement in a sentence; names of channels and topics as a person reads them, none for all."""
    return ". ".join(each[:1].upper() + each[1:] for each in _parts(terms, channels, topic_groups)) + "."


def _parts(terms: Terms, channels: Iterable[str], topic_groups: Iterable[str]) -> Iterator[str]:
    by, about = _listed(channels), _listed(topic_groups)
    yield f"{MOMENTS[terms.moment]}, {f'via {by}' if by else 'elk kanaal'}"
    if about:
        yield f"alleen over {about}"
    yield _LINES[terms.reaches]
    if terms.helps_above is not None:
        yield f"pas als er bij ons meer dan {terms.helps_above} wachten"
    if terms.most_open is not None:
        yield f"hoogstens {terms.most_open} tegelijk"


_LINES = {
    Line.FIRST: "Alleen gewone vragen, meldingen, complimenten en meningen",
    Line.SECOND: "Geen formele berichten",
    Line.ALL: LINES[Line.ALL],
}


def _listed(names: Iterable[str]) -> str:
    *first, last = [*names] or [""]
    # "e-mail, webformulier en chat": one "en" is enough.
    joint = ", " if " en " in last else " en "
    return f"{', '.join(first)}{joint}{last}" if first else last
