"""A small model of conversations, and what must hold of the real ones beside it (promise P11)."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from hypothesis.stateful import RuleBasedStateMachine, invariant

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations import actions, queries
from mijngemeente.conversations.models import Closure, Conversation, Link, Message
from mijngemeente.desk.queries.glances import glance_at
from mijngemeente.desk.queries.threads import Thread, thread_of
from mijngemeente.intake.queries import shown_conversation
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.tenancy import acting_for
from tests.world import World


@dataclass
class Expected:
    """What the model knows of one conversation."""

    number: int
    resident: str
    status: str = "open"
    merged_into: UUID | None = None
    #: It was open until it was merged.
    closed_by_merging: bool = False
    #: How many answers there were where it went on, when it was merged.
    answers_before: int = 0
    assignee: str = ""
    kind: str = ""
    #: (message, "in", "out" or "note"), in order of time.
    said: list[tuple[UUID, str]] = field(default_factory=list)
    #: Behind the resident's link; hidden ones are taken out.
    seen: list[UUID] = field(default_factory=list)
    hidden: set[UUID] = field(default_factory=set)


class ModelledDesk(RuleBasedStateMachine):
    """What is so of every conversation after each deed, whatever the deed was."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[UUID, Expected] = {}
        self.residents = {name: f"{name}-{uuid4().hex[:8]}@voorbeeld.example" for name in ("an", "bo")}

    def acting(self):
        return acting_for(self.world.duinrand.id)

    def row(self, number: UUID) -> Conversation:
        return Conversation.objects.select_related("contact", "inbox", "merged_into").get(id=number)

    def thread(self, number: UUID) -> Thread:
        row = self.row(number)
        return thread_of(row, self.world.duinrand, glance_at(row, self.sanne))

    def root(self, number: UUID) -> UUID:
        into = self.model[number].merged_into
        return number if into is None else self.root(into)

    def family(self, number: UUID) -> set[UUID]:
        return {each for each in self.model if self._leads_to(each, number)}

    def _leads_to(self, each: UUID | None, number: UUID) -> bool:
        return each is not None and (each == number or self._leads_to(self.model[each].merged_into, number))

    def answers(self, number: UUID) -> int:
        family = self.family(self.root(number))
        return sum(kind == "out" for each in family for _, kind in self.model[each].said)

    def attempt(self, is_allowed: bool, deed) -> bool:
        """Do it, and see that it is refused exactly when the model says so."""
        try:
            with self.acting():
                deed()
        except Refused:
            assert not is_allowed
            return False
        assert is_allowed
        return True

    @property
    def sanne(self):
        return self.world.members["sanne"]

    def receives(self, resident: str, text: str, conversation: UUID | None = None):
        with self.acting():
            return actions.receive_message(
                inbox=self.world.inbox(self.world.duinrand, "web"),
                incoming=Incoming(
                    str(uuid4()),
                    Party(resident, self.residents[resident], "email"),
                    text,
                    conversation_id=conversation,
                ),
                organisation_id=self.world.duinrand.id,
                covered_by_id=self.world.duinrand.id,
            )

    def _asked(self, resident: str) -> UUID:
        received = self.receives(resident, "een vraag")
        made = Expected(received.conversation.number, resident)
        made.said.append((received.message.id, "in"))
        made.seen.append(received.message.id)
        self.model[received.conversation.id] = made
        return received.conversation.id

    def _follows(self, each: UUID, at: UUID) -> bool:
        """The same resident all the way: then the answer stands behind the old link too."""
        while each != at:
            into = self.model[each].merged_into
            if into is None or self.model[into].resident != self.model[each].resident:
                return False
            each = into
        return True

    def _is_waiting(self, at: UUID) -> bool:
        """The last word in it was the resident's."""
        said = sorted(each for one in self.family(at) for each in self.model[one].said if each[1] != "note")
        return said[-1][1] == "in"

    def _automatic(self, at: UUID) -> set[UUID]:
        with self.acting():
            rows = Message.objects.filter(conversation=at, is_automatic=True)
            return set(rows.values_list("id", flat=True))

    @invariant()
    def is_as_the_model_says(self):
        with self.acting():
            for row in Conversation.objects.filter(id__in=self.model).select_related("assignee__person"):
                known = self.model[row.id]
                found = (row.number, row.status, row.merged_into_id, row.kind, str(row.assignee or ""))
                assert found == (
                    known.number,
                    known.status,
                    known.merged_into,
                    known.kind,
                    known.assignee,
                )

    @invariant()
    def the_clock_fits_the_state(self):
        with self.acting():
            for row in Conversation.objects.filter(id__in=self.model):
                ended = Closure.objects.filter(conversation=row, reopened_at=None).count()
                assert ended == (1 if row.is_closed else 0)
                assert (row.closed_at is not None) == row.is_closed
                assert (row.snoozed_until is not None) == (row.status == "snoozed")
                if row.status in ("closed", "waiting_resident"):
                    assert row.waiting_since is None
                if row.status == "open":
                    assert row.waiting_since is not None
                if row.is_closed:
                    assert row.due_at is None

    @invariant()
    def nothing_is_lost_and_nothing_told_twice(self):
        with self.acting():
            for number, known in self.model.items():
                if known.merged_into is not None:
                    continue
                thread = self.thread(number)
                shown = [each.message.id for each in thread.entries if each.message]
                said = sorted(one for each in self.family(number) for one, _ in self.model[each].said)
                assert shown == said

    @invariant()
    def residents_read_what_is_theirs_and_nothing_else(self):
        with self.acting():
            for number, known in self.model.items():
                page = shown_conversation(self.world.duinrand, number)
                assert page is not None
                wanted = {each for each in known.seen if each not in known.hidden}
                ids = Message.objects.filter(id__in=wanted).values_list("id", "external_id", "direction")
                names = {name if name and way == "in" else str(one) for one, name, way in ids}
                assert {each.id for each in page.messages} == names

    @invariant()
    def links_lead_somewhere(self):
        with self.acting():
            for link in Link.objects.filter(conversation__in=self.model, kind=Link.Kind.RELATED):
                assert link.other_conversation_id in self.model
                assert queries.family_ids(link.conversation)
