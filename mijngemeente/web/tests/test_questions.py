"""What stands behind the question mark of an address may be anything."""

import pytest

NONSENSE = (
    "%00",
    "kop%00staart",
    "%",
    "%FF%FE",
    "-1",
    "9" * 40,
    "9999-12-31",
    "%E2%80%AE",
    "%F0%9F%9A%B2" * 60,
)
ASKING = (
    "/werkplek/?rij={0}&gemeente={0}&pagina={0}&gedaan={0}",
    "/werkplek/zoeken/?zoek={0}&kanaal={0}&pagina={0}",
    "/werkplek/cijfers/?van={0}&tot={0}&gemeente={0}",
    "/werkplek/cijfers/gesprekken/?deel={0}&waarde={0}&maat={0}&pagina={0}",
    "/duinrand/werkplek/inwoners/?zoek={0}&pagina={0}",
    "/duinrand/antwoorden/?zoek={0}&onderwerp={0}&bron={0}&status={0}&pagina={0}",
    "/duinrand/antwoorden/gegevens/?naam={0}",
    "{conversation}?rij={0}&antwoord={0}&taal={0}",
    "{conversation}samenvoeging/?zoek={0}",
    "{conversation}koppelingen/?zoek={0}",
    "{conversation}antwoorden/?zoek={0}",
    "{conversation}overdracht/?naar={0}",
)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_no_question_of_an_address_breaks_a_page(client, world, nonsense):
    conversation = world.ask(world.duinrand, "Waarom is de brug dicht?")
    client.force_login(world.baas)
    page = f"/duinrand/werkplek/gesprekken/{conversation.id}/"
    answers = {
        asking: client.get(asking.format(nonsense, conversation=page)).status_code for asking in ASKING
    }
    # Only the figures know pages that are not there: those behind a number that nobody asked for.
    assert set(answers.values()) <= {200, 404}, answers
    assert answers["{conversation}samenvoeging/?zoek={0}"] == 200
