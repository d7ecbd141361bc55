"""Promise P11: whatever happens in whatever order, a conversation ends as a small model says."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, multiple, rule, run_state_machine_as_test

from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.conversations.tests.desk_model import Expected, ModelledDesk

CALM = settings(
    max_examples=5,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Desk(ModelledDesk):
    """Two residents, two colleagues, and everything they can do to each other's conversations."""

    conversations = Bundle("conversations")

    @initialize(target=conversations)
    def begin(self):
        return multiple(*(self._asked(resident) for resident in ("an", "an", "bo")))

    @rule(target=conversations, resident=st.sampled_from(["an", "bo"]))
    def ask(self, resident):
        return self._asked(resident)

    @rule(at=conversations)
    def add(self, at):
        """Behind the own link, which never changes."""
        received = self.receives(self.model[at].resident, "nog iets", at)
        assert received.conversation.id == self.root(at)
        assert received.message.conversation_id == at
        self.model[at].said.append((received.message.id, "in"))
        self.model[at].seen.append(received.message.id)
        self.model[self.root(at)].status = "open"

    @rule(at=conversations)
    def reply(self, at):
        known = self.model[at]
        sent: list[Message] = []

        def deed():
            sent.append(
                actions.send_reply(conversation=self.row(at), by=self.sanne, text="antwoord", key=uuid4())
            )

        if self.attempt(known.merged_into is None, deed):
            known.said.append((sent[0].id, "out"))
            if known.status != "closed":
                known.status = "waiting_resident"
            for each in self.family(at):
                if self._follows(each, at):
                    self.model[each].seen.append(sent[0].id)

    @rule(at=conversations)
    def note(self, at):
        with self.acting():
            made = actions.add_note(conversation=self.row(at), by=self.sanne, text="let op", key=uuid4())
        self.model[at].said.append((made.id, "note"))

    @rule(at=conversations, to=st.sampled_from(["sanne", "bram", ""]))
    def assign(self, at, to):
        with self.acting():
            if to:
                actions.assign(conversation=self.row(at), to=self.world.members[to], by=self.sanne)
            else:
                actions.release(conversation=self.row(at), by=self.sanne)
        self.model[at].assignee = to.title()

    @rule(at=conversations, status=st.sampled_from(["open", "waiting_resident", "waiting_department"]))
    def change_status(self, at, status):
        with self.acting():
            actions.change_status(conversation=self.row(at), status=status, by=self.sanne)
        if self.model[at].status != "closed":
            self.model[at].status = status

    @rule(at=conversations)
    def snooze(self, at):
        later = timezone.now() + timedelta(hours=3)
        is_open = self.model[at].status != "closed"
        if self.attempt(
            is_open, lambda: actions.snooze(conversation=self.row(at), until=later, by=self.sanne)
        ):
            self.model[at].status = "snoozed"

    @rule(at=conversations)
    def wake_when_due(self, at):
        with self.acting():
            due = timezone.now() - timedelta(hours=1)
            Conversation.objects.filter(id=at, status="snoozed").update(snoozed_until=due)
            actions.wake(conversation=self.row(at), tell=None)
        if self.model[at].status == "snoozed":
            self.model[at].status = "open"

    @rule(at=conversations, reason=st.sampled_from(["answered", "unanswered"]))
    def close(self, at, reason):
        with self.acting():
            actions.close(conversation=self.row(at), by=self.sanne, reason=reason)
        self.model[at].status = "closed"

    @rule(at=conversations)
    def reopen(self, at):
        known = self.model[at]
        if self.attempt(
            known.merged_into is None, lambda: actions.reopen(conversation=self.row(at), by=self.sanne)
        ):
            known.status = "open" if known.status == "closed" else known.status

    @rule(at=conversations)
    def spam(self, at):
        was_open = self.model[at].status != "closed"
        with self.acting():
            actions.mark_spam(conversation=self.row(at), by=self.sanne)
        if was_open:
            self.model[at].status, self.model[at].kind = "closed", "spam"

    @rule(at=conversations)
    def no_spam(self, at):
        known = self.model[at]
        is_allowed = known.kind != "spam" or known.merged_into is None
        deed = lambda: actions.unmark_spam(conversation=self.row(at), by=self.sanne)  # noqa: E731 - short, and used below
        if self.attempt(is_allowed, deed) and known.kind == "spam":
            known.kind = ""
            known.status = "open" if known.status == "closed" else known.status

    @rule(at=conversations, into=conversations, is_sure=st.booleans())
    def merge(self, at, into, is_sure):
        source, target = self.model[at], self.model[into]
        is_allowed = (
            at != into
            and source.merged_into is None
            and target.merged_into is None
            and target.status != "closed"
            and (is_sure or source.resident == target.resident)
        )

        def deed():
            row = self.row(at)
            confirmed = row.contact_id if is_sure else None
            actions.merge(conversation=row, into=self.row(into), by=self.sanne, confirmed_contact=confirmed)

        if self.attempt(is_allowed, deed):
            target.status = "open" if source.status == "open" else target.status
            source.closed_by_merging = source.status != "closed"
            source.status, source.merged_into = "closed", into
            source.answers_before = self.answers(at)

    @rule(at=conversations)
    def unmerge(self, at):
        known = self.model[at]
        is_allowed = known.merged_into is not None and self.answers(at) == known.answers_before
        if self.attempt(is_allowed, lambda: actions.unmerge(conversation=self.row(at), by=self.sanne)):
            known.merged_into = None
            if known.closed_by_merging:
                known.status = "open" if self._is_waiting(at) else "waiting_resident"

    @rule(target=conversations, at=conversations)
    def split(self, at):
        known = self.model[at]
        spoken = [each for each in known.said if each[1] != "note"]
        is_allowed = known.merged_into is None and len(spoken) > 1
        made: list[Conversation] = []

        def deed():
            chosen = [spoken[-1][0]]
            made.append(
                actions.split(conversation=self.row(at), message_ids=chosen, subject="", by=self.sanne)
            )

        if not self.attempt(is_allowed, deed):
            return multiple()
        known.said.remove(spoken[-1])
        state = "open" if spoken[-1][1] == "in" else "waiting_resident"
        taken = Expected(made[0].number, known.resident, state, said=[spoken[-1]], seen=[spoken[-1][0]])
        taken.hidden = known.hidden & set(taken.seen)
        self.model[made[0].id] = taken
        return made[0].id

    @rule(at=conversations)
    def hand_over(self, at):
        def deed():
            actions.hand_over(
                conversation=self.row(at), to=self.world.veenwijk, by=self.sanne, told="Daarheen"
            )

        before = self._automatic(at)
        if self.attempt(self.model[at].status != "closed", deed):
            self.model[at].status = "closed"
            for each in self._automatic(at) - before:
                self.model[at].said.append((each, "told"))
                self.model[at].seen.append(each)

    @rule(at=conversations)
    def hide_last(self, at):
        shown = self.model[at].said[-1] if self.model[at].said else None
        if shown is None or shown[1] == "note":
            return
        with self.acting():
            actions.hide(message=Message.objects.get(id=shown[0]), reason="privé", by=self.sanne)
        for each in self.model.values():
            each.hidden.add(shown[0])

    @rule(at=conversations, other=conversations)
    def link(self, at, other):
        def deed():
            actions.link(conversation=self.row(at), to=self.row(other), by=self.sanne)

        self.attempt(at != other, deed)


def test_a_conversation_ends_as_the_model_says_whatever_was_done_to_it(world):
    class DeskOfThisWorld(Desk):
        pass

    DeskOfThisWorld.world = world
    run_state_machine_as_test(DeskOfThisWorld, settings=CALM)
