"""The files in `data/` hang together; read as text, no database."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "data"
PROVINCES = {
    "Noord-Brabant": 56,
    "Gelderland": 51,
    "Zuid-Holland": 50,
    "Noord-Holland": 44,
    "Limburg": 31,
    "Utrecht": 26,
    "Overijssel": 25,
    "Fryslân": 18,
    "Zeeland": 13,
    "Drenthe": 12,
    "Groningen": 10,
    "Flevoland": 6,
}
#: Easter Sunday as published; the other moving days follow from it.
EASTER = {
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
    2029: date(2029, 4, 1),
    2030: date(2030, 4, 21),
}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def municipality_codes() -> set[str]:
    return {row["code"] for row in rows("municipalities")}


def test_there_are_342_municipalities_in_2026_and_341_from_2027() -> None:
    def in_force(day: str) -> list[str]:
        return [
            row["code"]
            for row in rows("municipalities")
            if row["valid_from"] <= day and (not row["valid_until"] or day < row["valid_until"])
        ]

    assert len(in_force("2026-12-31")) == 342
    assert len(in_force("2027-01-01")) == 341


def test_wijdemeren_goes_into_hilversum() -> None:
    ending = [row for row in rows("municipalities") if row["valid_until"]]
    assert [(row["display_name"], row["merges_into"]) for row in ending] == [("Wijdemeren", "GM0402")]


@pytest.mark.parametrize("column", ["code", "slug", "name", "tooi_uri", "domain"])
def test_each_municipality_has_its_own(column: str) -> None:
    values = [row[column] for row in rows("municipalities")]
    assert len(set(values)) == 342
    assert all(values)


def test_provinces_have_their_official_number_of_municipalities() -> None:
    assert Counter(row["province"] for row in rows("municipalities")) == PROVINCES


def test_slugs_are_lowercase_ascii_with_hyphens() -> None:
    letters = set("abcdefghijklmnopqrstuvwxyz-")
    for row in rows("municipalities"):
        assert set(row["slug"]) <= letters, row["slug"]
        assert not row["slug"].startswith("-") and not row["slug"].endswith("-")


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("GM0855", "tilburg"),
        ("GM1940", "de-fryske-marren"),
        ("GM0373", "bergen-nh"),
        ("GM0893", "bergen-l"),
        ("GM0518", "s-gravenhage"),
        ("GM1900", "sudwest-fryslan"),
        ("GM0164", "hengelo"),
    ],
)
def test_slug_reads_as_people_would_type_it(code: str, slug: str) -> None:
    assert {row["code"]: row["slug"] for row in rows("municipalities")}[code] == slug


def test_an_alias_leads_to_one_municipality_only() -> None:
    municipalities = rows("municipalities")
    aliases = [a for row in municipalities for a in row["slug_aliases"].split(";") if a]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & {row["slug"] for row in municipalities}
    assert "den-haag" in aliases


def test_tooi_uri_follows_from_the_code() -> None:
    for row in rows("municipalities"):
        assert row["tooi_uri"] == (f"https://identifier.overheid.nl/tooi/id/gemeente/{row['code'].lower()}")


def test_every_municipality_lies_in_the_netherlands_and_a_safety_region() -> None:
    for row in rows("municipalities"):
        assert 50.7 < float(row["latitude"]) < 53.6, row["name"]
        assert 3.3 < float(row["longitude"]) < 7.3, row["name"]
    assert len({row["safety_region"] for row in rows("municipalities")}) == 25


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("places", "municipality_code"),
        ("postcodes", "municipality_codes"),
        ("former_municipalities", "successor_codes"),
    ],
)
def test_every_code_mentioned_exists(name: str, column: str) -> None:
    mentioned = {code for row in rows(name) for code in row[column].split(";")}
    assert mentioned <= municipality_codes()


def test_every_municipality_has_a_place_and_a_postcode() -> None:
    with_place = {row["municipality_code"] for row in rows("places")}
    with_postcode = {c for row in rows("postcodes") for c in row["municipality_codes"].split(";")}
    assert with_place == municipality_codes()
    assert with_postcode == municipality_codes()


def test_places_and_postcodes_are_unique_and_well_formed() -> None:
    places = Counter((row["name"], row["municipality_code"]) for row in rows("places"))
    assert places.most_common(1)[0][1] == 1
    postcodes = [row["postcode"] for row in rows("postcodes")]
    assert len(set(postcodes)) == len(postcodes)
    assert all(len(code) == 4 and code.isdigit() and code[0] != "0" for code in postcodes)


def test_ordinary_words_are_marked_as_such() -> None:
    common = {row["base_name"] for row in rows("places") if row["is_common_word"] == "1"}
    assert {"Best", "Leek", "Made", "Zeeland", "Houten"} <= common
    assert not {"Tilburg", "Utrecht", "Joure", "Hoofddorp"} & common


def test_former_municipalities_ended_on_a_date() -> None:
    for row in rows("former_municipalities"):
        assert date(2000, 1, 1) <= date.fromisoformat(row["valid_until"]) <= date(2023, 1, 1)


@pytest.mark.parametrize("year", EASTER)
def test_holidays_are_right(year: int) -> None:
    easter = EASTER[year]
    expected = {
        date(year, 1, 1): "Nieuwjaarsdag",
        easter - timedelta(days=2): "Goede Vrijdag",
        easter: "Eerste Paasdag",
        easter + timedelta(days=1): "Tweede Paasdag",
        date(year, 4, 26 if year == 2025 else 27): "Koningsdag",
        date(year, 5, 5): "Bevrijdingsdag",
        easter + timedelta(days=39): "Hemelvaartsdag",
        easter + timedelta(days=49): "Eerste Pinksterdag",
        easter + timedelta(days=50): "Tweede Pinksterdag",
        date(year, 12, 25): "Eerste Kerstdag",
        date(year, 12, 26): "Tweede Kerstdag",
    }
    found = {date.fromisoformat(row["date"]): row["name"] for row in rows("holidays")}
    assert {day: name for day, name in found.items() if day.year == year} == expected


def test_there_are_110_topics_in_three_kinds() -> None:
    topics = rows("topics")
    assert len({row["slug"] for row in topics}) == len(topics) == 110
    assert Counter(row["kind"] for row in topics).keys() == {"report", "product", "other"}
    assert all(row["label"] and row["group"] for row in topics)
