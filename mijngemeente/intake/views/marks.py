"""The mark a form carries instead of a cookie: who made it and when, and so its one-time key."""

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mijngemeente.channels.web.wire import Submission, body_of
from mijngemeente.organisations.requests import ResidentRequest
from mijngemeente.platform.ids import made_at, uuid7
from mijngemeente.platform.seals import make_token, read_token

from ..rules import Obstacle

#: Name of the field that carries the mark.
FIELD = "formulier"
#: Name of the field that people do not see.
TRAP = "homepage"

WORDS = {
    Obstacle.TRAP: _(
        "Een vak dat niet zichtbaar is, was ingevuld. Dat doen anders alleen robots. Het vak is nu leeg:"
        " verstuur het bericht nog een keer."
    ),
    Obstacle.TOO_FAST: _("Dat ging wel heel snel. Kijk het bericht even na en verstuur het nog een keer."),
    Obstacle.STALE: _("Dit formulier stond lang open. Het bericht staat er nog: verstuur het nog een keer."),
    Obstacle.TOO_MANY: _(
        "Er kwamen kort na elkaar heel veel berichten. Het bericht staat er nog: verstuur het over"
        " tien minuten, of bel ons."
    ),
}


@dataclass(frozen=True)
class FormMark:
    """Of one form that we gave out."""

    id: UUID
    token: str

    @property
    def age_seconds(self) -> float:
        """How long ago it was given out."""
        return (timezone.now() - made_at(self.id)).total_seconds()


def new_mark(purpose: str) -> FormMark:
    """For a form that is shown now."""
    key = uuid7()
    return FormMark(key, make_token(purpose, key))


def posted_mark(request: ResidentRequest, purpose: str) -> FormMark | None:
    """The mark of the form that was sent; None if we did not make it for this purpose."""
    token = request.POST.get(FIELD, "")
    key = read_token(purpose, token)
    return FormMark(key, token) if key else None


def with_key(submission: Submission, mark: FormMark) -> Submission:
    """The same form with the same words is the same message; changed after "back" it is another."""
    content = hashlib.sha256(body_of(submission)).hexdigest()
    return replace(submission, key=uuid5(mark.id, content))
