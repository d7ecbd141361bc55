"""Conversations, for other systems."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from mijngemeente.channels.web.wire import Submission
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Closure, Conversation, Label
from mijngemeente.conversations.queries import inbox_for
from mijngemeente.desk.actions import close_read
from mijngemeente.intake.actions import submit
from mijngemeente.organisations.queries import members_answering_for
from mijngemeente.organisations.rules import Right

from ..describe import PAGE, described, page_shape
from ..door import ApiRequest, endpoint, key_of
from ..pages import page_of
from ..shapes import (
    STATUS,
    ClosureShape,
    ConversationChangeShape,
    ConversationShape,
    QuestionShape,
    TakenInShape,
    WordField,
)

TAG = "gesprekken"


class ChoiceShape(serializers.Serializer[Any]):
    """Which conversations."""

    status = WordField(STATUS, required=False)
    nummer = serializers.IntegerField(source="number", required=False, min_value=1, max_value=2**31 - 1)
    onderwerp = serializers.SlugField(source="topic_id", required=False)
    kanaal = serializers.SlugField(source="channel", required=False)
    toegewezenAan = serializers.UUIDField(source="assignee_id", required=False)
    inwoner = serializers.UUIDField(source="contact_id", required=False)
    gewijzigdSinds = serializers.DateTimeField(source="last_message_at__gte", required=False)


_FILTERS = (
    OpenApiParameter("status", str, enum=list(STATUS.values())),
    OpenApiParameter("nummer", int),
    OpenApiParameter("onderwerp", str),
    OpenApiParameter("kanaal", str),
    OpenApiParameter("toegewezenAan", UUID),
    OpenApiParameter("inwoner", UUID),
    OpenApiParameter("gewijzigdSinds", str, description="Tijdstip volgens RFC 3339, met tijdzone."),
)


@described(
    "GET",
    "gesprekken",
    "Gesprekken, de nieuwste eerst",
    tag=TAG,
    parameters=(*_FILTERS, *PAGE),
    answers={200: page_shape("Gesprekken", ConversationShape)},
)
@described(
    "POST",
    "stelVraag",
    "Breng een vraag van een inwoner binnen",
    tag=TAG,
    asks=QuestionShape,
    answers={202: TakenInShape},
)
@endpoint(GET=Right.READ, POST=Right.REPLY)
def conversations(request: ApiRequest) -> Response:
    """The list, or a new question."""
    if request.method == "POST":
        return _take_in(request)
    asked = ChoiceShape(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return page_of(
        request, _rows(request).filter(**asked.validated_data), ConversationShape, newest_first=True
    )


def _take_in(request: ApiRequest) -> Response:
    typed = QuestionShape(data=request.data)
    typed.is_valid(raise_exception=True)
    inbox = inbox_for(request.organisation.id, "web")
    if inbox is None:
        raise Http404
    submission = _submission(typed.validated_data, key=key_of(request))
    submit(inbox=inbox, submission=submission)
    url = url_of(submission.key)
    return Response({"id": submission.key, "url": url}, status=202, headers={"Location": url})


def _submission(typed: dict[str, str], *, key: UUID) -> Submission:
    return Submission(
        key=key,
        conversation_id=key,
        new_conversation_id=key,
        text=typed["tekst"],
        name=typed["naam"],
        email=typed["email"],
        phone=typed["telefoon"],
        subject=typed["onderwerpregel"],
        language=typed["taal"],
    )


@described("GET", "gesprek", "Een gesprek", tag=TAG, answers={200: ConversationShape})
@described(
    "PATCH",
    "wijzigGesprek",
    "Wijzig status, soort, onderwerp of medewerker",
    tag=TAG,
    asks=ConversationChangeShape,
    answers={200: ConversationShape},
)
@endpoint(GET=Right.READ, PATCH=Right.ORGANISE)
def conversation(request: ApiRequest, conversation_id: UUID) -> Response:
    """One conversation; opening it is written down, as on the desk."""
    asked = found(request, conversation_id)
    if request.method == "PATCH":
        _change(request, asked)
        asked = found(request, conversation_id)
    else:
        actions.view(conversation=asked, by=request.member)
    return Response(ConversationShape(asked).data)


def _change(request: ApiRequest, conversation: Conversation) -> None:
    typed = ConversationChangeShape(data=request.data)
    typed.is_valid(raise_exception=True)
    values, by = typed.validated_data, request.member
    if "status" in values:
        actions.change_status(conversation=conversation, status=values["status"], by=by)
    if "soort" in values:
        actions.change_kind(conversation=conversation, kind=values["soort"], by=by)
    if "onderwerp" in values:
        actions.change_topic(conversation=conversation, topic=values["onderwerp"], by=by)
    if "voorrang" in values:
        actions.prioritise(conversation=conversation, priority=values["voorrang"], by=by)
    if "uitgesteldTot" in values:
        _snooze(request, conversation, values["uitgesteldTot"])
    if "toegewezenAan" in values:
        _assign(request, conversation, values["toegewezenAan"])


def _snooze(request: ApiRequest, conversation: Conversation, until: datetime) -> None:
    if until <= timezone.now():
        raise serializers.ValidationError({"uitgesteldTot": "Kies een moment dat nog komt."})
    actions.snooze(conversation=conversation, until=until, by=request.member)


def _assign(request: ApiRequest, conversation: Conversation, member_id: UUID | None) -> None:
    if member_id is None:
        actions.release(conversation=conversation, by=request.member)
        return
    members = {each.id: each for each in members_answering_for(request.organisation.id)}
    if member_id not in members:
        raise serializers.ValidationError(
            {"toegewezenAan": "Deze medewerker antwoordt niet voor deze organisatie."}
        )
    actions.assign(conversation=conversation, to=members[member_id], by=request.member)


@described(
    "PUT", "sluitGesprek", "Sluit een gesprek", tag=TAG, asks=ClosureShape, answers={200: ConversationShape}
)
@described("DELETE", "heropenGesprek", "Open een gesloten gesprek weer", tag=TAG, answers={204: None})
@endpoint(PUT=Right.REPLY, DELETE=Right.REPLY)
def closure(request: ApiRequest, conversation_id: UUID) -> Response:
    """That it is done, or not after all; the same again changes nothing."""
    asked = found(request, conversation_id)
    if request.method == "DELETE":
        actions.reopen(conversation=asked, by=request.member)
        return Response(status=204)
    typed = ClosureShape(data=request.data)
    typed.is_valid(raise_exception=True)
    _check_explained(typed.validated_data)
    close_read(conversation=asked, by=request.member, read_to=None, **typed.validated_data)
    return Response(ConversationShape(found(request, conversation_id)).data)


def _check_explained(typed: dict[str, str]) -> None:
    if typed["reason"] == Closure.Reason.UNANSWERED and not typed["explanation"].strip():
        raise serializers.ValidationError({"toelichting": "Zeg waarom er geen antwoord komt."})


@described("PUT", "plakLabel", "Plak een label", tag=TAG, answers={204: None})
@described("DELETE", "haalLabelWeg", "Haal een label weg", tag=TAG, answers={204: None})
@endpoint(PUT=Right.ORGANISE, DELETE=Right.ORGANISE)
def label(request: ApiRequest, conversation_id: UUID, name: str) -> Response:
    """A label on the conversation; the same again changes nothing."""
    asked = found(request, conversation_id)
    if request.method == "PUT":
        actions.label(conversation=asked, name=_label_name(name), by=request.member)
        return Response(status=204)
    labels = Label.objects.filter(organisation=request.organisation)
    actions.unlabel(conversation=asked, label=get_object_or_404(labels, name__iexact=name), by=request.member)
    return Response(status=204)


def _label_name(name: str) -> str:
    field = serializers.CharField(max_length=40)
    try:
        return str(field.run_validation(name))
    except serializers.ValidationError as error:
        raise serializers.ValidationError({"label": error.detail}) from error


def found(request: ApiRequest, conversation_id: UUID) -> Conversation:
    """The conversation, if it is of the token's organisation."""
    return get_object_or_404(_rows(request), id=conversation_id)


def _rows(request: ApiRequest) -> "QuerySet[Conversation]":
    rows = Conversation.objects.filter(organisation=request.organisation)
    return rows.select_related("contact", "assignee__person", "inbox").prefetch_related("labellings__label")


def url_of(conversation_id: UUID) -> str:
    """Where another system finds a conversation."""
    return settings.PUBLIC_URL + reverse("api:conversation", args=[conversation_id])
