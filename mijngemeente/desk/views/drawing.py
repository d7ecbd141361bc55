"""How an open conversation is found, and drawn: as a page, as a pane, or as what is new in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django_htmx.http import push_url, reswap, retarget

from mijngemeente.answers.queries.suggestions import Filled
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Delivery, Message, PendingReply
from mijngemeente.organisations.models import EngagementRules
from mijngemeente.organisations.queries import rules_of
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.presence import make_token
from mijngemeente.reference.queries import topics

from ..forms import NoteForm, ReplyForm
from ..models import Draft
from ..queries import pages, threads
from ..queries.answers import filled_for
from ..queries.choices import is_view_id
from ..queries.clusters import belongs_of
from ..queries.drafts import OwnDraft, others_writing, own_drafts
from ..queries.formals import formal_of
from ..queries.glances import Glance, glance_at
from ..queries.pending import ShownPending, pending_of
from ..queries.readings import alarm_of, reading_of
from ..rules import QUEUES, Finding, picked_in, placed

SEE_OTHER = 303
REFUSED = 422
#: So long the way back stays on the screen; reopening is possible ever after.
REOPEN_SECONDS = 10


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks, and wants a part of the page."""
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def open_beside(request: HttpRequest) -> str:
    """The id of the conversation that stands open on the asking screen; empty if none does."""
    found = _OPEN.search(request.headers.get("HX-Current-URL", ""))
    return found[1] if found else ""


_OPEN = re.compile(r"/gesprekken/([0-9a-f-]{36})/")


def list_query(request: HttpRequest) -> str:
    """The list somebody came from, as their address tells."""
    kept = {}
    asked = request.GET.get("rij", "")
    if asked in set(QUEUES) or is_view_id(asked):
        kept["rij"] = asked
    if request.GET.get("gemeente"):
        kept["gemeente"] = request.GET["gemeente"]
    return urlencode(kept)


def found(request: MemberRequest, conversation_id: UUID) -> Conversation:
    """The conversation, or 404 when this organisation has none like it."""
    return get_object_or_404(_rows(request), id=conversation_id)


def _rows(request: MemberRequest) -> QuerySet[Conversation]:
    rows = Conversation.objects.filter(organisation=request.organisation)
    return rows.select_related("contact", "topic", "assignee__person", "inbox", "reading")


def draw_page(
    request: MemberRequest,
    conversation: Conversation,
    *,
    status: int = 200,
    findings: Sequence[Finding] = (),
    changed: PendingReply | None = None,
    typed: Mapping[str, str] = MappingProxyType({}),
    **written: Form,
) -> HttpResponse:
    """The conversation: the pane alone for htmx, else the whole desk.

    `written` is a form to mend, `typed` what was refused of a menu.
    """
    read = _read(request, conversation)
    context = {
        **_context(request, read),
        **_box_context(request, read, **written),
        "pending": _pending(request, read, changed),
        "findings": findings,
        "typed": typed,
        "entries": read.thread.entries,
        "has_news": read.glance.has_unread,
        "presence_token": make_token(conversation.organisation_id, conversation.id, request.user.id),
    }
    if is_fragment(request):
        # Whoever asked, by a row or by sending an answer, gets it in the third pane.
        pane = render(request, "desk/_conversation.html", context, status=status)
        return push_url(reswap(retarget(pane, "#conversation"), "innerHTML"), request.get_full_path())
    return render(request, "desk/conversation.html", context, status=status)


def draw_news(
    request: MemberRequest,
    conversation: Conversation,
    *,
    box: str = "",
    status: int = 200,
    findings: Sequence[Finding] = (),
    **written: Form,
) -> HttpResponse:
    """What is new since the asking screen was drawn; `box` is the box to write in that is drawn with it."""
    fresh = found(request, conversation.id)
    read = _read(request, fresh)
    news = threads.news_of(read.thread, _seen_by(request))
    if news is None:
        # Then the messages are shown anew, which is an opening like any other.
        conversations.view(conversation=fresh, by=request.member)
    context = {
        **_context(request, read),
        "pending": _pending(request, read, None),
        **(_box_context(request, read, **written) if box else {}),
        "box": box,
        "findings": findings,
        "entries": read.thread.entries if news is None else news,
        "swap": "innerHTML" if news is None else "beforeend",
        "deliveries": [each.message.delivery for each in read.thread.entries if each.message],
    }
    return render(request, "desk/_news.html", context, status=status)


