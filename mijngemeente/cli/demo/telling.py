"""Plays the stories through the product's own actions, as residents and members would."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from mijngemeente.channels.contract import Bounce, Incoming, IncomingFile, Party, Receipt, WireError
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Closure, Conversation, Delivery
from mijngemeente.desk.actions import accept, record_satisfaction
from mijngemeente.intake.queries import evidence_for
from mijngemeente.intake.rules import decide_route
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.queries import coverage_of, rules_of
from mijngemeente.organisations.rules.covering import Because
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic

from .founding import REFUSED, Cast
from .past import Past
from .pictures import file_called
from .script import Line, Story

#: Namespace of the demo's keys: the same story gives the same keys.
KEYS = UUID("6f0f9a52-5d0e-4d49-9c1c-3a8c2a6f5f10")

STATUSES = {
    "open": Conversation.Status.OPEN,
    "waiting_for_resident": Conversation.Status.WAITING_RESIDENT,
    "waiting_for_department": Conversation.Status.WAITING_DEPARTMENT,
    "snoozed": Conversation.Status.WAITING_DEPARTMENT,
}

TOLD = (
    "Uw vraag gaat over {there}. Wij hebben uw bericht daarom doorgestuurd. U hoeft niets te doen: "
    "{there} geeft u antwoord."
)
TOLD_INFORMALLY = (
    "Je vraag gaat over {there}. Wij hebben je bericht daarom doorgestuurd. Je hoeft niets te doen: "
    "{there} geeft je antwoord."
)

STEP = timedelta(seconds=1)
SORTED_AFTER = timedelta(minutes=45)
READING = timedelta(minutes=2)
POSTING = timedelta(seconds=4)
CLOSING = timedelta(minutes=5)
RATING = timedelta(hours=19)


class Stage:
    """What stories need to be played: the cast, the clock, and what was handed over to whom."""

    def __init__(self, cast: Cast, past: Past, now: datetime, stories: Iterable[Story]) -> None:
        self.cast = cast
        self.past = past
        self.now = now
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        #: Key of the story → slug of the organisation where it plays.
        self.homes = {story.key: story.organisation for story in stories}
        #: Key of the story → (organisation it comes from, its conversation there, the one to begin).
        self.handed_over: dict[str, tuple[int, UUID, UUID]] = {}

    def play(self, at: datetime) -> None:
        """From here on it is `at`, but never later than now."""
        self.past.play(min(at, self.now))


def tell(stage: Stage, story: Story) -> None:
    """One story from beginning to end."""
    if story.handed_over_from:
        from_id, original_id, new_id = stage.handed_over[story.key]
        organisation = stage.cast.organisations[story.organisation]
        with acting_for(organisation.id, reading=[from_id]):
            stage.play(story.lines[0].at)
            original = Conversation.objects.select_related("contact").get(id=original_id)
            actions.complete_hand_over(original=original, to=organisation, new_id=new_id)
            Telling(stage, story, Conversation.objects.get(id=new_id)).go_on(story.lines[1:])
        return
    with acting_for(stage.cast.organisations[story.organisation].id):
        Telling(stage, story, None).go_on(story.lines)


class Telling:
    """One story while it is told."""

    def __init__(self, stage: Stage, story: Story, conversation: Conversation | None) -> None:
        self.stage = stage
        self.story = story
        self._conversation = conversation
        self._told = 0
        self._sorted = False
        self._at = story.lines[0].at - STEP

    def play(self, at: datetime) -> None:
        """From here on it is `at`; a story runs on, also where the file names one minute twice."""
        self._at = max(self._at + STEP, at)
        self.stage.play(self._at)

    @property
    def conversation(self) -> Conversation:
        """As it was when it began: actions look for themselves."""
        assert self._conversation is not None
        return self._conversation

    def go_on(self, lines: Iterable[Line]) -> None:
        """The lines, and then how it stands now."""
        speak: dict[str, Callable[[Line], None]] = {
            "resident": self.hear,
            "staff": self.reply,
            "note": self.note,
            "automatic": self.announce,
        }
        for line in lines:
            self._told += 1
            self.play(line.at)
            speak[line.speaker](line)
        self.end()

    def key(self, purpose: str) -> UUID:
        return uuid5(KEYS, f"{self.story.key} {self._told} {purpose}")

    def hear(self, line: Line) -> None:
        """The resident writes, or calls and somebody writes it down."""
        organisation = self.stage.cast.organisations[self.story.organisation]
        inbox = self.stage.cast.inbox(self.story.organisation, self.story.channel, self.story.inbox)
        incoming = self.incoming(line)
        received = actions.receive_message(
            inbox=inbox,
            incoming=incoming,
            organisation_id=organisation.id,
            covered_by_id=organisation.id,
            understood=decide_route(evidence_for(inbox, incoming)).understood,
        )
        self._conversation = self._conversation or received.conversation
        if received.is_new_conversation:
            self.play(line.at + POSTING)
            accept(received=received, is_automatic=False, is_mass=False)
            self.post(line.at + 2 * POSTING)

    def incoming(self, line: Line) -> Incoming:
        is_mail = self.story.channel == "email"
        key = self.key("message")
        return Incoming(
            external_id=f"<{key}@post.example>" if is_mail else f"web-{key}",
            sender=Party(self.story.name, self.story.email, "email" if self.story.email else "phone"),
            text=line.text,
            subject=self._conversation.subject if self._conversation else self.story.subject,
            sent_at=line.at,
            files=self.files(line),
            conversation_id=self._conversation.id if self._conversation else None,
            language=self.story.language,
            recorded_by=self.member(line.by).id if line.by else None,
        )

    def files(self, line: Line) -> tuple[IncomingFile, ...]:
        return tuple(file_called(name, self.story.subject) for name in line.files)

    def reply(self, line: Line) -> None:
        """A member reads it, takes it if nobody had it, and answers."""
        by = self.member(line.by)
        self.take_up(line.at, by)
        self.play(line.at)
        actions.send_reply(
            conversation=self.conversation,
            by=by,
            text=line.text,
            key=self.key("reply"),
            files=self.files(line) if self.story.email else (),
        )
        self.post(line.at + POSTING)

    def note(self, line: Line) -> None:
        """A member writes something for colleagues."""
        by = self.member(line.by)
        self.take_up(line.at, by)
        self.play(line.at)
        actions.add_note(conversation=self.conversation, by=by, text=line.text, key=self.key("note"))

    def announce(self, line: Line) -> None:
        """A machine tells the resident something."""
        actions.send_automatic(conversation=self.conversation, text=line.text)
        self.post(line.at + POSTING)

    def take_up(self, at: datetime, by: Member) -> None:
        self.play(at - READING)
        actions.view(conversation=self.conversation, by=by)
        self.cover(by)
        if not self._sorted:
            self.sort(by)

    def cover(self, by: Member) -> None:
        """Who helps at night has what they answer."""
        conversation = self.conversation
        if coverage_of(by.person)[conversation.organisation_id].is_limited:
            actions.cover(conversation=conversation, by_team=by.organisation_id, because=Because.CLOSED)

    def sort(self, by: Member) -> None:
        """What it is about, and whose it is."""
        self._sorted = True
        conversation = self.conversation
        actions.change_kind(conversation=conversation, kind=self.story.kind, by=by)
        actions.change_topic(conversation=conversation, topic=self.stage.topics[self.story.topic], by=by)
        for name in self.story.labels:
            actions.label(conversation=conversation, name=name, by=by)
        if self.story.assignee:
            actions.assign(conversation=conversation, to=self.member(self.story.assignee), by=by)

    def end(self) -> None:
        """How it stands now: sorted, waiting, closed or handed over."""
        last = self.story.lines[-1].at
        if not self._sorted and (self.story.assignee or self.stage.now - last > SORTED_AFTER):
            self.play(last + CLOSING)
            self.sort(self.keeper())
        self.play(last + CLOSING)
        if self.story.handed_over_to:
            self.hand_over()
        elif self.story.state in STATUSES:
            self.wait(STATUSES[self.story.state])
        else:
            self.close()
        if self.story.rating is not None:
            self.play(last + CLOSING + RATING * share(self.key("rating")))
            record_satisfaction(
                conversation=self.conversation, score=self.story.rating.score, reason=self.story.rating.why
            )

    def wait(self, status: str) -> None:
        self.conversation.refresh_from_db()
        if self.conversation.status != status:
            actions.change_status(conversation=self.conversation, status=status, by=self.keeper())

    def close(self) -> None:
        reason = Closure.Reason.ANSWERED
        if self.story.kind == "spam":
            reason = Closure.Reason.SPAM
        elif self.story.state == "not_answered":
            reason = Closure.Reason.UNANSWERED
        actions.close(
            conversation=self.conversation,
            by=self.keeper(),
            reason=reason,
            explanation=self.story.not_answered_reason,
        )

    def hand_over(self) -> None:
        conversation = self.conversation
        to = self.stage.cast.organisations[self.stage.homes[self.story.handed_over_to]]
        new_id = actions.hand_over(
            conversation=conversation,
            to=to,
            by=self.keeper(),
            told=self.told().format(there=to.full_name),
        )
        self.post(self.story.lines[-1].at + CLOSING)
        self.stage.handed_over[self.story.handed_over_to] = (
            conversation.organisation_id,
            conversation.id,
            new_id,
        )

    def told(self) -> str:
        """What the resident reads when their question goes elsewhere."""
        is_informal = rules_of(self.conversation.organisation_id).form_of_address == "je"
        return TOLD_INFORMALLY if is_informal else TOLD

    def keeper(self) -> Member:
        """Who has it, or else who sorts."""
        if self.story.assignee:
            return self.member(self.story.assignee)
        return self.stage.cast.first_agent(self.story.organisation)

    def member(self, email: str) -> Member:
        return self.stage.cast.member(email, self.story.organisation)

    def post(self, at: datetime) -> None:
        """What the channel did with what we said."""
        new = Delivery.objects.filter(
            organisation_id=self.conversation.organisation_id,
            message__conversation=self.conversation,
            state=Delivery.State.QUEUED,
            attempts=0,
        )
        for delivery in new.select_related("message__conversation", "inbox"):
            self.play(at)
            send(delivery, self.key("fate"))


#: A mailbox that cannot send: its answers wait, and its administrator can see why.
BROKEN = "belastingen@tilburg.example"
LOST = "De verbinding viel weg tijdens het verzenden."
UNKNOWN = "550 5.1.1 Dit e-mailadres bestaat niet (meer)."


def send(delivery: Delivery, key: UUID) -> None:
    """Most arrive; `key` decides which few do not."""
    actions.claim(delivery)
    if delivery.inbox.address == BROKEN:
        delivery.refresh_from_db()
        actions.record_failure(delivery=delivery, error=WireError(REFUSED), is_idempotent=False)
        return
    chance = 1.0 if delivery.inbox.kind == "web" or delivery.message.is_automatic else share(key)
    if chance < 0.02:
        lost = WireError(LOST, spoken=True)
        actions.record_failure(delivery=delivery, error=lost, is_idempotent=False)
        return
    receipt = Receipt(
        f"<{delivery.id}@demo.example>", "delivered" if delivery.inbox.kind == "web" else "sent"
    )
    actions.record_receipt(delivery=delivery, receipt=receipt)
    if chance < 0.05:
        report = Bounce(receipt.external_id, (delivery.recipient_address,), UNKNOWN, is_permanent=True)
        actions.record_bounce(delivery=delivery, bounce=report)


def share(key: UUID) -> float:
    """A number from 0 to 1, always the same for one key."""
    return key.int / 2**128
