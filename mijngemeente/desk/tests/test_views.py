"""Saved views: made in words, kept for oneself or for others, and still standing when something is gone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Label
from mijngemeente.conversations.rules.conditions import All, Either, Leaf, Not, condition_of
from mijngemeente.conversations.rules.fields import Operator
from mijngemeente.desk import actions
from mijngemeente.desk.errors import ViewGone
from mijngemeente.desk.models import SavedView
from mijngemeente.desk.rules import Audience, count_words
from mijngemeente.desk.rules.sketches import Group, Row, draft_in, draft_of, edited, json_in
from mijngemeente.organisations.models import Member
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for

DESK, VIEWS, NEW = "/werkplek/", "/werkplek/rijen/", "/werkplek/rijen/nieuw/"
OPEN = Leaf("status", Operator.IS, ("open",))
MINE = Leaf("assignee", Operator.IS, ("me",))


def signed_in(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def sanne(client, world):
    return signed_in(client, world.sanne)


def row(path, field, operator, *values, **more):
    return {f"{path}.field": field, f"{path}.operator": operator, f"{path}.value": list(values)} | {
        f"{path}.{name}": value for name, value in more.items()
    }


def posted(world, *rows, deed="save", by="sanne", audience="personal", **more):
    form = {"v.mode": "all", "deed": deed, "name": "Spoed", "icon": "star", "sorted_by": "newest"}
    form["audience"] = f"{audience}:{world.members[by].id}"
    for each in rows:
        form |= each
    return form | more


def kept(world, name="Mijn rij", *, by="sanne", audience=Audience.PERSONAL, condition=OPEN):
    member = Member.objects.select_related("organisation").get(id=world.members[by].id)
    with acting_for(member.organisation_id):
        outline = actions.Outline(name, "star", audience, "waiting", condition)
        return actions.make_view(by=member, outline=outline)


def all_views(world, organisation=None):
    with acting_for((organisation or world.duinrand).id):
        return list(SavedView.objects.all())


def shown(response):
    return [each.conversation.number for each in response.context["list"].rows]


def names_in_pane(response):
    return [link.name for group in response.context["queues"] if group.id == "views" for link in group.queues]


def test_a_view_is_made_in_words_and_opens_at_once(sanne, world):
    world.ask(world.duinrand, "een"), world.ask(world.duinrand, "De brug is stuk")
    response = sanne.post(
        NEW, posted(world, row("v.0", "status", "is", "open"), row("v.1", "text", "contains", "BRUG"))
    )
    assert response.status_code == 303
    opened = sanne.get(response["Location"])
    assert shown(opened) == [2]
    assert names_in_pane(opened) == ["Spoed"]
    assert "Status is open en wat er is geschreven bevat “BRUG”." in opened.content.decode()
    with acting_for(world.duinrand.id):
        assert AuditLine.objects.filter(verb="view.made").count() == 1


def test_without_script_rows_and_groups_come_and_go_by_plain_posts(sanne, world):
    first = row("v.0", "status", "is", "open")
    page = sanne.post(NEW, posted(world, first, deed="row:v"))
    assert len(page.context["group"].parts) == 2
    page = sanne.post(NEW, posted(world, first, deed="group:v"))
    assert page.context["group"].parts[1].group.parts[0].row.path == "v.1.0"
    page = sanne.post(NEW, posted(world, first, row("v.1", "number", "is", "3"), deed="drop:v.0"))
    assert [part.row.value for part in page.context["group"].parts] == ["3"]
    assert page.context["form"].initial["name"] == "Spoed"
    assert all_views(world) == []


def test_while_editing_it_says_how_many_match_and_shows_the_first(sanne, world):
    world.ask(world.duinrand, "een", name="Fatma Yilmaz"), world.ask(world.duinrand, "twee")
    page = sanne.get(NEW)
    assert page.context["matches"].count == "2"
    assert "Fatma Yilmaz" in page.content.decode()
    form = posted(world, row("v.0", "status", "is", "open"), row("v.1", "number", "is", "1"), deed="count")
    part = sanne.post(NEW, form, headers={"HX-Request": "true"}).content.decode()
    assert "1 gesprek" in part
    assert "conditions" not in part
    part = sanne.post(
        NEW, posted(world, row("v.0", "number", "is"), deed="look"), headers={"HX-Request": "true"}
    )
    assert "Vul in wat je zoekt bij nummer." in part.content.decode()


@pytest.mark.parametrize(
    ("rows", "more", "sentence"),
    [
        ([], {}, "Kies ten minste één voorwaarde."),
        ([row("v.0", "status", "is")], {}, "Vul in wat je zoekt bij status."),
        ([row("v.0", "created_at", "within_last", "veel", unit="h")], {}, "een aantal minuten, uren of dagen"),
        ([row("v.0", "status", "one_of", *map(str, range(800)))], {}, "Kies bij status hoogstens 100 waarden."),
        ([row("v.0", "status", "is", "open")], {"name": ""}, "Geef de rij een naam."),
        ([row("v.0", "status", "is", "open")], {"audience": "team:niemand"}, "audience"),
        ([row("v.0", "password", "is", "open")], {"name": ""}, "Geef de rij een naam."),
    ],
)  # fmt: skip
def test_what_is_not_right_is_said_and_nothing_is_lost(rows, more, sentence, sanne, world):
    page = sanne.post(NEW, posted(world, *rows, **more))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert all_views(world) == []


def test_twenty_levels_in_a_form_are_cut_off_without_an_error(sanne, world):
    deep = {f"v{'.0' * level}.mode": "all" for level in range(20)} | row(
        "v" + ".0" * 20, "status", "is", "open"
    )
    assert sanne.post(NEW, posted(world, deep, deed="look")).status_code == 200


def test_a_view_on_a_deleted_label_opens_and_says_so(sanne, world):
    asked = world.ask(world.duinrand, "een")
    with acting_for(world.duinrand.id):
        conversations.label(conversation=asked, name="Spoed", by=world.members["sanne"])
    view = kept(world, condition=Not(Leaf("label", Operator.IS, ("Spoed",))))
    with acting_for(world.duinrand.id):
        Label.objects.all().delete()
    for url in (f"{DESK}?rij={view.id}", f"{VIEWS}{view.id}/"):
        page = sanne.get(url)
        assert page.status_code == 200
        assert "Het label “Spoed” bestaat niet meer." in page.content.decode()
    assert shown(sanne.get(f"{DESK}?rij={view.id}")) == []


def test_a_view_that_no_program_can_read_opens_and_says_so(sanne, world):
    view = kept(world)
    with acting_for(world.duinrand.id):
        SavedView.objects.filter(id=view.id).update(condition={"field": "vroeger", "operator": "is"})
    assert "Op “vroeger” kun je niet zoeken." in sanne.get(f"{DESK}?rij={view.id}").content.decode()
    assert sanne.get(f"{VIEWS}{view.id}/").status_code == 200


def test_a_view_that_is_gone_says_so(sanne, world):
    page = sanne.get(f"{DESK}?rij=01990000-0000-7000-8000-000000000000")
    assert "Deze rij is er niet meer" in page.content.decode()
    assert sanne.get(f"{DESK}?rij=geen-rij").status_code == 200


@pytest.mark.parametrize(
    ("audience", "by", "seen_by"),
    [
        (Audience.PERSONAL, "sanne", {"sanne"}),
        (Audience.TEAM, "sanne", {"sanne", "bram", "lezer"}),
        (Audience.ORGANISATION, "sanne", {"sanne", "bram", "lezer"}),
        (Audience.TEAM, "vera", {"vera"}),
        (Audience.TEAM, "regio", {"regio"}),
    ],
)
def test_a_view_is_seen_by_whom_it_is_for(audience, by, seen_by, client, world):
    kept(world, audience=audience, by=by)
    for name in ("sanne", "bram", "lezer", "vera", "regio", "land"):
        assert bool(names_in_pane(signed_in(client, world.people[name]).get(DESK))) == (name in seen_by), name


def test_a_view_for_the_region_is_seen_by_everybody_who_covers(client, world):
    Member.objects.filter(id=world.members["vera"].id).update(roles=["manager"])
    kept(world, audience=Audience.REGION, by="vera")
    for name, sees in {"vera": True, "regio": True, "sanne": False, "land": False}.items():
        assert bool(names_in_pane(signed_in(client, world.people[name]).get(DESK))) is sees, name


def test_a_team_view_goes_over_what_the_team_answers(client, world):
    ours = world.ask(world.veenwijk, "voor de regio")
    world.ask(world.veenwijk, "van Veenwijk zelf")
    with acting_for(world.veenwijk.id):
        Conversation.objects.filter(id=ours.id).update(covered_by=world.region)
    view = kept(world, audience=Audience.TEAM, by="regio")
    assert shown(signed_in(client, world.regio).get(f"{DESK}?rij={view.id}")) == [ours.number]


def test_who_may_not_share_is_refused(client, world):
    with pytest.raises(actions.views.NotYours):
        kept(world, audience=Audience.TEAM, by="lezer")
    with pytest.raises(actions.views.NotYours):
        kept(world, audience=Audience.REGION, by="sanne")
    page = signed_in(client, world.lezer).get(NEW)
    assert [value.partition(":")[0] for value, _ in page.context["form"].fields["audience"].choices] == [
        "personal"
    ]


def test_a_colleagues_view_can_be_copied_but_not_changed(client, world):
    theirs = kept(world, audience=Audience.TEAM)
    lezer = signed_in(client, world.lezer)
    page = lezer.get(f"{VIEWS}{theirs.id}/")
    assert "Je kunt er een eigen kopie van maken" in page.content.decode()
    form = posted(world, row("v.0", "number", "is", "1"), by="lezer")
    assert lezer.post(f"{VIEWS}{theirs.id}/", form).status_code == 303
    for deed in ("plaats", "verwijdering"):
        lezer.post(f"{VIEWS}{theirs.id}/{deed}/")
    assert {(each.name, each.audience) for each in all_views(world)} == {
        ("Mijn rij", "team"),
        ("Spoed", "personal"),
    }


def test_a_view_is_renamed_ordered_and_removed(sanne, world):
    first, second = kept(world, "een"), kept(world, "twee")
    kept(world, "van Bram", by="bram")
    sanne.post(f"{VIEWS}{second.id}/plaats/", {"to": "up"})
    assert names_in_pane(sanne.get(DESK)) == ["twee", "een"]
    sanne.post(f"{VIEWS}{second.id}/plaats/", {"to": "up"})
    sanne.post(f"{VIEWS}{first.id}/", posted(world, row("v.0", "status", "is", "open"), name="uno"))
    assert names_in_pane(sanne.get(DESK)) == ["twee", "uno"]
    sanne.post(f"{VIEWS}{second.id}/verwijdering/")
    assert [each.view.name for each in sanne.get(VIEWS).context["views"]] == ["uno"]


def test_a_view_that_a_colleague_just_removed_is_neither_moved_nor_changed(world):
    gone, by = kept(world), world.members["sanne"]
    outline = actions.Outline("Anders", "star", Audience.PERSONAL, "waiting", OPEN)
    with acting_for(world.duinrand.id):
        actions.remove_view(view=SavedView.objects.get(id=gone.id), by=by)
        with pytest.raises(ViewGone, match="net weggehaald"):
            actions.move_view(view=gone, by=by, steps=1)
        with pytest.raises(ViewGone):
            actions.change_view(view=gone, by=by, outline=outline)
        actions.remove_view(view=gone, by=by)
        assert AuditLine.objects.filter(verb="view.removed").count() == 1


def test_somebody_elses_personal_view_does_not_exist(client, world):
    hers = kept(world)
    for name in ("bram", "vera"):
        client = signed_in(client, world.people[name])
        for url in (f"{VIEWS}{hers.id}/", f"{VIEWS}{hers.id}/plaats/", f"{VIEWS}{hers.id}/verwijdering/"):
            assert client.post(url).status_code == 404
    assert len(all_views(world)) == 1


def test_counts_of_views_come_after_the_page(sanne, world):
    world.ask(world.duinrand, "een")
    view = kept(world)
    pane = sanne.get(DESK).context["queues"][1]
    assert pane.queues[0].count is None
    counts = sanne.get(pane.counts_url).content.decode()
    assert f'id="count-{view.id}" hx-swap-oob="true">1<' in counts
    assert count_words(999) == "999"
    assert count_words(1000) == "999+"


def test_a_row_keeps_its_view_and_leaves_when_it_no_longer_fits(sanne, world):
    asked = world.ask(world.duinrand, "een")
    view = kept(world)
    url = reverse("desk:row", args=["duinrand", asked.id])
    assert not sanne.get(url, {"rij": str(view.id)}).context["row"].is_leaving
    assert f"rij={view.id}" in sanne.get(url, {"rij": str(view.id)}).context["row"].url
    with acting_for(world.duinrand.id):
        conversations.close(conversation=asked, by=world.members["sanne"], reason="answered")
    assert sanne.get(url, {"rij": str(view.id)}).context["row"].is_leaving


def test_late_and_nearly_late_stand_in_one_queue_and_what_is_calm_does_not(sanne, world):
    now = timezone.now()
    made = {name: world.ask(world.duinrand, name) for name in ("late", "near", "calm", "none", "done")}
    for name, amber in {"late": -120, "near": -10, "calm": 60, "done": -60}.items():
        with acting_for(world.duinrand.id):
            rows = Conversation.objects.filter(id=made[name].id)
            rows.update(amber_at=now + timedelta(minutes=amber), due_at=now + timedelta(minutes=amber + 60))
    with acting_for(world.duinrand.id):
        conversations.close(conversation=made["done"], by=world.members["sanne"], reason="answered")
        Conversation.objects.filter(id=made["done"].id).update(closed_at=now - timedelta(days=15))
    assert shown(sanne.get(DESK, {"rij": "telaat"})) == [made["late"].number, made["near"].number]
    assert shown(sanne.get(DESK, {"rij": "gesloten"})) == []


@pytest.mark.parametrize(
    "condition",
    [
        All((OPEN, MINE)),
        Either((OPEN, All((MINE, OPEN)))),
        Not(Either((OPEN, MINE))),
        All((Leaf("created_at", Operator.WITHIN_LAST, ("30m",)),)),
        Either((Leaf("status", Operator.ONE_OF, ("open", "closed")), Leaf("due_at", Operator.NEAR))),
    ],
)
def test_a_draft_stands_for_its_condition(condition):
    assert condition_of(json_in(draft_of(condition))) == condition


def test_a_draft_is_read_from_whatever_was_posted():
    odd = {
        "v.x": [""],
        "v.99999.field": ["a"],
        "v.0.field": ["nope"],
        "v.1.mode": ["odd"],
        "v.0.value": ["", "a", "b"],
    }
    assert draft_in(odd) == Group(parts=(Row("status", Operator.IS, ("a",)), Group()))
    for deed in ("", "row", "drop:v", "drop:v.9.9", "row:v.0", "group:v.x", "drop:v.0.0", "weg:met"):
        assert edited(draft_in(odd), deed)
