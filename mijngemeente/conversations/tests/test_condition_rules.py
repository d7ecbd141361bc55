"""The condition language: read, written, told and refused."""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mijngemeente.conversations.errors import UnreadableCondition
from mijngemeente.conversations.rules.conditions import (
    DEPTH,
    LEAVES,
    All,
    Either,
    Leaf,
    Not,
    condition_of,
    inwards,
    json_of,
    problems_in,
    told,
)
from mijngemeente.conversations.rules.fields import FIELDS, Operator, Source, Takes

NAMES = {
    Source.STATUS: {"open": "open", "snoozed": "uitgesteld"},
    Source.LABEL: {"spoed": "Spoed"},
    Source.TOPIC: {"afval": "Afval ophalen"},
    Source.MEMBER: {},
}
OPEN = Leaf("status", Operator.IS, ("open",))
SPOED = Leaf("label", Operator.IS, ("Spoed",))
WAITS = Leaf("waiting_since", Operator.LONGER_AGO, ("2h",))
EXAMPLE = {
    Takes.NOTHING: [],
    Takes.CHOICE: ["a"],
    Takes.CHOICES: ["a", "b"],
    Takes.TEXT: ["brug"],
    Takes.NUMBER: ["7"],
    Takes.DAY: ["2026-11-21"],
    Takes.DURATION: ["3d"],
}


def leaf(field, operator, *values):
    return {"field": field, "operator": operator, "values": list(values)}


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (OPEN, "status is open"),
        (All((OPEN, WAITS)), "status is open en inwoner wacht langer dan 2 uur"),
        (Either((OPEN, Not(SPOED))), "status is open of niet (label Spoed zit erop)"),
        (All((OPEN, Either((SPOED, WAITS)))), "status is open en (label Spoed zit erop of inwoner wacht langer dan 2 uur)"),
        (All((Either((OPEN,)),)), "status is open"),
        (Leaf("status", Operator.ONE_OF, ("open", "snoozed")), "status is open of uitgesteld"),
        (Leaf("assignee", Operator.IS, ("me",)), "van is mijzelf"),
        (Leaf("assignee", Operator.IS_NOT, ("nobody",)), "van is niet niemand"),
        (Leaf("created_at", Operator.WITHIN_LAST, ("1d",)), "binnengekomen in de laatste 1 dag"),
        (Leaf("created_at", Operator.AFTER, ("2026-11-02",)), "binnengekomen na 2-11-2026"),
        (Leaf("due_at", Operator.OVERDUE), "te laat"),
        (Leaf("text", Operator.CONTAINS, ("brug {x}",)), "wat er is geschreven bevat “brug {x}”"),
        (Leaf("score", Operator.AT_MOST, ("5",)), "cijfer is ten hoogste 5"),
        (Leaf("label", Operator.IS, ("Weg",)), "label “Weg” (bestaat niet meer) zit erop"),
    ],
)  # fmt: skip
def test_a_condition_reads_as_a_sentence(condition, sentence):
    assert told(condition, NAMES) == sentence


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_and_operator_is_read_written_and_told(name):
    for operator, takes in FIELDS[name].operators.items():
        stored = leaf(name, operator.value, *EXAMPLE[takes])
        condition = condition_of(stored)
        assert json_of(condition) == stored
        assert "{" not in told(condition, NAMES)


@pytest.mark.parametrize(
    ("stored", "why"),
    [
        ("nonsense", "Deze voorwaarden zijn niet te lezen."),
        (None, "Deze voorwaarden zijn niet te lezen."),
        ([[[]]], "Deze voorwaarden zijn niet te lezen."),
        ({"all": []}, "Kies ten minste één voorwaarde."),
        ({"all": 3}, "Deze voorwaarden zijn niet te lezen."),
        ({"all": [], "any": []}, "Deze voorwaarden zijn niet te lezen."),
        (
            {"field": ["status"], "operator": "is", "values": ["open"]},
            "Op “['status']” kun je niet zoeken.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(stored, why):
    with pytest.raises(UnreadableCondition) as refused:
        condition_of(stored)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (leaf("password", "is", "x"), "Op “password” kun je niet zoeken."),
        (leaf("contact__name", "contains", "x"), "Op “contact__name” kun je niet zoeken."),
        (leaf("status", "contains", "x"), "Kies bij status hoe je wilt vergelijken."),
        (leaf("status", "is"), "Vul in wat je zoekt bij status."),
        (leaf("status", "is", " "), "Vul in wat je zoekt bij status."),
        (leaf("status", "is", "open", "closed"), "Kies bij status één waarde."),
        (leaf("text", "contains", "x" * 201), "De tekst bij wat er is geschreven is te lang of niet leesbaar."),
        (leaf("text", "contains", "a\0b"), "De tekst bij wat er is geschreven is te lang of niet leesbaar."),
        (leaf("number", "is", "drie"), "Vul bij nummer een getal in."),
        (leaf("created_at", "before", "2026-02-30"), "Vul bij binnengekomen een datum in."),
        (leaf("created_at", "after", "9999-12-31"), "Vul bij binnengekomen een datum in."),
        (leaf("created_at", "within_last", "2 weken"), "Vul bij binnengekomen een aantal minuten, uren of dagen in."),
        (leaf("status", "one_of", *map(str, range(10_000))), "Kies bij status hoogstens 100 waarden."),
        ({"field": "status", "operator": "is", "values": "open"}, "Deze voorwaarden zijn niet te lezen."),
        ({"field": "status", "operator": "is", "values": [{}]}, "Deze voorwaarden zijn niet te lezen."),
        ({**leaf("status", "is", "open"), "or": "1=1"}, "Deze voorwaarden zijn niet te lezen."),
        ({"all": [leaf("status", "is", "open")] * (LEAVES + 1)}, "Gebruik hoogstens 50 voorwaarden."),
        ({"all": [{"any": [leaf("status", "is", "open")] * 30}] * 2}, "Gebruik hoogstens 50 voorwaarden."),
    ],
)  # fmt: skip
def test_what_is_filled_in_wrongly_says_what_to_mend(found, why):
    with pytest.raises(UnreadableCondition) as refused:
        condition_of(found)
    assert str(refused.value) == why


def nested(levels):
    return leaf("status", "is", "open") if levels == 0 else {"not": nested(levels - 1)}


def test_groups_go_five_deep_and_no_deeper():
    assert condition_of(nested(DEPTH - 1))
    for levels in (DEPTH, 20):
        with pytest.raises(UnreadableCondition, match="hoogstens 5 diep"):
            condition_of(nested(levels))


def test_a_not_moves_to_the_leaves():
    asked = Not(All((OPEN, Not(Either((SPOED, WAITS))))))
    assert inwards(asked) == Either((Not(OPEN), Either((SPOED, WAITS))))


def test_what_is_gone_is_named_once():
    gone = Leaf("label", Operator.IS, ("Weg",))
    colleague = Leaf("assignee", Operator.IS, ("0199",))
    assert problems_in(All((gone, Not(gone), colleague, OPEN)), NAMES) == [
        "Het label “Weg” bestaat niet meer. Kies een ander label of haal de voorwaarde weg.",
        "Een collega uit deze voorwaarden werkt hier niet meer. Kies een andere collega.",
    ]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["status", "is", "open"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["all", "any", "not", "field", "operator", "values"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(found):
    with suppress(UnreadableCondition):
        condition = condition_of(json.loads(json.dumps(found)))
        assert condition_of(json_of(condition)) == condition
