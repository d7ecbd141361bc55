"""Which of the places in a message it is about: not where somebody lives, was born or comes from."""

from collections.abc import Sequence

from . import cues, phrasing
from .context import Around

#: As far as a word like "maar" still speaks of the next place.
REACH = 80
#: As many letters before and behind a place are searched for a turn of phrase.
LED_BY, FOLLOWED_BY = 44, 50
#: What each reason adds or takes; a place that stays NEAR the best is one that the message is about.
ASIDE, HOME, WORK, BESIDE, DENIED, MOVED_FROM, MOVED_TO = -1.0, -1.0, -1.5, -2.0, -2.0, -1.0, -0.6
OWN, OURS = 1.5, 1.5
LEFT_BEHIND, ARRIVED, ASKED, SIGNED = -2.0, 0.5, 0.6, -1.5
TURNED_TO, POINTED_AT = 1.0, 1.0
NEAR = 0.4
#: Places with as many letters between them have nothing to do with each other.
APART = 40
#: Longer than any row of words that is looked for between two.
FAR = ("",) * 9

_TOWARDS = frozenset(("naar", "noar", "nao", "nei", "to", "nach", "vers", "do"))
_FROM = frozenset(("van", "vanuit", "uit", "fan", "ut", "from", "z", "aus", "de"))
_LEFT = frozenset(("verkocht", "verlaten", "vertrokken", "ingeschreven"))


def focuses(arounds: Sequence[Around]) -> list[float]:
    """For each place how much the message is about it; only the differences count."""
    if len(arounds) < 2:
        return [0.0] * len(arounds)
    is_moving = bool(phrasing.MOVING.search(arounds[0].folded.plain))
    signed_from = _signed_from(arounds[0].folded.plain)
    found: list[float] = []
    for number, around in enumerate(arounds):
        before = arounds[number - 1] if number else None
        after = arounds[number + 1] if number + 1 < len(arounds) else None
        if before and _is_joined(before, around, found[-1]):
            found.append(found[-1])
        else:
            points = _alone(around) + _following(before, around)
            points += MOVED_FROM if is_moving and around.left[0] == "vanuit" else 0.0
            points += SIGNED if around.start > signed_from else 0.0
            found.append(points + _leading(around, after, points, is_moving=is_moving))
    return found


def _signed_from(plain: str) -> int:
    """Where the writer takes leave; behind it stands where he lives."""
    leaves = [match.end() for match in phrasing.LEAVE.finditer(plain)]
    return leaves[-1] if leaves else len(plain)


def _alone(around: Around) -> float:
    """What the words right before and after it say."""
    nearest = around.clause
    points = 0.0
    if not cues.COMPARING.isdisjoint(nearest[:2]) or _is_alike(nearest):
        points += ASIDE
    if not cues.BESIDES.isdisjoint(nearest) or not cues.RELATIVES.isdisjoint(nearest[1:2]):
        points += ASIDE
    if not cues.WORK.isdisjoint(nearest):
        points += WORK
    elif not cues.HOME.isdisjoint(nearest) or around.right[0] in _LEFT or around.left[:2] == ["van", "ben"]:
        points += OWN if phrasing.OWN.search(around.folded.plain) else HOME
    return points + _phrased(around)


def _phrased(around: Around) -> float:
    """What turns of phrase around it say: set aside, left behind, arrived at."""
    plain = around.folded.plain
    before, following = plain[max(0, around.start - LED_BY) : around.start], plain[around.end :][:FOLLOWED_BY]
    points = DENIED if phrasing.DENIED_AFTER.match(following) else 0.0
    points += DENIED if phrasing.DENIED_BEFORE.search(before) else 0.0
    if phrasing.LEFT_BEHIND.search(before) or (around.left[0] in _FROM and around.right[0] == "verhuisd"):
        return points + LEFT_BEHIND
    points += OURS if phrasing.OURS.search(before) else 0.0
    return points + (ARRIVED if phrasing.ARRIVED.search(before) else 0.0)


def _is_alike(nearest: list[str]) -> bool:
    """ "net als Utrecht", "net als in Utrecht"."""
    return any(
        nearest[place : place + 1] == ["als"] and nearest[place + 1] in cues.ALIKE
        for place in (0, 1)[: len(nearest) - 1]
    )


def _following(before: Around | None, around: Around) -> float:
    """What stands between it and the place before it."""
    if before and is_beside(before, around):
        return BESIDE
    since = max(before.end if before else 0, around.start - REACH)
    if before and phrasing.TURN.search(around.folded.plain[since : around.start]):
        return TURNED_TO
    if before and (
        (around.right[0] == "ook" and "?" in around.folded.text)
        or phrasing.ASKED.search(around.folded.plain[since : around.start])
    ):
        return ASKED
    comes_from = before and goes_to(before, around)
    return MOVED_TO if around.left[0] in _TOWARDS and not comes_from else 0.0


def _leading(around: Around, after: Around | None, points: float, *, is_moving: bool) -> float:
    """What stands between it and the next place; "daar" is not where somebody comes from."""
    if after and is_moving and goes_to(around, after):
        return MOVED_FROM
    plain = around.folded.plain
    following = plain[around.end : min(after.start if after else len(plain), around.end + REACH) + 1]
    comes_from = not cues.ORIGIN.isdisjoint(around.clause)
    if (
        points <= BESIDE
        or comes_from
        or "daar gaat het" in following
        or phrasing.DENIED_AFTER.match(following)
    ):
        return 0.0
    return POINTED_AT if phrasing.THERE.search(following) else 0.0


def _is_joined(before: Around, around: Around, points: float) -> bool:
    """ "Tilburg en Goirle", "Tilburg, Goirle"; not "niet van Wierden, Almelo is het"."""
    gap = gap_between(before, around)
    if gap:
        return gap in (["en"], ["and"], ["und"])
    return points >= 0 and "," in around.folded.text[before.where[1] : around.where[0]]


def is_beside(before: Around, around: Around) -> bool:
    """ "Rijswijk bij Den Haag", "Elst, tussen Arnhem en Nijmegen"."""
    gap = gap_between(before, around)
    if gap and gap[0] in cues.NEXT_TO:
        return len(gap) < 4 and cues.FILLERS.issuperset(gap[1:])
    return bool(phrasing.AROUND.fullmatch(" ".join(gap)))


def goes_to(one: Around, other: Around) -> bool:
    """ "van Tilburg naar Breda", "Groningen -> Assen"."""
    gap = gap_between(one, other)
    if not gap:
        return any(arrow in one.folded.text[one.where[1] : other.where[0]] for arrow in ("->", "→", ">"))
    if arrives(one, other):
        return True
    if one.left[0] not in _FROM or one.left[1] in ("ben", "bin"):
        return gap[0] in _TOWARDS and (len(gap) == 1 or (gap[-1] == "in" and len(gap) < 5))
    return len(gap) < 7 and not _TOWARDS.isdisjoint(gap)


def arrives(one: Around, other: Around) -> bool:
    """ "vanuit Zwolle in Kampen komen wonen"."""
    return one.left[0] in ("vanuit", "via") and gap_between(one, other) in (["in"], ["nu", "in"], ["naar"])


def gap_between(one: Around, other: Around, reach: int = APART) -> list[str]:
    """The words between two places; of places that stand further apart a row of words that say nothing."""
    return one.folded.plain[one.end : other.start].split() if other.start - one.end < reach else [*FAR]
