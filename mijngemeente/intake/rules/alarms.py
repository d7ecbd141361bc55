"""Who cannot wait for anybody: in distress, or in a danger for which one calls 112."""

import re

from mijngemeente.understanding.rules.outcome import Understanding

#: Of a longer text the rest was not read either (understanding/reading.py).
READ_CHARACTERS = 20_000


def alarm_of(said: Understanding, text: str = "") -> str:
    """ "distress", "danger" or nothing. Distress comes first: there is a person to speak to.

    Much is urgent for which nobody calls 112, as a loose tile: danger is what the words say.
    """
    if said.distress.value:
        return "distress"
    words = text[:READ_CHARACTERS]
    if _CERTAIN.search(words):
        return "danger"
    is_named = any(_EMERGENCY.search(each) for each in said.urgent.because)
    return "danger" if said.urgent.value and (is_named or _is_in_danger(words)) else ""


def _is_in_danger(text: str) -> bool:
    """Somebody is where nobody can be, or it happens to a body: that stands in no list of things."""
    return any(each.search(text) for each in (_BODY, _IN_WATER, _WATER_WITH, _LOOSE_CURRENT, _POISON))


#: Things for which one calls 112, in what made the message urgent.
_EMERGENCY = re.compile(
    r"\bgas(?:lucht|geur|lek|lekkage)?\b|koolmonoxide|\w*brand\w*|\bfik\b|vlammen|vuurzee|explosie|ontplof"
    r"|verdrink|drenkeling|in (?:het|de) (?:water|sloot|vijver|kanaal|gracht|rivier)|\bwak\b|door het ijs"
    r"|levensgevaar|\b112\b|ambulance|brandweer|gewond|instort|onder (?:stroom|spanning)|stroomdra"
    r"|\bmes\b|pistool|vuurwapen|geschoten|schoten|schiet|steekpartij|vechtpartij|gijzel|ontvoer|granaat|\bbom"
    r"|gas leak|smell\w* gas|\bfire\b|on fire|drown|\bfeu\b|incendie|feuer|brennt|pożar|yangın",
    re.IGNORECASE,
)
#: Said so, it is danger whatever else the message is about.
_CERTAIN = re.compile(
    r"(?:ik|we|wij) ruik(?:en)? (?:\w+ ){0,2}gas\b|gaslucht"
    r"|(?:wordt|worden) (?:nu |net |op dit moment )?ingebroken|\binbrekers? (?:in|bij) (?:mijn|ons|het)"
    r"|staat (?:\w+ ){0,3}in brand\b|(?:huis|keuken|auto|flat)\w* (?:in de fik|brandt)"
    r"|\b(?:mijn|ons|onze|m'n|mn) (?:kind(?:je)?|zoon(?:tje)?|dochter(?:tje)?|peuter|kleuter|baby) is "
    r"(?:nu |net |opeens |ineens |al \w+ |sinds \w+ )?"
    r"(?:vermist|weggelopen|verdwenen|kwijt\b|weg(?=\s*(?:[!.?,]|$)))",
    re.IGNORECASE,
)
_PERSON = (
    r"(?:kind(?:je|eren)?|baby|peuter|kleuter|meisje|jongen(?:tje)?|iemand|persoon|mensen|man|vrouw|meneer|mevrouw"
    r"|oma|opa|moeder|vader|zoon(?:tje)?|dochter(?:tje)?|buurvrouw|buurman|bewoners?|fietser|child|baby|person)"
)
_WATER = r"(?:\w*water|sloot|vijver|kanaal|gracht|rivier|kelder|put|riool|modder|drijfzand)"
_IN = r"(?:erin|er in|in|vast|onder|gevallen)"
_BODY = re.compile(
    r"\bbloedt\b|bewusteloos|buiten bewustzijn|(?:ademt|reageert|beweegt) (?:\w+ )?niet|hartaanval"
    rf"|hartstilstand|beroerte|\bligt (?:er )?(?:een |mijn )?{_PERSON} op (?:de grond|straat)"
    rf"|\b{_PERSON} (?:\w+ )?ligt (?:\w+ )?op (?:de grond|straat)"
    r"|niet meer op kan staan|unconscious|bleeding",
    re.IGNORECASE,
)
_IN_WATER = re.compile(
    rf"\b{_PERSON}\b(?!.{{0,40}}\b(?:niet|geen)\b).{{0,40}}\b{_IN}\b.{{0,20}}\b{_WATER}\b", re.IGNORECASE
)
_WATER_WITH = re.compile(
    rf"\b{_WATER}\b.{{0,60}}\b{_PERSON}\b(?!.{{0,40}}\b(?:niet|geen)\b).{{0,30}}\b{_IN}\b", re.IGNORECASE
)
_LOOSE_CURRENT = re.compile(
    r"(?:elektriciteits|stroom|hoogspannings)\w*(?:kabel|draad|mast)?\w*\W+(?:\w+\W+){0,3}(?:los|bloot|hangt|open)"
    r"|(?:losse|blote|hangende) (?:\w+ )?(?:elektriciteits|stroom)\w*",
    re.IGNORECASE,
)
_POISON = re.compile(
    r"\b(?:gif|vergif|bijtmiddel|bleek|chloor|schoonmaakmiddel)\w*\W+(?:\w+\W+){0,3}(?:gegeten|gedronken|ingeslikt|geslikt)"
    r"|(?:gegeten|gedronken|ingeslikt|geslikt)\W+(?:\w+\W+){0,3}(?:gif|vergif|bleek|chloor)\w*"
    r"|vergiftigd|gifwolk|(?:lekt|lekkende|gekantelde?) (?:\w+ ){0,4}(?:tankwagen|ketelwagen|chemische)"
    r"|(?:tankwagen|ketelwagen)\W+(?:\w+\W+){0,3}lekt"
    r"|\b(?:lucht|geur|stank|dampen?)\b.{0,60}\b(?:misselijk|onwel|flauw|duizelig)\b",
    re.IGNORECASE,
)