@dataclass(frozen=True)
class _Read:
    """A conversation with what every part of its page tells of."""

    conversation: Conversation
    glance: Glance
    thread: threads.Thread
    engagement: EngagementRules


def _read(request: MemberRequest, conversation: Conversation) -> _Read:
    glance = glance_at(conversation, request.member)
    thread = threads.thread_of(conversation, request.organisation, glance)
    return _Read(conversation, glance, thread, rules_of(request.organisation.id))


def _pending(request: MemberRequest, read: _Read, changed: PendingReply | None) -> list[ShownPending]:
    if not read.glance.has_pending:
        return []
    return pending_of(read.conversation, request, seen=read.thread.spoken, changed=changed)


def _context(request: MemberRequest, read: _Read) -> dict[str, Any]:
    query, now = list_query(request), timezone.now()
    conversation, glance, thread = read.conversation, read.glance, read.thread
    return {
        "conversation": pages.head_of(conversation, request.organisation, glance, now=now, query=query),
        "links": pages.links_of(request.organisation.slug, conversation.id, query),
        "list_query": query,
        "seen": thread.seen,
        "side": pages.side_of(conversation, request, glance, engagement=read.engagement, query=query),
        "formal": formal_of(conversation, thread),
        "understood": reading_of(conversation, request.organisation),
        "alarm": alarm_of(conversation),
        "belongs": belongs_of(conversation) if glance.has_event else None,
        "is_known_spammer": not conversation.kind and glance.is_known_spammer,
        "writing": others_writing(conversation, request.member) if glance.has_drafts else [],
    }


def _box_context(request: MemberRequest, read: _Read, **written: Form) -> dict[str, Any]:
    """The boxes to write and choose in: as somebody left them, or empty."""
    conversation, glance = read.conversation, read.glance
    letter = pages.as_whom(conversation, request.organisation, request.member, read.engagement)
    opening = letter.opening if letter else ""
    wants_note = "note_form" in written or request.GET.get("schrijf") == "notitie"
    drafts = own_drafts(conversation, request.member) if glance.has_drafts else {}
    body = drafts[Draft.Kind.REPLY].text if Draft.Kind.REPLY in drafts else opening
    caret = letter.caret if letter and body == opening else len(body)
    picked = _picked(request, conversation)
    if picked:
        body = placed(body, caret, picked.text)
    answers = drafts[Draft.Kind.REPLY].answers if Draft.Kind.REPLY in drafts else ""
    initial = {"body": body, "seen": read.thread.spoken, "answers": answers + _as_typed(picked)}
    return {
        "as_whom": letter,
        "topic_items": _topic_items(conversation.topic_id or ""),
        "choices": pages.choices_of(conversation, request.member, is_followed=glance.is_followed),
        "drafts": drafts,
        "reply_form": ReplyForm(initial=initial, opening=opening),
        "note_form": NoteForm(auto_id="note_%s", initial=_noted(drafts)),
        "is_noting": wants_note or letter is None,
        **written,
    }


@lru_cache(maxsize=512)  # There are some hundred topics, which change with the program only.
def _topic_items(current: str) -> SafeString:
    return render_to_string("desk/_topic_items.html", {"topics": topics(), "current": current})


def _picked(request: MemberRequest, conversation: Conversation) -> Filled | None:
    """The answer that the address asks to put in the reply, for who works without script."""
    typed = f"{request.GET.get('antwoord', '')} {request.GET.get('taal', '')}"
    picked = picked_in(typed) if request.method == "GET" else []
    return filled_for(conversation, request.member, picked[0]) if picked else None


