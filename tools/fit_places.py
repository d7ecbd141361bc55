"""Fit the probabilities of places: `python tools/fit_places.py`, with --wrong for what came out otherwise.

Makes some thousands of labelled texts from the tables in data/ and sentences of our own, reads them, prints
the two numbers of `understanding/rules/places/calibration.py`. What we measure with (tests/understanding) is
never read here.
"""

import csv
import math
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from mijngemeente.understanding.rules.measuring.municipality import Answer, answer, report
from mijngemeente.understanding.rules.places import Gazetteer, locate
from mijngemeente.understanding.rules.places.calibration import SHIFT, SLOPE
from mijngemeente.understanding.sources import gazetteer_from

DATA = Path(__file__).resolve().parent.parent / "data"
EACH = 250
#: As often as the certain ones were right on 1,100 lines by two others, before anybody read those.
REAL = 0.96
Made = tuple[str, str, str]  # text, expected, account written to

SENTENCES = (
    "er ligt al weken afval op straat in {}",
    "Wat kost een nieuw paspoort in {}?",
    "{}: de lantaarn bij ons voor de deur doet het niet",
    "Kunnen jullie in {} eens naar die losse stoeptegels kijken?",
    "ik woon in {} en mijn groene container is niet geleegd",
    "Hoi, wanneer wordt er in {} gesnoeid, de takken hangen over het fietspad",
    "Bij het station van {} staan de fietsen overal",
    "Goedemiddag, ik wil in {} gaan trouwen, hoe vraag ik dat aan",
    "parkeren in {} is veel te duur geworden!!",
    "Het zwembad in {} is weer dicht, hoe lang nog?",
)
NOWHERE = (
    "de lantaarn bij ons voor de deur is stuk", "Wat kost een paspoort?", "wanneer komt de vuilnisauto",
    "mijn buren maken veel herrie", "ik wil een klacht indienen over de wachttijd",
    "er zit een gat in de weg",
)  # fmt: skip
SAID = {
    "person": (
        "Meneer van {} heeft mij nog niet teruggebeld", "mevrouw Van {} van de balie was erg vriendelijk",
        "Groeten, Kees van {}", "mijn naam is Sanne van {} en mijn paspoort is kwijt",
        "ik sprak met dhr. van {} over de vergunning", "J. van {} heeft mijn aanvraag afgewezen",
    ),
    "club": ("FC {} heeft weer verloren", "de fans van FC {} maken herrie", "SV {} zoekt een veld"),
    "street": (
        "de {}straat ligt open", "op de {}laan rijden ze te hard", "Losse tegel {}weg 12",
        "wanneer wordt de {}sestraatweg geveegd", "lantaarn stuk hoek {}plein",
    ),
    "abroad": ("ik was op vakantie in {} in Duitsland", "{}, België is mooi", "we verhuizen naar {} (USA)"),
}  # fmt: skip
DENYING = (
    "niet in {} maar in {} ligt het afval", "Ik woon niet in {}, ik woon in {}",
    "het gaat niet om {} maar om {}", "in plaats van {} moet het {} zijn", "Geen {}! Het is {}",
    "de lamp is niet in {} stuk maar in {}",
)  # fmt: skip
BOTH = (
    "de weg tussen {} en {} zit vol gaten", "Waar ligt de grens van {} en {}?",
    "zowel in {} als in {} is het een bende", "ik heb een winkel in {} en een winkel in {}",
    "rijdt er een bus van {} naar {}?",
)  # fmt: skip
ACCOUNTS = ("@gemeente{}", "@gemeente_{}", "@gem_{}", "gemeente{}", "@{}gemeente", "info@gemeente{}.nl")


