"""The receipt speaks the resident's language."""

from uuid import uuid4

import pytest

from mijngemeente.channels.web.wire import Submission, body_of
from mijngemeente.conversations.models import Message
from mijngemeente.intake.actions import keep
from mijngemeente.platform.tenancy import acting_for


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("nl", "Het bericht is ontvangen. Het nummer is 1."),
        ("en", "The message has been received. The number is 1."),
        ("fy", "It berjocht is ûntfongen. It nûmer is 1."),
        ("xx", "Het bericht is ontvangen. Het nummer is 1."),
    ],
)
def test_a_receipt_is_written_in_the_language_of_the_question(language, opening, world, run_jobs):
    asked = Submission(key=uuid4(), text="…", email="a@voorbeeld.example", language=language)
    with acting_for(world.duinrand.id):
        keep(inbox=world.inbox(world.duinrand, "web"), body=body_of(asked))
    run_jobs()
    with acting_for(world.duinrand.id):
        receipt = Message.objects.get(is_automatic=True)
    assert receipt.text.startswith(opening)
    assert "/duinrand/contact/" in receipt.text
