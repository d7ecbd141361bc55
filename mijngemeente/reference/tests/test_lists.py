"""An administrator loads a newer official list; the samples are written by us."""

import csv
import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mijngemeente.cli.errors import Stop
from mijngemeente.cli.reference import load_official, opened
from mijngemeente.reference.actions import load_list
from mijngemeente.reference.models import District, Municipality, NationalList, Place, Postcode, Street
from mijngemeente.reference.rules.lists import district_code, form_of, four_digits, municipality_code

LISTS = Path(__file__).parent / "lists"
NOW = datetime(2026, 11, 22, tzinfo=UTC)

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def load(name: str) -> dict[str, int]:
    with opened(LISTS / name) as (form, rows):
        return load_list(form, rows, at=NOW, using="owner")


def test_addresses_give_streets_places_and_postcodes():
    assert load("adressen.csv") == {"added": 3, "skipped": 2}
    streets = Street.objects.using("owner").filter(name__in=["Verzonnenstraat", "Proefpad"])
    assert sorted(streets.values_list("name", "municipality_id")) == [
        ("Proefpad", "GM0855"),
        ("Verzonnenstraat", "GM0785"),
        ("Verzonnenstraat", "GM0855"),
    ]
    assert Place.objects.using("owner").filter(name="Proefdorp").count() == 2
    assert Postcode.objects.using("owner").get(digits="5099").municipality_codes == ["GM0855", "GM0785"]


def test_districts_lose_the_number_before_their_name():
    assert load("buurten.csv") == {"added": 2, "skipped": 2}
    found = District.objects.using("owner").get(name="Verzonnenoord")
    assert (found.municipality_id, found.kind) == ("GM0855", District.Kind.NEIGHBOURHOOD)


def test_a_new_municipality_is_there_at_once_and_a_name_follows_the_list():
    assert load("gemeenten.csv") == {"added": 1, "changed": 1, "skipped": 1}
    found = Municipality.objects.using("owner").get(code="GM9901")
    assert (found.name, found.official_name, found.slug) == ("Duinrand", "Duinrand (ZH.)", "duinrand-zh")


@pytest.mark.parametrize("name", ["adressen.csv", "buurten.csv", "gemeenten.csv"])
def test_twice_is_once(name):
    load(name)
    again = load(name)
    assert again["added"] == again.get("changed", 0) == 0
    assert NationalList.objects.using("owner").count() == 1


def test_a_packed_file_with_commas_reads_the_same(tmp_path):
    packed = tmp_path / "adressen.csv.gz"
    text = (LISTS / "adressen.csv").read_text(encoding="utf-8").replace(";", ",")
    packed.write_bytes(gzip.compress(text.encode("utf-8-sig")))
    with opened(packed) as (form, rows):
        assert len(list(rows)) == 6
    assert form.name == "addresses"


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"\xff\xfe\x00", b"postcode;woonplaats\n1000AA;X\n"])
def test_another_file_is_refused(content, tmp_path):
    other = tmp_path / "other.csv"
    other.write_bytes(content)
    with pytest.raises(Stop):
        load_official(other)


def test_a_file_that_is_not_there_or_not_packed_is_refused(tmp_path):
    with pytest.raises(Stop):
        load_official(tmp_path / "none.csv")
    (tmp_path / "false.csv.gz").write_text("geen gzip")
    with pytest.raises(Stop):
        load_official(tmp_path / "false.csv.gz")


@pytest.mark.parametrize(
    ("header", "form"),
    [
        (["Gemeentecode", "GemeentecodeGM", "Gemeentenaam", "Provincienaam"], "municipalities"),
        (["wijkcode_2025", "wijknaam_2025", "gemeentecode_2025"], "districts"),
        (["straatnaam", "postcode", "woonplaats", "gemeentecode"], "addresses"),
        (["naam", "adres"], None),
        ([], None),
    ],
)
def test_a_list_is_known_by_its_columns(header, form):
    found = form_of(header)
    assert (found.name if found else None) == form


def test_codes_are_read_as_people_write_them():
    assert [municipality_code(text) for text in ("GM0855", "0855", "855", "Tilburg")] == ["GM0855"] * 3 + [""]
    assert [district_code(text) for text in ("BU08550102", "WK085501", "0855", "")] == ["GM0855"] * 2 + [
        ""
    ] * 2
    assert [four_digits(text) for text in ("5038CB", "5038 cb", "5038", "0123 AB", "x")] == ["5038"] * 3 + [
        ""
    ] * 2


def test_no_row_of_the_samples_is_of_a_real_address():
    with (LISTS / "adressen.csv").open(encoding="utf-8") as file:
        assert all(
            "erzonnen" in str(row) or "Proef" in str(row) or "Elders" in str(row)
            for row in csv.DictReader(file)
        )