class Texts:
    """Labelled texts of each kind, drawn anew by a fixed seed."""

    def __init__(self) -> None:
        self._chance = random.Random(20261122)  # noqa: S311 - no secret
        self._towns = _rows("municipalities")
        self._places = [row for row in _rows("places") if row["municipalities_with_base_name"] == "1"]
        self._words = {row["name"] for row in _rows("place_words")}
        self._aliases = _rows("place_aliases")
        districts = {row["name"] for row in _rows("districts")}
        shared = {name for name in districts if [r["name"] for r in _rows("districts")].count(name) > 1}
        self._places = [row for row in self._places if row["base_name"] not in districts | shared]
        self._own = {row["base_name"]: row["municipality_code"] for row in self._places}
        self._plain = [name for name in self._own if name not in self._words]
        self._large = [
            row
            for row in self._towns
            if int(row["inhabitants_2021"]) > 30_000 and row["display_name"] in self._plain
        ]

    def every(self) -> Iterator[tuple[str, Made]]:
        for kind, make in self._kinds().items():
            yield from ((kind, make()) for _ in range(EACH))

    def _kinds(self) -> dict[str, Callable[[], Made]]:
        draw = self._chance.choice
        return {
            "municipality": lambda: self._named(draw(self._towns), "display_name", "gemeente {}"),
            "large": lambda: self._named(draw(self._large), "display_name", "{}"),
            "place": self._place,
            "word": self._word,
            "lower": lambda: self._changed(self._place(), str.lower),
            "district": self._district,
            "former": self._former,
            "alias": self._alias,
            "postcode": self._postcode,
            "domain": lambda: self._in_sentence("op {} staat niets over afval", draw(self._towns), "domain"),
            "account": self._account,
            "elsewhere": self._elsewhere,
            "shared": self._shared,
            "misspelt": self._misspelt,
            "nowhere": lambda: (draw(NOWHERE), "unknown", ""),
            "denied": self._denied,
            "both": self._both,
            **{kind: self._other(sentences) for kind, sentences in SAID.items()},
        }

    def _named(self, row: dict[str, str], column: str, how: str) -> Made:
        name = row[column]
        same = [each["code"] for each in self._towns if each["display_name"] == name]
        expected = same[0] if len(same) == 1 else "ambiguous"
        return self._chance.choice(SENTENCES).format(how.format(name)), expected, ""

    def _in_sentence(self, sentence: str, row: dict[str, str], column: str) -> Made:
        return sentence.format(row[column]), row["code"], ""

    def _place(self) -> Made:
        name = self._chance.choice(self._plain)
        return self._chance.choice(SENTENCES).format(name), self._own[name], ""

    def _word(self) -> Made:
        name = self._chance.choice([each for each in self._own if each in self._words])
        if name in ("Zeeland", "Nederland", "Oranje", "Zurich"):
            return self._place()
        return f"ik woon in {name} en de straat ligt open", self._own[name], ""

    def _changed(self, made: Made, change: Callable[[str], str]) -> Made:
        return change(made[0]), made[1], made[2]

    def _district(self) -> Made:
        row = self._chance.choice([row for row in _rows("districts") if row["is_only"] == "1"])
        how = self._chance.choice(("in {}", "in de wijk {}", "bij ons in {}"))
        return f"veel overlast {how.format(row['name'])} de laatste tijd", row["municipality_code"], ""

    def _former(self) -> Made:
        row = self._chance.choice(_rows("former_municipalities"))
        if row["name"] not in self._own and any(row["name"] == each["base_name"] for each in _rows("places")):
            return self._place()
        codes = row["successor_codes"].split(";")
        expected = codes[0] if len(codes) == 1 else "ambiguous"
        return f"Ik woonde vroeger onder de gemeente {row['name']}, waar moet ik nu heen?", expected, ""

    def _alias(self) -> Made:
        kinds = ("frisian", "nickname", "foreign_name", "dialect")
        row = self._chance.choice([row for row in self._aliases if row["kind"] in kinds])
        codes = row["municipality_codes"].split(";")
        if len(codes) > 1:
            return self._place()
        return self._chance.choice(SENTENCES).format(row["name"]), codes[0], ""

    def _postcode(self) -> Made:
        row = self._chance.choice([row for row in _rows("postcodes") if ";" not in row["municipality_codes"]])
        letters = "".join(self._chance.choice("ABCDEGHJKLMNPRTVWXZ") for _ in range(2))
        how = self._chance.choice(("{} {}", "{}{}")).format(row["postcode"], letters)
        return (
            f"lantaarn stuk, {self._chance.choice((how, how.lower()))} nummer 12",
            row["municipality_codes"],
            "",
        )

    def _account(self) -> Made:
        row = self._chance.choice(self._large)
        name = row["display_name"].lower().replace(" ", "").replace("-", "").replace("'", "")
        return self._chance.choice(NOWHERE), row["code"], self._chance.choice(ACCOUNTS).format(name)

    def _elsewhere(self) -> Made:
        text, expected, _ = self._place()
        return text, expected, self._account()[2]

    def _shared(self) -> Made:
        names = {}
        for row in _rows("places"):
            if int(row["municipalities_with_base_name"]) > 1 and row["base_name"] != "Hoorn":
                names.setdefault(row["base_name"], set()).add(row["municipality_code"])
        name = self._chance.choice([each for each, codes in names.items() if len(codes) < 5])
        return f"ik woon in {name} en er ligt afval op straat", "ambiguous", ""

    def _misspelt(self) -> Made:
        row = self._chance.choice([row for row in self._large if len(row["display_name"]) > 6])
        name = row["display_name"]
        at = self._chance.randrange(2, len(name) - 1)
        wrong = self._chance.choice((
            name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
        ))  # fmt: skip
        return self._chance.choice(SENTENCES).format(wrong), row["code"], ""

    def _two(self) -> tuple[str, str]:
        return tuple(self._chance.sample(self._plain, 2))  # type: ignore[return-value]  # two are asked for

    def _denied(self) -> Made:
        one, other = self._two()
        return self._chance.choice(DENYING).format(one, other), self._own[other], ""

    def _both(self) -> Made:
        one, other = self._two()
        codes = dict.fromkeys((self._own[one], self._own[other]))
        return self._chance.choice(BOTH).format(one, other), ";".join(codes), ""

    def _other(self, sentences: tuple[str, ...]) -> Callable[[], Made]:
        names = [row["display_name"] for row in self._large if " " not in row["display_name"]]
        return lambda: (self._chance.choice(sentences).format(self._chance.choice(names)), "unknown", "")


