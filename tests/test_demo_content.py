"""The demo's content follows its own README, whoever adds to it; read as text, no database."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[1] / "data"
DEMO = DATA / "demo"
CHANNELS = {"form", "chat", "email", "telephone", "counter"}
KINDS = {"question", "report", "complaint", "compliment", "opinion", "attack", "spam"}
STATES = {
    "open",
    "waiting_for_resident",
    "waiting_for_department",
    "snoozed",
    "closed",
    "not_answered",
}
ROLES = {
    "reader",
    "agent",
    "spokesperson",
    "content_director",
    "analyst",
    "manager",
    "administrator",
}
REQUIRED = {
    "key",
    "channel",
    "kind",
    "state",
    "topic",
    "subject",
    "language",
    "urgency",
    "resident",
    "assignee",
    "labels",
    "messages",
}
OPTIONAL = {
    "inbox",
    "not_answered_reason",
    "snoozed_workdays",
    "satisfaction",
    "handed_over_to",
    "handed_over_from",
}

#: Parsed JSON: its shape is what these tests are about.
Content = dict[str, Any]

ORGANISATIONS: list[Content] = json.loads((DEMO / "organisations.json").read_text("utf-8"))["organisations"]
AGREEMENTS: list[Content] = json.loads((DEMO / "organisations.json").read_text("utf-8"))["service_agreements"]
PEOPLE: list[Content] = json.loads((DEMO / "people.json").read_text("utf-8"))
BY_ORGANISATION: dict[str, list[Content]] = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted((DEMO / "conversations").glob("*.json"))
}
CONVERSATIONS = [c for conversations in BY_ORGANISATION.values() for c in conversations]


def moment(message: Content) -> tuple[int, str, int]:
    """Sorts as time does: earlier first."""
    if "minutes_ago" in message:
        return (0, "", -message["minutes_ago"])
    return (-message["workdays_ago"], message["time"], 0)


def test_municipalities_of_the_demo_exist() -> None:
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        real = {row["code"]: row["slug"] for row in csv.DictReader(file)}
    ours = {o["municipality_code"]: o["slug"] for o in ORGANISATIONS if o["municipality_code"]}
    assert len(ours) == 7
    assert ours.items() <= real.items()


def test_there_is_one_national_organisation_and_one_region() -> None:
    kinds = Counter(o["kind"] for o in ORGANISATIONS)
    assert kinds == {"national": 1, "region": 1, "municipality": 7}


def test_agreements_name_organisations_we_know() -> None:
    slugs = {o["slug"] for o in ORGANISATIONS}
    assert all({a["provider"], a["client"]} <= slugs for a in AGREEMENTS)
    outside = {a["client"] for a in AGREEMENTS if a["hours"] == "outside_opening_hours"}
    assert outside == {o["slug"] for o in ORGANISATIONS if o["kind"] == "municipality"}


def test_people_have_unique_addresses_and_known_roles() -> None:
    slugs = {o["slug"] for o in ORGANISATIONS}
    assert len({p["email"] for p in PEOPLE}) == len(PEOPLE)
    for person in PEOPLE:
        assert person["memberships"], person["email"]
        for membership in person["memberships"]:
            assert membership["organisation"] in slugs
            assert membership["roles"] and set(membership["roles"]) <= ROLES


def test_tilburg_has_somebody_in_every_role() -> None:
    held = {
        role
        for person in PEOPLE
        for membership in person["memberships"]
        if membership["organisation"] == "tilburg"
        for role in membership["roles"]
    }
    assert held == ROLES


def test_every_address_ends_in_example() -> None:
    for path in DEMO.rglob("*.json"):
        for address in re.findall(r"[\w.+-]+@[\w.-]+", path.read_text("utf-8")):
            assert address.endswith(".example"), address


def test_conversations_belong_to_organisations_we_know() -> None:
    assert set(BY_ORGANISATION) <= {o["slug"] for o in ORGANISATIONS}


def test_keys_are_unique() -> None:
    keys = Counter(c["key"] for c in CONVERSATIONS)
    assert [key for key, times in keys.items() if times > 1] == []


def test_conversations_have_the_fields_of_the_readme() -> None:
    for conversation in CONVERSATIONS:
        key = conversation["key"]
        assert set(conversation) >= REQUIRED, key
        assert set(conversation) <= REQUIRED | OPTIONAL, key
        assert conversation["channel"] in CHANNELS, key
        assert conversation["kind"] in KINDS, key
        assert conversation["state"] in STATES, key
        assert conversation["language"] in {"nl", "fy", "en"}, key
        assert conversation["urgency"] in {"normal", "high", "danger"}, key
        assert conversation["subject"] and conversation["messages"], key


def test_state_and_its_facts_agree() -> None:
    for conversation in CONVERSATIONS:
        key, state = conversation["key"], conversation["state"]
        assert ("not_answered_reason" in conversation) == (state == "not_answered"), key
        assert ("snoozed_workdays" in conversation) == (state == "snoozed"), key
        if "satisfaction" in conversation:
            assert state == "closed", key
            assert 1 <= conversation["satisfaction"]["score"] <= 10, key
        if state == "not_answered":
            assert not any(m["from"] == "staff" for m in conversation["messages"]), key


def test_messages_are_in_order_of_time() -> None:
    for conversation in CONVERSATIONS:
        moments = [moment(m) for m in conversation["messages"]]
        assert moments == sorted(moments), conversation["key"]


def test_messages_are_complete_and_from_people_we_know() -> None:
    people = {p["email"] for p in PEOPLE}
    for conversation in CONVERSATIONS:
        for message in conversation["messages"]:
            assert message["from"] in {"resident", "staff", "note", "automatic"}
            assert message["text"].strip(), conversation["key"]
            assert ("by" in message) == (message["from"] in {"staff", "note"})
            assert {message.get("by"), message.get("recorded_by")} - {None} <= people
            assert all(set(a) == {"name"} for a in message.get("attachments", []))


@pytest.mark.parametrize(("slug", "conversations"), BY_ORGANISATION.items())
def test_only_who_works_there_answers(slug: str, conversations: list[Content]) -> None:
    providers = {a["provider"] for a in AGREEMENTS if a["client"] == slug} | {slug}
    colleagues = {p["email"] for p in PEOPLE if {m["organisation"] for m in p["memberships"]} & providers}
    spoke = {m["by"] for c in conversations for m in c["messages"] if "by" in m}
    assigned = {c["assignee"] for c in conversations if c["assignee"]}
    assert spoke | assigned <= colleagues


@pytest.mark.parametrize(("slug", "conversations"), BY_ORGANISATION.items())
def test_topics_and_inboxes_are_known(slug: str, conversations: list[Content]) -> None:
    with (DATA / "topics.csv").open(encoding="utf-8", newline="") as file:
        topics = {row["slug"] for row in csv.DictReader(file)}
    organisation = next(o for o in ORGANISATIONS if o["slug"] == slug)
    addresses = {i["address"] for i in organisation["inboxes"]}
    assert {c["topic"] for c in conversations} <= topics
    assert {c["inbox"] for c in conversations if "inbox" in c} <= addresses


def test_a_spoken_contact_says_who_wrote_it_down() -> None:
    for conversation in CONVERSATIONS:
        if conversation["channel"] in {"telephone", "counter"}:
            assert conversation["messages"][0]["recorded_by"]


def test_handed_over_conversations_point_at_each_other() -> None:
    by_key = {c["key"]: c for c in CONVERSATIONS}
    for conversation in CONVERSATIONS:
        if "handed_over_to" in conversation:
            there = by_key[conversation["handed_over_to"]]
            assert there["handed_over_from"] == conversation["key"]
        if "handed_over_from" in conversation:
            back = by_key[conversation["handed_over_from"]]
            assert back["handed_over_to"] == conversation["key"]


def test_no_text_is_told_twice() -> None:
    first_hand = [c for c in CONVERSATIONS if "handed_over_from" not in c]
    texts = Counter(m["text"] for c in first_hand for m in c["messages"] if m["from"] == "resident")
    assert [text for text, times in texts.items() if times > 1 and len(text) > 25] == []


def test_the_bank_calls_people_as_their_municipality_does() -> None:
    bank: Content = json.loads((DEMO / "answers.json").read_text("utf-8"))
    informal = {each["slug"] for each in ORGANISATIONS if each["address_form"] == "je"}
    texts = [(row["organisation"], row["nl"]) for row in bank["answers"]]
    texts += [(row["organisation"], row["parts"]["nl"]["lokaal"]) for row in bank["adoptions"]]
    assert not [text for slug, text in texts if slug in informal and re.search(r"\b[Uu]w?\b", text)]
