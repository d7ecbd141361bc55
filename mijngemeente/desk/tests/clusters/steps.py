"""What residents write and agents press around an event that many write about."""

from collections.abc import Callable
from uuid import uuid4

from mijngemeente.clusters import actions as clusters
from mijngemeente.clusters.models import Cluster
from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.tenancy import acting_for
from tests.world import World

EVENTS = "/werkplek/gebeurtenissen/"
#: What neighbours write when a main bursts, each in their own words.
BURST = (
    "Er staat rioolwater op straat bij de put, de hele stoep ligt vol",
    "Rioolwater komt omhoog uit de put, en het stinkt",
    "De put voor ons huis loopt over met rioolwater op straat",
    "Hier ook rioolwater op straat, uit de put. Komt er iemand?",
)


def burst(world: World, organisation: Organisation, *, number: int = 3, start: int = 0) -> list[Conversation]:
    return [
        world.ask(
            organisation,
            f"{BURST[each % 4]} ({each})",
            name=f"Buur {each}",
            email=f"buur{organisation.id}-{each}@voorbeeld.example",
        )
        for each in range(start, start + number)
    ]


def only(organisation: Organisation) -> Cluster:
    with acting_for(organisation.id):
        return Cluster.objects.select_related("decided_by").get(organisation=organisation)


def state_of(conversation: Conversation) -> Conversation:
    with acting_for(conversation.organisation_id):
        return Conversation.objects.get(id=conversation.id)


def answers_to(conversation: Conversation) -> list[str]:
    with acting_for(conversation.organisation_id):
        rows = Message.objects.filter(conversation=conversation, direction="out", is_automatic=False)
        return list(rows.order_by("id").values_list("text", flat=True))


def change(conversation: Conversation, **fields: object) -> None:
    with acting_for(conversation.organisation_id):
        Conversation.objects.filter(id=conversation.id).update(**fields)


def confirm(world: World, organisation: Organisation, who: str) -> Cluster:
    cluster = only(organisation)
    with acting_for(organisation.id):
        clusters.confirm(cluster=cluster, by=world.members[who], name="Gesprongen leiding")
    return only(organisation)


def url(cluster: Cluster, part: str = "") -> str:
    return f"{EVENTS}{cluster.event}/{part}"


def lay_ready(client, cluster: Cluster, body: str = "We werken eraan.", purpose: str = "news"):
    response = client.post(url(cluster, "antwoord/"), {"body": body, "purpose": purpose, "key": uuid4()})
    assert response.status_code == 303, response.content.decode()
    return response["Location"]


def answer(client, cluster: Cluster, run_jobs: Callable[[], int], **written: str):
    preview = lay_ready(client, cluster, **written)
    assert client.post(preview).status_code == 303
    run_jobs()
    return client.get(url(cluster)).context["report"]
