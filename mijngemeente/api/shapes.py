"""What goes over the wire, in Dutch: as the NL API Design Rules 2.1 ask ("interface-language")."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from mijngemeente.conversations.models import Closure, Conversation, Delivery, Message
from mijngemeente.reference.models import Topic

S = TypeVar("S", bound=serializers.BaseSerializer[Any])

TEXT_CHARACTERS = 20_000


def named(name: str) -> Callable[[type[S]], type[S]]:
    """What the description calls the shape."""
    decorate: Callable[[type[S]], type[S]] = extend_schema_serializer(component_name=name)
    return decorate


STATUS = {
    Conversation.Status.OPEN: "open",
    Conversation.Status.WAITING_RESIDENT: "wacht_op_inwoner",
    Conversation.Status.WAITING_DEPARTMENT: "wacht_op_afdeling",
    Conversation.Status.SNOOZED: "uitgesteld",
    Conversation.Status.CLOSED: "gesloten",
}
#: What another system may set: closing has a reason, snoozing a time.
TURNS = {code: STATUS[code] for code in list(STATUS)[:3]}
KIND = {
    Conversation.Kind.QUESTION: "vraag",
    Conversation.Kind.REPORT: "melding",
    Conversation.Kind.COMPLAINT: "klacht",
    Conversation.Kind.COMPLIMENT: "compliment",
    Conversation.Kind.OPINION: "mening",
    Conversation.Kind.ATTACK: "aanval",
    Conversation.Kind.CRISIS_SIGNAL: "crisissignaal",
    Conversation.Kind.FORMAL: "formeel",
    Conversation.Kind.SPAM: "spam",
}
PRIORITY = {
    Conversation.Priority.NORMAL: "gewoon",
    Conversation.Priority.HIGH: "hoog",
    Conversation.Priority.URGENT: "spoed",
}
DIRECTION = {
    Message.Direction.INCOMING: "van_inwoner",
    Message.Direction.OUTGOING: "aan_inwoner",
    Message.Direction.NOTE: "notitie",
}
REASON = {
    Closure.Reason.ANSWERED: "beantwoord",
    Closure.Reason.UNANSWERED: "bewust_niet_beantwoord",
    Closure.Reason.SPAM: "spam",
}
DELIVERY = {
    Delivery.State.WAITING: "kan_nog_terug",
    Delivery.State.QUEUED: "wacht",
    Delivery.State.SENDING: "wordt_verzonden",
    Delivery.State.SENT: "verzonden",
    Delivery.State.DELIVERED: "afgeleverd",
    Delivery.State.FAILED: "mislukt",
    Delivery.State.UNCERTAIN: "onzeker",
}


class WordField(serializers.ChoiceField):
    """A code of ours as a Dutch word, both ways. An empty code is null."""

    def __init__(self, words: Mapping[Any, str], **options: Any) -> None:
        self._words = {getattr(code, "value", code): word for code, word in words.items()}
        self._codes = {word: code for code, word in self._words.items()}
        super().__init__(choices=list(self._codes), **options)

    def to_representation(self, value: Any) -> Any:
        """The word; a code that came later than this version of the interface as it is."""
        return self._words.get(value, value) if value != "" else None

    def to_internal_value(self, data: Any) -> Any:
        """The code. Raises ValidationError."""
        return self._codes[super().to_internal_value(data)]


@named("Persoon")
class PersonShape(serializers.Serializer[Any]):
    """A resident or a colleague."""

    id = serializers.UUIDField()
    naam = serializers.CharField(source="__str__")


@named("Gesprek")
class ConversationShape(serializers.Serializer[Any]):
    """A conversation, without what was said in it."""

    id = serializers.UUIDField()
    nummer = serializers.IntegerField(source="number", help_text="Wat mensen noemen; telt per organisatie.")
    onderwerpregel = serializers.CharField(source="subject")
    status = WordField(STATUS)
    soort = WordField(KIND, source="kind", allow_null=True)
    onderwerp = serializers.CharField(source="topic_id", allow_null=True, help_text="Slug, zie /onderwerpen.")
    voorrang = WordField(PRIORITY, source="priority")
    kanaal = serializers.CharField(source="channel")
    taal = serializers.CharField(source="language")
    inwoner = PersonShape(source="contact")
    toegewezenAan = PersonShape(source="assignee", allow_null=True)
    labels = serializers.SerializerMethodField()
    begonnenOp = serializers.DateTimeField(source="created_at")
    laatsteBerichtOp = serializers.DateTimeField(source="last_message_at")
    eersteReactieOp = serializers.DateTimeField(source="first_replied_at", allow_null=True)
    uitgesteldTot = serializers.DateTimeField(source="snoozed_until", allow_null=True)
    wachtSinds = serializers.DateTimeField(source="waiting_since", allow_null=True)
    antwoordUiterlijkOp = serializers.DateTimeField(source="due_at", allow_null=True)
    geslotenOp = serializers.DateTimeField(source="closed_at", allow_null=True)

    def get_labels(self, conversation: Conversation) -> list[str]:
        """Their names, in order."""
        return sorted(each.label.name for each in conversation.labellings.all())


@named("GesprekWijziging")
class ConversationChangeShape(serializers.Serializer[Any]):
    """What may be changed; what is left out stays."""

    status = WordField(TURNS, required=False)
    soort = WordField(KIND, required=False)
    onderwerp = serializers.SlugRelatedField(
        slug_field="slug", queryset=Topic.objects.all(), required=False, allow_null=True
    )
    voorrang = WordField(PRIORITY, required=False)
    uitgesteldTot = serializers.DateTimeField(required=False, help_text="Een moment dat nog komt.")
    toegewezenAan = serializers.UUIDField(
        required=False, allow_null=True, help_text="Id van een medewerker; null legt het terug in de rij."
    )


@named("Vraag")
class QuestionShape(serializers.Serializer[Any]):
    """A question of a resident, from another system."""

    tekst = serializers.CharField(max_length=TEXT_CHARACTERS)
    naam = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    telefoon = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    onderwerpregel = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    taal = serializers.ChoiceField(choices=["nl", "en", "fy"], default="nl")


@named("Ontvangen")
class TakenInShape(serializers.Serializer[Any]):
    """What we have is kept; the conversation is there within seconds."""

    id = serializers.UUIDField()
    url = serializers.URLField()


@named("Adres")
class AddressShape(serializers.Serializer[Any]):
    """Where a resident can be reached."""

    soort = serializers.CharField(source="kind", help_text="email, phone of de soort van een kanaal.")
    adres = serializers.CharField(source="value")


@named("Inwoner")
class ContactShape(PersonShape):
    """A resident, as this organisation knows them."""

    adressen = AddressShape(source="addresses", many=True)


@named("Bestand")
class FileShape(serializers.Serializer[Any]):
    """A file that came or went along."""

    id = serializers.UUIDField()
    naam = serializers.CharField(source="name")
    type = serializers.CharField(source="content_type")
    grootteBytes = serializers.IntegerField(source="size_bytes")


@named("Verzending")
class DeliveryShape(serializers.Serializer[Any]):
    """What became of an answer."""

    status = WordField(DELIVERY, source="state")
    probleem = serializers.CharField(source="problem")


@named("Bericht")
class MessageShape(serializers.Serializer[Any]):
    """Something said, or noted beside it."""

    id = serializers.UUIDField()
    richting = WordField(DIRECTION, source="direction")
    isAutomatisch = serializers.BooleanField(source="is_automatic")
    auteur = PersonShape(source="author", allow_null=True)
    tekst = serializers.CharField(source="text")
    gemaaktOp = serializers.DateTimeField(source="created_at")
    bestanden = FileShape(source="attachments", many=True)
    verzending = DeliveryShape(source="delivery", allow_null=True, default=None)


@named("NieuwBericht")
class NewMessageShape(serializers.Serializer[Any]):
    """An answer to the resident, or a note for colleagues."""

    richting = WordField(
        {code: DIRECTION[code] for code in (Message.Direction.OUTGOING, Message.Direction.NOTE)}
    )
    tekst = serializers.CharField(max_length=TEXT_CHARACTERS)
    gelezenTot = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Het laatste bericht dat de schrijver zag. Kwam er intussen een bij, dan volgt 409.",
    )


@named("Sluiting")
class ClosureShape(serializers.Serializer[Any]):
    """Why it is done."""

    reden = WordField(REASON, source="reason")
    toelichting = serializers.CharField(
        source="explanation", max_length=300, required=False, default="", allow_blank=True
    )


@named("Onderwerp")
class TopicShape(serializers.Serializer[Any]):
    """A topic of the national list."""

    slug = serializers.CharField()
    naam = serializers.CharField(source="label")
    groep = serializers.CharField(source="group")


@named("Label")
class LabelShape(serializers.Serializer[Any]):
    """A word the organisation sorts by."""

    id = serializers.UUIDField()
    naam = serializers.CharField(source="name")


@named("Probleem")
class ProblemShape(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
