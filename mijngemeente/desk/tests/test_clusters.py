"""Many about one thing: proposed, judged by a person, answered once, each in the own municipality's voice."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from mijngemeente.cli.tests.commands import ROOT
from mijngemeente.clusters import actions as clusters
from mijngemeente.clusters.errors import DecidedAlready
from mijngemeente.clusters.jobs import gather, sweep_traces
from mijngemeente.clusters.models import Belonging, Cluster, Trace
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.desk import actions
from mijngemeente.desk.jobs import answer_all, sweep_drafts
from mijngemeente.desk.models import ClusterAnswer, ClusterReply
from mijngemeente.desk.queries.choices import workplace_of
from mijngemeente.desk.queries.clusters import events_in
from mijngemeente.desk.rules.clusters import Purpose, Reason, Standing, reason_to_skip
from mijngemeente.organisations.models import EngagementRules, Organisation, Person, ServiceAgreement
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.platform.tenancy import acting_for, covering
from tests.database import address_of
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


@pytest.fixture
def sanne(client, world):
    client.force_login(world.sanne)
    return client


@pytest.fixture
def four(world) -> list[Conversation]:
    """Of one burst main, proposed."""
    asked = burst(world, world.duinrand, number=4)
    gather(0)
    return asked


@pytest.fixture
def confirmed(world, four) -> Cluster:
    return confirm(world, world.duinrand, "sanne")


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


def test_what_residents_write_about_one_event_is_proposed_above_the_list(sanne, four):
    banner = sanne.get(f"{EVENTS}balk/").content.decode()
    assert "4 meldingen over" in banner
    page = sanne.get(EVENTS).content.decode()
    assert "rioolwater" in page
    assert "Klopt dit?" in page


def test_three_who_write_about_three_things_are_no_event(world, sanne):
    for text in ("Waar is mijn paspoort", "De lantaarn is kapot", "Wanneer komt de markt weer"):
        world.ask(world.duinrand, text, email=f"{uuid4()}@voorbeeld.example")
    gather(0)
    assert sanne.get(f"{EVENTS}balk/").content.strip() == b""


def test_what_is_said_of_one_village_is_not_about_one_thing_for_that(world, four):
    for each in four:
        change(each, place="Berkel-Enschot")
    stranger = world.ask(
        world.duinrand, "De stoeptegels in Berkel-Enschot liggen los", email="x@voorbeeld.example"
    )
    change(stranger, place="Berkel-Enschot")
    gather(0)
    with acting_for(world.duinrand.id):
        assert not Belonging.objects.filter(conversation=stranger).exists()


def test_one_resident_who_writes_three_times_is_no_event(world, sanne):
    for text in BURST[:3]:
        world.ask(world.duinrand, text)
    gather(0)
    assert sanne.get(f"{EVENTS}balk/").content.strip() == b""


def test_nobody_in_distress_and_nothing_formal_is_gathered(world, four):
    distressed, formal = burst(world, world.duinrand, number=2, start=10)
    change(distressed, alarm="distress")
    change(formal, formal_kind="objection")
    gather(0)
    with acting_for(world.duinrand.id):
        assert not Belonging.objects.filter(conversation__in=[distressed.id, formal.id]).exists()


def test_what_is_usual_is_no_event(world, sanne):
    """Every day some write the same: then three more are no news."""
    for each in burst(world, world.duinrand, number=60):
        change(each, created_at=timezone.now() - timedelta(hours=3))
    gather(0)
    with acting_for(world.duinrand.id):
        Cluster.objects.all().delete()
        Trace.objects.update(at=timezone.now() - timedelta(days=5))
    burst(world, world.duinrand, number=3, start=100)
    gather(0)
    assert sanne.get(f"{EVENTS}balk/").content.strip() == b""


def test_a_message_of_before_is_looked_at_once(world, four):
    gather(0)
    with acting_for(world.duinrand.id):
        assert (Trace.objects.count(), Belonging.objects.count(), Cluster.objects.count()) == (4, 4, 1)


def test_a_person_leaves_one_out_names_it_and_confirms(sanne, world, four):
    cluster = only(world.duinrand)
    page = sanne.get(url(cluster)).content.decode()
    assert "Ja, dit hoort bij elkaar" in page
    shown, picked = [each.id for each in four], [each.id for each in four[1:]]
    said = {"verb": "confirm", "name": "Leiding in de Dorpsstraat", "shown": shown, "picked": picked}
    assert sanne.post(url(cluster, "besluit/"), said).status_code == 303
    cluster = only(world.duinrand)
    assert (cluster.state, cluster.name) == ("confirmed", "Leiding in de Dorpsstraat")
    slug = world.duinrand.slug
    inside = sanne.get(f"/{slug}/werkplek/gesprekken/{four[1].id}/").content.decode()
    assert "Hoort bij “Leiding in de Dorpsstraat”" in inside
    outside = sanne.get(f"/{slug}/werkplek/gesprekken/{four[0].id}/").content.decode()
    assert "Leiding in de Dorpsstraat" not in outside


def test_what_joined_unseen_is_not_left_out_by_who_confirms(sanne, world, four):
    cluster = only(world.duinrand)
    burst(world, world.duinrand, number=1, start=20)
    gather(0)
    ids = [each.id for each in four]
    sanne.post(url(cluster, "besluit/"), {"verb": "confirm", "name": "x", "shown": ids, "picked": ids})
    with acting_for(world.duinrand.id):
        assert Belonging.objects.filter(state="in").count() == 5


def test_what_does_not_belong_together_is_not_proposed_again(sanne, world, four):
    cluster = only(world.duinrand)
    assert sanne.post(url(cluster, "besluit/"), {"verb": "refuse"})["Location"] == EVENTS
    burst(world, world.duinrand, number=4, start=30)
    gather(0)
    assert sanne.get(f"{EVENTS}balk/").content.strip() == b""
    assert only(world.duinrand).state == "refused"


def test_a_new_arrival_joins_and_can_be_taken_out_and_put_back(sanne, world, confirmed):
    later = burst(world, world.duinrand, number=1, start=40)[0]
    gather(0)
    page = sanne.get(url(confirmed)).content.decode()
    assert "Later gekomen" in page
    for verb, state in (("leave_out", "out"), ("bring_back", "in")):
        sanne.post(url(confirmed, "besluit/"), {"verb": verb, "picked": [later.id]})
        with acting_for(world.duinrand.id):
            assert Belonging.objects.get(conversation=later).state == state
    timeline = sanne.get(f"/duinrand/werkplek/gesprekken/{later.id}/").content.decode()
    assert "zei dat dit niet hoort bij “Gesprongen leiding”" in timeline


def test_all_get_one_answer_each_in_a_letter_of_their_own(sanne, world, four, confirmed, run_jobs):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.update_or_create(
            organisation=world.duinrand,
            defaults={
                "form_of_address": "je",
                "salutation": "Hoi {voornaam},",
                "signature": "Groet, {medewerker}",
            },
        )
    preview = lay_ready(sanne, confirmed, body="{U hebt|Je hebt} gelijk: de leiding is stuk.")
    shown = sanne.get(preview).content.decode()
    assert "4 inwoners krijgen" in shown
    assert "Hoi Buur" in shown
    assert "Je hebt gelijk: de leiding is stuk." in shown
    assert [answers_to(each) for each in four] == [[]] * 4
    sanne.post(preview)
    run_jobs()
    for each in four:
        (text,) = answers_to(each)
        assert text.startswith("Hoi Buur")
        assert text.endswith("Groet, Sanne")
        assert state_of(each).status == "waiting_resident"
    assert sanne.get(url(confirmed)).context["report"].text == "4 inwoners hebben het antwoord."


def test_pressed_twice_is_one_answer(sanne, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    for _ in range(2):
        sanne.post(preview)
    run_jobs()
    assert [len(answers_to(each)) for each in four] == [1] * 4


def test_whoever_wrote_meanwhile_is_listed_and_not_answered(sanne, world, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    with acting_for(world.duinrand.id):
        conversations.send_reply(conversation=four[0], by=world.members["bram"], text="Ik kom", key=uuid4())
    sanne.post(preview)
    run_jobs()
    report = sanne.get(url(confirmed)).context["report"]
    assert answers_to(four[0]) == ["Ik kom"]
    assert "schreef intussen" in report.skipped[0].why
    assert report.skipped[0].needs_person
    assert [len(answers_to(each)) for each in four[1:]] == [1] * 3


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"alarm": "distress"}, "in nood"),
        ({"alarm": "danger"}, "gevaar"),
        ({"formal_kind": "objection"}, "formeel"),
        ({"kind": "formal"}, "formeel"),
        ({"language": "pl"}, "andere taal"),
        ({"status": "closed"}, "gesloten"),
    ],
)
def test_who_needs_a_person_is_skipped_with_the_reason(sanne, four, confirmed, run_jobs, fields, why):
    change(four[0], **fields)
    report = answer(sanne, confirmed, run_jobs)
    assert answers_to(four[0]) == []
    assert why in report.skipped[0].why


def test_a_sign_of_distress_after_the_preview_still_stops_the_answer(sanne, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    change(four[0], alarm="distress")
    sanne.post(preview)
    run_jobs()
    assert answers_to(four[0]) == []


def test_whoever_was_taken_out_after_the_preview_is_not_answered(sanne, world, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    sanne.post(url(confirmed, "besluit/"), {"verb": "leave_out", "picked": [four[0].id]})
    sanne.post(preview)
    run_jobs()
    assert answers_to(four[0]) == []


def test_a_blank_that_nothing_fills_holds_the_answer(sanne, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed, body="Bel {wijkteam} vandaag.")
    assert "nog niet ingevuld" in sanne.get(preview).content.decode()
    assert sanne.post(preview).status_code == 422
    run_jobs()
    assert answers_to(four[0]) == []


def test_the_text_can_be_changed_before_it_leaves(sanne, confirmed):
    preview = lay_ready(sanne, confirmed, body="Eerste versie")
    back = sanne.get(preview).context["back_url"]
    assert "Eerste versie" in sanne.get(back).content.decode()


def test_an_empty_answer_is_refused_in_a_sentence(sanne, confirmed):
    response = sanne.post(url(confirmed, "antwoord/"), {"body": " ", "purpose": "news", "key": uuid4()})
    assert response.status_code == 422
    assert "Er staat nog geen tekst." in response.content.decode()


def test_nothing_is_answered_before_a_person_confirmed(sanne, world, four):
    assert sanne.get(url(only(world.duinrand), "antwoord/")).status_code == 404


def test_who_came_later_gets_the_same_answer(sanne, world, confirmed, run_jobs):
    answer(sanne, confirmed, run_jobs, body="We werken eraan.")
    later, last = burst(world, world.duinrand, number=2, start=50)
    gather(0)
    page = sanne.get(url(confirmed)).content.decode()
    assert "Geef 2 inwoners hetzelfde antwoord" in page
    of_one = f"/duinrand/werkplek/gesprekken/{later.id}/"
    assert "Stuur hetzelfde antwoord" in sanne.get(of_one).content.decode()
    sanne.post(f"{of_one}zelfde-antwoord/")
    assert "We werken eraan." in answers_to(later)[0]
    preview = sanne.post(url(confirmed, "zelfde-antwoord/"))["Location"]
    sanne.post(preview)
    run_jobs()
    assert [len(answers_to(each)) for each in (later, last)] == [1, 1]


def test_one_key_is_refused_for_who_asked_on(sanne, world, four, confirmed, run_jobs):
    answer(sanne, confirmed, run_jobs)
    change(four[0], waiting_since=timezone.now())
    response = sanne.post(f"/duinrand/werkplek/gesprekken/{four[0].id}/zelfde-antwoord/")
    assert "Antwoord zelf" in response.content.decode()
    assert len(answers_to(four[0])) == 1


def test_what_did_not_leave_yet_is_taken_back_for_all(sanne, world, four, confirmed, run_jobs):
    Person.objects.filter(id=world.sanne.id).update(undo_seconds=20)
    preview = lay_ready(sanne, confirmed)
    sanne.post(preview)
    run_jobs()
    assert sanne.get(url(confirmed)).context["report"].may_undo
    sanne.post(f"{preview}terug/")
    assert [answers_to(each) for each in four] == [[]] * 4
    assert [state_of(each).status for each in four] == ["open"] * 4
    assert sanne.get(url(confirmed)).context["report"].text == "Teruggenomen bij 4."


def test_what_has_left_is_not_taken_back(sanne, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    sanne.post(preview)
    run_jobs()
    sanne.post(f"{preview}terug/")
    assert [len(answers_to(each)) for each in four] == [1] * 4


def test_when_it_is_over_all_hear_that_and_their_conversations_close(sanne, world, four, confirmed, run_jobs):
    answer(sanne, confirmed, run_jobs)
    with acting_for(world.duinrand.id):
        conversations.close(conversation=four[0], by=world.members["sanne"], reason="answered")
    answer(sanne, confirmed, run_jobs, body="De leiding is weer heel.", purpose="closing")
    for each in four:
        assert "De leiding is weer heel." in answers_to(each)[1]
        assert state_of(each).status == "closed"
    assert only(world.duinrand).state == "over"


def test_late_reports_join_what_is_just_over_and_no_later(sanne, world, confirmed, run_jobs):
    answer(sanne, confirmed, run_jobs, purpose="closing")
    burst(world, world.duinrand, number=1, start=60)
    gather(0)
    with acting_for(world.duinrand.id):
        assert Belonging.objects.count() == 5
        Cluster.objects.update(ended_at=timezone.now() - timedelta(days=1))
    burst(world, world.duinrand, number=1, start=61)
    gather(0)
    with acting_for(world.duinrand.id):
        assert Belonging.objects.count() == 5


def test_an_event_ends_without_a_word_too(sanne, world, confirmed):
    sanne.post(url(confirmed, "besluit/"), {"verb": "end"})
    assert only(world.duinrand).state == "over"


def test_it_gets_another_name_and_never_an_empty_one(sanne, world, confirmed):
    sanne.post(url(confirmed, "besluit/"), {"verb": "rename", "name": "Riool Dorpsstraat"})
    assert only(world.duinrand).name == "Riool Dorpsstraat"
    response = sanne.post(url(confirmed, "besluit/"), {"verb": "rename", "name": ""})
    assert (response.status_code, "Geef de gebeurtenis een naam." in response.content.decode()) == (422, True)


@pytest.mark.parametrize("said", [{}, {"verb": "weg"}, {"verb": "rename", "name": "x" * 121}])
def test_a_broken_form_changes_nothing(sanne, world, four, said):
    assert sanne.post(url(only(world.duinrand), "besluit/"), said).status_code == 422
    assert only(world.duinrand).state == "proposed"


def test_a_reader_sees_it_and_judges_nothing(client, world, four):
    client.force_login(world.lezer)
    cluster = only(world.duinrand)
    page = client.get(url(cluster)).content.decode()
    assert "Ja, dit hoort bij elkaar" not in page
    assert client.post(url(cluster, "besluit/"), {"verb": "confirm"}).status_code == 404
    assert client.post(url(cluster, "antwoord/"), {"body": "x"}).status_code == 404


def test_another_municipality_sees_nothing_of_it(client, world, four, confirmed, run_jobs):
    client.force_login(world.sanne)
    preview = lay_ready(client, confirmed)
    client.force_login(world.vera)
    assert client.get(EVENTS).content.decode().count("rioolwater") == 0
    for address in (url(confirmed), preview, f"{preview}stand/", url(confirmed, "antwoord/")):
        assert client.get(address).status_code == 404
    for address in (url(confirmed, "besluit/"), url(confirmed, "zelfde-antwoord/"), f"{preview}terug/"):
        assert client.post(address, {"verb": "end"}).status_code == 404


def test_a_colleague_does_not_send_what_another_laid_ready(client, world, confirmed):
    client.force_login(world.sanne)
    preview = lay_ready(client, confirmed)
    client.force_login(world.bram)
    assert client.post(preview).status_code == 404


# Over more municipalities: only for who covers them.


@pytest.fixture
def region(world):
    """The region answers for Duinrand too, where one resident writes, and three do in Veenwijk."""
    ServiceAgreement.objects.create(
        provider=world.region, client=world.duinrand, starts_on=timezone.localdate()
    )
    topic = _topic()
    asked = [*burst(world, world.veenwijk), *burst(world, world.duinrand, number=1)]
    for each in asked:
        change(each, topic=topic)
    gather(0)
    return asked


def _topic():
    from mijngemeente.reference.models import Topic

    return Topic.objects.order_by("slug").first()


def events_of(person: Person, *states: str):
    workplace = workplace_of(coverage_of(person))
    with covering(workplace.ids):
        return events_in(workplace, *states)


def test_who_covers_both_sees_one_event_and_each_municipality_only_its_own(world, region):
    (seen,) = events_of(world.regio, "proposed")
    assert seen.sentence.startswith("4 meldingen")
    assert sorted(seen.places) == ["Duinrand", "Veenwijk"]
    (own,) = events_of(world.vera, "proposed")
    assert own.places == ["Veenwijk"]
    assert events_of(world.sanne, "proposed") == []


def test_one_message_of_an_event_elsewhere_tells_its_own_municipality_nothing(client, world, region):
    client.force_login(world.sanne)
    assert client.get(url(only(world.duinrand))).status_code == 404


def test_each_municipality_answers_in_its_own_voice(client, world, region, run_jobs):
    for organisation, form in ((world.duinrand, "je"), (world.veenwijk, "u")):
        with acting_for(organisation.id):
            EngagementRules.objects.update_or_create(
                organisation=organisation,
                defaults={
                    "form_of_address": form,
                    "signature": "Team {organisatie}",
                    "salutation": "Dag,",
                },
            )
    client.force_login(world.regio)
    cluster = only(world.veenwijk)
    ids = [each.id for each in region]
    client.post(url(cluster, "besluit/"), {"verb": "confirm", "name": "Riool", "shown": ids, "picked": ids})
    assert {only(each).state for each in (world.duinrand, world.veenwijk)} == {"confirmed"}
    answer(client, cluster, run_jobs, body="{U krijgt|Je krijgt} hulp.")
    assert answers_to(region[-1]) == ["Dag,\n\nJe krijgt hulp.\n\nTeam gemeente Duinrand"]
    assert answers_to(region[0]) == ["Dag,\n\nU krijgt hulp.\n\nTeam gemeente Veenwijk"]


def test_two_events_of_neighbours_become_one_while_nobody_judged_them(world):
    asked = burst(world, world.veenwijk), burst(world, world.duinrand)
    for each in (*asked[0], *asked[1]):
        change(each, topic=_topic())
    ServiceAgreement.objects.create(
        provider=world.region, client=world.duinrand, starts_on=timezone.localdate()
    )
    gather(0)
    gather(0)
    assert only(world.veenwijk).event == only(world.duinrand).event


def test_without_a_provider_for_both_nothing_is_put_together(world):
    asked = [*burst(world, world.veenwijk), *burst(world, world.duinrand)]
    for each in asked:
        change(each, topic=_topic())
    gather(0)
    assert only(world.veenwijk).event != only(world.duinrand).event


# What dies halfway, and who comes at once.


def test_a_worker_that_dies_between_two_rounds_answers_nobody_twice_and_passes_nobody_over(
    sanne, world, confirmed, four
):
    preview = lay_ready(sanne, confirmed)
    sanne.post(preview)
    with acting_for(world.duinrand.id):
        sending = ClusterAnswer.objects.select_related("by__person", "cluster").get()
        assert actions.answer_some(sending, most=2)
    # The job begins anew, as the queue gives it to another worker.
    for _ in range(2):
        answer_all(organisation_id=world.duinrand.id, id=str(sending.id))
    assert [len(answers_to(each)) for each in four] == [1] * 4


WORK = """
import sys, django
django.setup()
from mijngemeente.desk.jobs import answer_all
answer_all(organisation_id=int(sys.argv[1]), id=sys.argv[2])
"""


@pytest.mark.slow
@pytest.mark.parametrize("gap", ["cluster.answered", "send_reply.written:28"])
def test_a_worker_that_is_killed_answers_nobody_twice_and_passes_nobody_over(
    committed_world, own_database, gap
):
    world = committed_world
    asked = burst(world, world.duinrand, number=30)
    gather(0)
    cluster = confirm(world, world.duinrand, "sanne")
    with acting_for(world.duinrand.id):
        made = actions.prepare_answer(
            cluster=cluster, batch=uuid4(), by=world.members["sanne"], text="Ja", purpose=Purpose.NEWS
        )
        actions.begin_sending(answer=made, by=world.members["sanne"])
    killed = subprocess.run(
        [sys.executable, "-c", WORK, str(world.duinrand.id), str(made.id)],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": address_of(own_database),
            "DJANGO_SETTINGS_MODULE": "mijngemeente.settings",
            "MIJNGEMEENTE_FAILPOINT": gap,
        },
        check=False,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL
    assert sum(len(answers_to(each)) for each in asked) == 25
    answer_all(organisation_id=world.duinrand.id, id=str(made.id))
    assert [len(answers_to(each)) for each in asked] == [1] * len(asked)


def test_a_round_that_fails_leaves_no_half_answer(sanne, world, confirmed, four):
    sanne.post(lay_ready(sanne, confirmed))
    with suppress(ZeroDivisionError), acting_for(world.duinrand.id):
        sending = ClusterAnswer.objects.select_related("by__person", "cluster").get()
        actions.answer_some(sending, most=2)
        raise ZeroDivisionError
    assert [answers_to(each) for each in four] == [[]] * 4
    answer_all(organisation_id=world.duinrand.id, id=str(sending.id))
    assert [len(answers_to(each)) for each in four] == [1] * 4


def test_a_new_arrival_while_all_are_answered_joins_and_is_asked_about(sanne, world, confirmed, run_jobs):
    sanne.post(lay_ready(sanne, confirmed))
    late = burst(world, world.duinrand, number=1, start=70)[0]
    gather(0)
    run_jobs()
    assert answers_to(late) == []
    assert "Geef 1 inwoner hetzelfde antwoord" in sanne.get(url(confirmed)).content.decode()


def at_once(*deeds: Callable[[], object]) -> None:
    def run(deed: Callable[[], object]) -> None:
        try:
            with suppress(DecidedAlready):
                deed()
        finally:
            connection.close()

    threads = [Thread(target=run, args=[each]) for each in deeds]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)


def test_of_two_who_judge_at_once_one_decides(committed_world):
    world = committed_world
    asked = burst(world, world.duinrand)
    gather(0)
    cluster = only(world.duinrand)

    def judged(verb: Callable[..., None], who: str) -> Callable[[], None]:
        def judge() -> None:
            with acting_for(world.duinrand.id):
                verb(cluster=cluster, by=world.members[who])

        return judge

    at_once(judged(clusters.confirm, "sanne"), judged(clusters.refuse, "bram"))
    decided = only(world.duinrand)
    who = {"confirmed": "sanne", "refused": "bram"}[decided.state]
    assert decided.decided_by == world.members[who]
    with acting_for(world.duinrand.id):
        inside = Belonging.objects.filter(state="in").count()
    assert inside == (len(asked) if decided.state == "confirmed" else 0)


def test_two_workers_that_gather_and_answer_at_once_do_it_once(committed_world):
    world = committed_world
    asked = burst(world, world.duinrand, number=8)
    at_once(lambda: gather(0), lambda: gather(0))
    cluster = confirm(world, world.duinrand, "sanne")
    with acting_for(world.duinrand.id):
        assert Belonging.objects.count() == len(asked)
        made = actions.prepare_answer(
            cluster=cluster, batch=uuid4(), by=world.members["sanne"], text="Ja", purpose=Purpose.NEWS
        )
        actions.begin_sending(answer=made, by=world.members["sanne"])

    def send() -> None:
        answer_all(organisation_id=world.duinrand.id, id=str(made.id))

    at_once(send, send)
    send()
    assert [len(answers_to(each)) for each in asked] == [1] * len(asked)


def test_two_answers_to_all_at_once_reach_nobody_twice(sanne, world, four, confirmed, run_jobs):
    first, second = lay_ready(sanne, confirmed, body="Een"), lay_ready(sanne, confirmed, body="Twee")
    sanne.post(first)
    sanne.post(second)
    run_jobs()
    assert [len(answers_to(each)) for each in four] == [1] * 4


def test_what_is_no_longer_needed_is_forgotten(sanne, world, four, confirmed):
    lay_ready(sanne, confirmed)
    with acting_for(world.duinrand.id):
        Trace.objects.update(at=timezone.now() - timedelta(days=29))
        ClusterAnswer.objects.update(at=timezone.now() - timedelta(days=2))
    sweep_traces(0)
    sweep_drafts(0)
    with acting_for(world.duinrand.id):
        assert (Trace.objects.count(), ClusterReply.objects.count(), Belonging.objects.count()) == (0, 0, 4)


def standing(**known: object) -> Standing:
    calm = {
        "is_closed": False,
        "is_merged": False,
        "is_formal": False,
        "alarm": "",
        "language": "nl",
        "has_answer": False,
        "is_waiting": True,
        "had_news": False,
    }
    return Standing(**(calm | known))


@pytest.mark.parametrize(
    ("known", "news", "closing"),
    [
        ({}, None, None),
        ({"is_merged": True}, Reason.MERGED, Reason.MERGED),
        ({"alarm": "distress"}, Reason.DISTRESS, Reason.DISTRESS),
        ({"alarm": "danger"}, Reason.DANGER, Reason.DANGER),
        ({"alarm": "danger", "has_answer": True, "is_waiting": False}, Reason.ANSWERED, None),
        ({"is_formal": True}, Reason.FORMAL, Reason.FORMAL),
        ({"language": "fy"}, None, None),
        ({"language": "ar"}, Reason.LANGUAGE, Reason.LANGUAGE),
        ({"has_answer": True, "is_waiting": False}, Reason.ANSWERED, None),
        ({"has_answer": True}, Reason.ASKS_ON, Reason.ASKS_ON),
        ({"is_closed": True}, Reason.CLOSED, Reason.CLOSED),
        (
            {"is_closed": True, "had_news": True, "has_answer": True, "is_waiting": False},
            Reason.CLOSED,
            None,
        ),
    ],
)
def test_who_gets_the_answer_of_all(known, news, closing):
    assert reason_to_skip(standing(**known), Purpose.NEWS) == news
    assert reason_to_skip(standing(**known), Purpose.CLOSING) == closing
