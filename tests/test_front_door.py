"""A resident asks, the municipality answers."""

from uuid import uuid4

from mijngemeente.channels.web.wire import Submission, body_of
from mijngemeente.conversations.actions import send_reply
from mijngemeente.conversations.models import Conversation, Delivery
from mijngemeente.intake.actions import keep
from mijngemeente.platform.tenancy import acting_for


def test_a_question_becomes_a_conversation_and_its_answer_is_delivered(world, run_jobs):
    submission = Submission(key=uuid4(), text="Wanneer wordt mijn gft opgehaald?", name="Fatma")
    with acting_for(world.duinrand.id):
        keep(inbox=world.inbox(world.duinrand, "web"), body=body_of(submission))
        keep(inbox=world.inbox(world.duinrand, "web"), body=body_of(submission))
    run_jobs()
    with acting_for(world.duinrand.id):
        conversation = Conversation.objects.get()
        assert conversation.number == 1
        send_reply(conversation=conversation, by=world.members["sanne"], text="Elke dinsdag.", key=uuid4())
    run_jobs()
    with acting_for(world.duinrand.id):
        assert [each.state for each in Delivery.objects.order_by("id")] == ["delivered", "delivered"]
    with acting_for(world.veenwijk.id):
        assert not Conversation.objects.exists()
