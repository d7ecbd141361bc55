"""What htmx asks for has the address of a whole page, and must not be shown in its place."""

HTMX = {"HX-Request": "true"}


def test_a_browser_keeps_no_part_of_a_page(client, world):
    client.force_login(world.sanne)
    for address in ("/werkplek/zoeken/?zoek=markt", "/werkplek/nieuws/"):
        part = client.get(address, headers=HTMX)
        assert part["Cache-Control"] == "private, no-store"
        assert "HX-Request" in part["Vary"]


def test_a_page_may_be_kept_for_going_back(client, world):
    client.force_login(world.sanne)
    assert "no-store" not in client.get("/werkplek/zoeken/?zoek=markt").get("Cache-Control", "")
