"""The head of a conversation: what stands in front, and what somebody types in it survives."""

HTMX = {"HX-Request": "true"}


def test_news_leaves_a_half_typed_reason_alone(client, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    client.force_login(world.sanne)
    url = f"/duinrand/werkplek/gesprekken/{asked.id}/"
    page = client.get(url).content.decode()
    assert 'id="close-why"' in page
    news = client.post(f"{url}status/", {"status": "waiting_resident"}, headers=HTMX).content.decode()
    assert 'id="act-closure"' in news
    assert "close-why" not in news
    assert 'name="read_to" form="menu-close"' in news


def test_looking_for_an_answer_is_work_at_the_desk(client, world):
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    client.force_login(world.sanne)
    page = client.get(f"/duinrand/werkplek/gesprekken/{asked.id}/antwoorden/").content.decode()
    assert 'href="/werkplek/" aria-current="page"' in page
    assert 'href="/duinrand/antwoorden/" aria-current' not in page