def _as_typed(picked: Filled | None) -> str:
    return f"{picked.id} {picked.language} " if picked else ""


def _noted(drafts: Mapping[str, OwnDraft]) -> dict[str, str]:
    return {"body": drafts[Draft.Kind.NOTE].text} if Draft.Kind.NOTE in drafts else {}


def _seen_by(request: HttpRequest) -> threads.Seen:
    """How far the asking screen goes."""
    asked = request.POST if request.method == "POST" else request.GET
    count = asked.get("seen_count", "")
    return threads.Seen(int(count) if count.isdecimal() and len(count) < 8 else 0, asked.get("seen_last", ""))


def draw_written(request: MemberRequest, conversation: Conversation, box: str = "") -> HttpResponse:
    """After something was done: what changed, with the box it was done in; or the page again."""
    if is_fragment(request):
        return draw_news(request, conversation, box=box)
    return to_conversation(request, conversation)


def to_conversation(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """Go to the page of the conversation."""
    url = reverse("desk:conversation", args=[request.organisation.slug, conversation.id])
    return HttpResponseRedirect(f"{url}?{list_query(request)}", status=SEE_OTHER)


def to_next(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """Go to the next conversation in the list one came from."""
    query = f"{list_query(request)}&na={conversation.id}".lstrip("&")
    return HttpResponseRedirect(f"{reverse('desk:next')}?{query}", status=SEE_OTHER)


def tell_sent(request: MemberRequest, message: Message) -> None:
    """Say on the next page that it is sent, with the way back while there is one."""
    text = f"Verstuurd aan {message.conversation.contact}."
    if message.delivery.state != Delivery.State.WAITING:
        messages.success(request, text)
        return
    url = reverse("desk:take_back", args=[request.organisation.slug, message.conversation_id, message.id])
    _tell(request, text, url=url, seconds=request.member.person.undo_seconds)


def tell_closed(request: MemberRequest, conversation: Conversation) -> None:
    """Say on the next page that it is closed, with the way back."""
    url = reverse("desk:reopen", args=[request.organisation.slug, conversation.id])
    text = f"Het gesprek met {conversation.contact} is gesloten."
    _tell(request, text, url=url, seconds=REOPEN_SECONDS)


def _tell(request: MemberRequest, text: str, *, url: str, seconds: int) -> None:
    context = {"text": text, "url": url, "seconds": seconds}
    messages.success(request, render_to_string("desk/_done.html", context, request))


def draw_doubt(request: MemberRequest, conversation: Conversation, reply: PendingReply) -> HttpResponse:
    """What to look at first in an answer that waits, as somebody changed it; pressing again sends it."""
    if not is_fragment(request):
        return draw_page(request, conversation, status=REFUSED, changed=reply)
    spoken = len(threads.spoken_since(conversation, 0))
    context = {
        "pending": pending_of(conversation, request, seen=spoken, changed=reply),
        "list_query": list_query(request),
        "oob": True,
    }
    return render(request, "desk/_pending.html", context, status=REFUSED)


def draw_refusal(request: MemberRequest, conversation: Conversation, why: str) -> HttpResponse:
    """Nothing was done, and this is why; whatever stands on the screen stays."""
    if is_fragment(request):
        context = {"text": why, "level": "error"}
        return reswap(render(request, "web/_toast.html", context, status=REFUSED), "none")
    messages.error(request, why)
    return draw_page(request, conversation, status=REFUSED, typed=request.POST.dict())


def first_error(form: Form) -> str:
    """The first thing to mend, in a sentence."""
    return next(str(error) for errors in form.errors.values() for error in errors)


def page_of(request: MemberRequest, conversation: Conversation) -> dict[str, Any]:
    """What every page of its own about one conversation shows around its form."""
    links = pages.links_of(request.organisation.slug, conversation.id, list_query(request))
    return {
        "conversation": conversation,
        "form_url": request.get_full_path(),
        "back_url": links.conversation,
        "came_from": request.GET,
    }