def main() -> None:
    gazetteer = gazetteer_from(DATA)
    answers, texts = [], {}
    for number, (kind, (text, expected, to)) in enumerate(Texts().every()):
        row = {"id": str(number), "kind": kind, "expected": expected}
        answers.append(answer(row, locate(text, gazetteer, to=to)))
        texts[str(number)] = f"{text} [{to}]" if to else text
    show(answers, texts, gazetteer)
    slope, shift = fitted(answers)
    print(f"SLOPE, SHIFT = {slope:.2f}, {shift:.2f}")


def show(answers: list[Answer], texts: dict[str, str], gazetteer: Gazetteer) -> None:
    found = report(answers)
    for kind, tally in (*found.kinds.items(), ("all", found.overall)):
        print(f"{kind:14}{tally.count:6}{tally.exact:8.1%}{tally.wrong_and_certain:8.1%}")
    print(f"calibration {found.calibration.error:.3f}")
    if "--wrong" in sys.argv:
        for each in answers:
            if not each.is_exact:
                said = [gazetteer.towns[c.code].name for c in each.where.candidates]
                print(each.kind, each.where.decision.value, said, "|", texts[each.id])


def fitted(answers: list[Answer]) -> tuple[float, float]:
    """Logistic regression of right on score, over what was told with certainty, by plain descent.

    Counts what is right for a bit less: residents write less clearly than our sentences.
    """
    certain = [found for found in answers if found.where.decision.value == "certain"]
    pairs = [
        (score_of(each.probability), REAL * (each.code in found.expected))
        for found in certain
        for each in found.where.candidates
    ]
    slope, shift = 1.0, 0.0
    for _ in range(1500):
        along = up = 0.0
        for score, is_right in pairs:
            miss = 1 / (1 + math.exp(-(slope * score + shift))) - is_right
            along, up = along + miss * score, up + miss
        slope, shift = slope - 0.02 * along / len(pairs), shift - 0.2 * up / len(pairs)
    return slope, shift


def score_of(probability: float) -> float:
    """What `probability` was given."""
    kept = min(probability, 0.9999)
    return (math.log(kept / (1 - kept)) - SHIFT) / SLOPE


def _rows(name: str, known: dict[str, list[dict[str, str]]] = {}) -> list[dict[str, str]]:  # noqa: B006 - read once
    if name not in known:
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            known[name] = list(csv.DictReader(file))
    return known[name]


if __name__ == "__main__":
    main()
