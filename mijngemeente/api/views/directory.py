"""Whom and what one can choose from, for other systems."""

from rest_framework.response import Response

from mijngemeente.conversations.models import Label
from mijngemeente.organisations.queries import members_answering_for
from mijngemeente.organisations.rules import Right
from mijngemeente.reference.models import Topic

from ..describe import described
from ..door import ApiRequest, endpoint
from ..shapes import LabelShape, PersonShape, TopicShape

TAG = "keuzelijsten"


@described(
    "GET", "onderwerpen", "De landelijke lijst van onderwerpen", tag=TAG, answers={200: TopicShape(many=True)}
)
@endpoint(GET=Right.READ)
def topics(request: ApiRequest) -> Response:
    """All topics."""
    return Response(TopicShape(Topic.objects.all(), many=True).data)


@described("GET", "labels", "De labels van deze organisatie", tag=TAG, answers={200: LabelShape(many=True)})
@endpoint(GET=Right.READ)
def labels(request: ApiRequest) -> Response:
    """All labels."""
    return Response(LabelShape(Label.objects.filter(organisation=request.organisation), many=True).data)


@described(
    "GET",
    "medewerkers",
    "Wie voor deze organisatie mogen antwoorden",
    tag=TAG,
    answers={200: PersonShape(many=True)},
)
@endpoint(GET=Right.READ)
def members(request: ApiRequest) -> Response:
    """Everybody a conversation can be given to."""
    return Response(PersonShape(members_answering_for(request.organisation.id), many=True).data)
