"""Which of the municipalities with the same name is meant."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from .gazetteer import Gazetteer
from .mention import Mention

#: A place named with it is near enough to tell when the other candidate is twice as far.
NEAR_KM = 30.0
TIMES_FARTHER = 2.0
#: A town so much larger than the municipality of its namesake is meant.
TIMES_LARGER = 10
#: What it costs to go by distance or size.
LESS_SURE = 0.8


def settle(
    mention: Mention, others: Iterable[Mention], within: frozenset[str], gazetteer: Gazetteer
) -> Mention:
    """The mention with fewer codes, where the rest of the message or its sender tells."""
    if len(mention.codes) < 2:
        return mention
    other_codes = [each.codes for each in others if each.codes != mention.codes]
    known = {codes[0] for codes in other_codes if len(codes) == 1}
    also = {code for codes in other_codes for code in codes}
    for telling in (known, within, also):
        left = tuple(code for code in mention.codes if code in telling)
        if left:
            return mention._replace(codes=left)
    left = _nearest(mention.codes, known, gazetteer) or _largest(mention, gazetteer)
    return mention._replace(codes=left, weight=mention.weight - LESS_SURE) if left else mention


def _largest(mention: Mention, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Hoorn is the town, not the village on Terschelling."""
    first, second = (gazetteer.towns[code].inhabitants for code in mention.codes[:2])
    is_town = mention.kind == "municipality" and first >= TIMES_LARGER * second
    return mention.codes[:1] if is_town else ()


def _nearest(codes: tuple[str, ...], known: set[str], gazetteer: Gazetteer) -> tuple[str, ...]:
    if not known or len(known) > 3:
        return ()
    far = sorted((min(kilometres(code, other, gazetteer) for other in known), code) for code in codes)
    is_clear = far[0][0] <= NEAR_KM and far[1][0] >= TIMES_FARTHER * max(far[0][0], 5.0)
    return (far[0][1],) if is_clear else ()


def kilometres(one: str, other: str, gazetteer: Gazetteer) -> float:
    """As the crow flies between the middles of two municipalities."""
    first, second = gazetteer.towns[one], gazetteer.towns[other]
    up = radians(second.latitude - first.latitude) / 2
    along = radians(second.longitude - first.longitude) / 2
    part = sin(up) ** 2 + cos(radians(first.latitude)) * cos(radians(second.latitude)) * sin(along) ** 2
    return 2 * 6371.0 * asin(sqrt(part))
