"""Two people in one sheet: what goes together, what asks for a choice, and that nothing is lost."""

import pytest

from mijngemeente.course.rules.merging import Clash, lines_together, merged


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "together"),
    [
        ("a b", "a b c", "a b", "a b c"),
        ("a b", "a b c", "a b d", "a b c d"),
        ("a b", "x a b", "a b y", "x a b y"),
        ("a b c", "a c", "a b c d", "a c d"),
        ("a b c", "a B c", "A b c", "A B c"),
        ("", "a", "b", "a b"),
        ("a b", "a B", "a Bb", None),
        ("a", "", "a2", None),
        ("a b c", "c", "a x b c", None),
    ],
)
def test_two_changes_to_a_list_go_together_unless_they_touch_one_line(
    base: str, theirs: str, mine: str, together: str | None
) -> None:
    found = lines_together(base.split(), theirs.split(), mine.split())
    assert found == (None if together is None else together.split())


BASE = {"goal": "Een 8", "why": "a\nb", "actions.0.what": "Werven"}


@pytest.mark.parametrize(
    ("theirs", "mine", "changed", "clashes"),
    [
        ({}, {"goal": "Een 9"}, {"goal": "Een 9"}, ()),
        ({"goal": "Een 9"}, {"goal": "Een 8"}, {}, ()),
        ({"goal": "Een 9"}, {"goal": "Een 9"}, {}, ()),
        ({"goal": "Een 9"}, {"goal": "Een 7"}, {}, (Clash("goal", "Een 9", "Een 7"),)),
        ({"goal": "Een 9"}, {"why": "b"}, {"why": "b"}, ()),
        ({"why": "a\nb\nc"}, {"why": "z\na\nb"}, {"why": "z\na\nb\nc"}, ()),
        ({"why": "a\nB"}, {"why": "a\nBB"}, {}, (Clash("why", "a\nB", "a\nBB"),)),
        (
            {"actions.1.what": "Opleiden"},
            {"actions.1.what": "Stoppen", "actions.1.owner": "Rob"},
            {"actions.2.what": "Stoppen", "actions.2.owner": "Rob"},
            (),
        ),
        (
            {"actions.0.what": "Inhuren"},
            {"actions.0.what": "Opleiden"},
            {},
            (Clash("actions.0.what", "Inhuren", "Opleiden"),),
        ),
    ],
)
def test_each_field_is_decided_by_itself(
    theirs: dict[str, str], mine: dict[str, str], changed: dict[str, str], clashes: tuple[Clash, ...]
) -> None:
    found = merged(BASE, BASE | theirs, mine)
    assert {name: text for name, text in found.changed.items() if text} == changed
    assert found.clashes == clashes


def test_where_no_row_is_free_two_new_actions_clash() -> None:
    full = {f"actions.{place}.what": f"Actie {place}" for place in range(7)}
    found = merged(full, full | {"actions.7.what": "Van haar"}, {"actions.7.what": "Van mij"})
    assert found.clashes == (Clash("actions.7.what", "Van haar", "Van mij"),)
