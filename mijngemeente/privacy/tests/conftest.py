"""A resident who left traces everywhere, and a way to look for them in every table there is."""

from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Contact, Conversation, Message
from mijngemeente.desk.actions import record_satisfaction
from mijngemeente.intake.actions import keep
from mijngemeente.platform.tenancy import acting_for, covering

#: Words that stand nowhere else: in name, address, mail, file, notes and answers of the resident.
WORDS = ("kwetsbaarheid", "verhuisdoos", "klaproos")
ADDRESS = "klaproos@verhuisdoos.example"


@pytest.fixture(autouse=True)
def journal_file(settings, tmp_path):
    settings.ERASURE_JOURNAL = tmp_path / "erasures.jsonl"
    return settings.ERASURE_JOURNAL


def mail(*, sender: str = ADDRESS, to: str = "info@duinrand.example", **more: str) -> bytes:
    made = EmailMessage()
    made["From"] = f"Klaproos Verhuisdoos <{sender}>"
    made["To"] = to
    made["Subject"] = more.get("subject", "Over mijn kwetsbaarheid")
    made["Message-ID"] = more.get("id", f"<{uuid4()}@verhuisdoos.example>")
    made.set_content("Mijn kwetsbaarheid is een verhuisdoos.\n\n-- \nKlaproos")
    made.add_alternative("<p>Mijn <b>kwetsbaarheid</b> is een verhuisdoos.</p>", subtype="html")
    made.add_attachment(b"inhoud van klaproos", maintype="text", subtype="plain", filename="verhuisdoos.txt")
    return made.as_bytes()


def take_in(world, run_jobs, body: bytes) -> None:
    with acting_for(world.duinrand.id):
        keep(inbox=world.inbox(world.duinrand, "email"), body=body)
    run_jobs()


@pytest.fixture
def klaproos(world, run_jobs) -> Contact:
    """Wrote a mail, got an answer, gave a mark; colleagues wrote notes and closed the conversation."""
    take_in(world, run_jobs, mail())
    sanne = world.members["sanne"]
    with acting_for(world.duinrand.id):
        conversation = Conversation.objects.get()
        contact = conversation.contact
        conversations.send_reply(
            conversation=conversation, by=sanne, text="Dag Klaproos, over uw verhuisdoos", key=uuid4()
        )
        conversations.add_note(conversation=conversation, by=sanne, text="Klaproos belde", key=uuid4())
        conversations.note_contact(
            contact=contact, text="Heeft een kwetsbaarheid", ends_on=timezone.localdate(), by=sanne
        )
        conversations.add_address(contact=contact, kind="phone", value="06 12345678", by=sanne)
        conversations.close(
            conversation=conversation, by=sanne, reason="unanswered", explanation="Klaproos wil dat"
        )
        record_satisfaction(conversation=conversation, score=3, reason="mijn verhuisdoos")
    run_jobs()
    return contact


@pytest.fixture
def neighbour(world):
    """Somebody else, to whose conversation the resident's address was added."""
    conversation = world.ask(world.duinrand, "Wanneer is de markt?")
    with acting_for(world.duinrand.id):
        Message.objects.filter(conversation=conversation).update(recipients=[ADDRESS, "ik@x.example"])
    return conversation


def traces_in_every_table(world, words=WORDS) -> dict[str, int]:
    """Table → rows in which a word stands, as text or as bytes; over all that is not public knowledge."""
    found = {}
    with covering([each.id for each in (world.national, world.region, world.duinrand, world.veenwijk)]):
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                # A resident may be called like a street.
                if table.startswith("reference_"):
                    continue
                pattern = "|".join([*words, *(word.encode().hex() for word in words)])
                cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ~* %s', [pattern])
                found[table] = cursor.fetchone()[0]
    return {table: count for table, count in found.items() if count}
