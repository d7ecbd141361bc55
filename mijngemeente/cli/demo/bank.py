"""The answer bank of the demo: what the country wrote, what municipalities made of it, and how it helped."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from mijngemeente.answers import actions as answers
from mijngemeente.answers.actions import Draft, InsertedText
from mijngemeente.answers.actions.writing import draft_of
from mijngemeente.answers.models import Fact, SharedAnswer
from mijngemeente.answers.queries.bank import Known, own, shared
from mijngemeente.conversations.models import Message
from mijngemeente.desk.actions import judge_answers
from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.tenancy import acting_for

from .founding import Cast

Row = Mapping[str, Any]


def fill_bank(data: Path, cast: Cast) -> None:
    """Before the stories: everything that stands in the bank."""
    content = json.loads((data / "demo" / "answers.json").read_text("utf-8"))
    answers.load_starters(data / "answers.csv")
    for slug, facts in content["facts"].items():
        with acting_for(cast.organisations[slug].id):
            for fact in facts:
                keep_fact(cast.organisations[slug], fact)
    for row in content["answers"]:
        write(cast, row)
    for row in content["adoptions"]:
        adopt(cast, row)
    rewrite(cast, content["rewritten"])


def keep_fact(organisation: Organisation, row: Row) -> None:
    fact = answers.keep_fact(
        organisation=organisation, name=row["name"], kind=row["kind"], value=row["value"], by=None
    )
    checked = timezone.localdate() - timedelta(days=row["checked_days_ago"])
    Fact.objects.filter(organisation=organisation, id=fact.id).update(checked_on=checked)


def write(cast: Cast, row: Row) -> None:
    organisation = cast.organisations[row["organisation"]]
    owner = cast.member(row["owner"], row["organisation"])
    draft = Draft(
        title=row["title"],
        topic=row["topic"],
        text_nl=row["nl"],
        text_en=row.get("en", ""),
        text_fy=row.get("fy", ""),
        state="published",
        owner_id=owner.id,
        review_on=timezone.localdate() + timedelta(days=row["review_days"]),
    )
    with acting_for(organisation.id):
        answers.write(organisation=organisation, draft=draft, by=owner)


def adopt(cast: Cast, row: Row) -> None:
    by = cast.member(row["by"], row["organisation"])
    with acting_for(cast.organisations[row["organisation"]].id):
        answer = SharedAnswer.objects.get(reference=row["answer"])
        answers.adopt(answer=answer, version=answer.version, parts=row["parts"], by=by)


def rewrite(cast: Cast, row: Row) -> None:
    """The country changes a text after a municipality took it over."""
    by = cast.member(row["by"], "landelijk")
    with acting_for(by.organisation_id):
        answer = SharedAnswer.objects.get(reference=row["answer"])
        draft = draft_of(answer, answer)
        changed = replace(draft, text_nl=draft.text_nl.replace(row["from"], row["to"]))
        answers.rewrite(answer=answer, draft=changed, seen=answer.version, by=by)


def count_uses() -> None:
    """After the stories: who answered about a topic began with the bank's answer about it."""
    now = timezone.now()
    for organisation in Organisation.objects.all():
        with acting_for(organisation.id):
            known: list[Known] = [*shared(organisation.id)]
            known += own(organisation.id)
            by_topic = {each.topic_id: each for each in known}
            replies = Message.objects.filter(direction=Message.Direction.OUTGOING, is_automatic=False)
            for message in replies.select_related("conversation"):
                answer = by_topic.get(message.conversation.topic_id)
                if answer is not None:
                    inserted = [InsertedText(answer.id, message.conversation.language or "nl", message.text)]
                    answers.record_uses(
                        inserted=inserted,
                        conversation_id=message.conversation_id,
                        message_id=message.id,
                        sent=message.text,
                        at=message.created_at,
                    )
            judge_answers(organisation_id=organisation.id, now=now)
