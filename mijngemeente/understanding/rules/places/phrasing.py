"""Turns of phrase around places that tell which one is meant; on folded text."""

import re

#: From here on it speaks of the next place.
TURN = re.compile(
    r" (?:maar(?! ook)|terwijl|is eigenlijk|mar|but|aber|echter|gaat (?:het )?(?:nu )?(?:om|over)|bedoel) "
)
THERE = re.compile(r" (?:daar|dear|der|there|daarginds|aldaar|dort|tam|orada) ")
#: Behind a place that it is not about: "is het dus niet", "zei dat ik hier moest zijn".
DENIED_AFTER = re.compile(
    r"^ +(?:(?:is|was) (?:het |dit |dat )?(?:(?:dus|echt|namelijk|toch|zeker) )*"
    r"(?:niet|fout|verkeerd|onjuist)\b|fout\b"
    r"|(?:heeft|hebben) (?:er|hier|daar) (?:niks|niets)|niet (?:maar|wel)\b|nee\b"
    r"|(?:zegt|zeggen|zei|vindt|gaf aan|geeft aan|beweert|schreef|schrijft|verwijst|verwees"
    r"|(?:liet|laat) weten)\b"
    r"|hoort (?:dit |het |dat )?niet|maar daar .{0,24}niet)"
)
#: Before a place that it is not about: "geen bericht van", "verwezen naar".
DENIED_BEFORE = re.compile(
    r"(?:vergeet|(?:door)?(?:verwezen|verwijst|gestuurd|stuurde?n?) (?:me |mij |ons )?(?:door )?naar"
    r"|antwoord\w* over|anders dan|(?:geen|niet) (?!alleen|ver )(?:op )?[a-z]+ (?:in|over|van|uit|bij|voor)"
    r"|niet (?:om|over)|in plaats van|denkt|weet dat jullie|verwar\w*(?: [a-z]+){0,3} met)"
    r" (?:de )?(?:gemeente )?$"
)
#: Somebody moves house.
MOVING = re.compile(
    r"verhui|verhoe|verhuu|ferh|ferfear|overgeplaatst|woning|huis | ga van|inschrij|ingeschreven"
    r"|nieuwe? (?:adres|woning|huis)|trek |trekken |sleutel|wonen|op kamers|doorgeven|schrijf.{0,12} in "
    r"|vertrek|vertrok|vorige? (?:jaar|maand|week) (?:van|uit) |moving|move"
    r"|umzieh|umzug|przeprow|tasin|register"
)
#: Somebody is sent home.
OWN = re.compile(r" eigen gemeente ")
#: The writer takes leave.
LEAVE = re.compile(r" (?:groet|groeten|groetjes|mvg|hoogachtend) ")
#: Right before a place that somebody has left.
LEFT_BEHIND = re.compile(
    r"(?:tot nu toe(?: [a-z]+){0,4} (?:in|bij)|toen (?:ik|we|wij) (?:nog )?in"
    r"|(?:kom|komt|komen) (?:net|pas|vers) uit"
    r"|(?:weg|vertrokken|verhuisd|terug) uit|out of"
    r"|(?:uitschrijven|uitgeschreven) (?:in|uit|bij|van)|na (?:\d+|[a-z]+) jaar(?: in)?|na jaren(?: in)?"
    r"|vanuit (?:het |een )?(?:azc|opvang)(?: in)?|gewoond in"
    r"|tot (?:[a-z]+ )?(?:week|gisteren|kort|maand|jaar|[a-z]+ \d{4}|\d{4}) in"
    r"|(?:eerst|daarvoor) (?:in |uit |azc |opvang )*|(?:voorheen|vroeger) (?:in|uit)) ?$"
)
#: Right before the place where something is ours.
OURS = re.compile(r" bij ons +in $")
#: Right before the place where somebody lives now.
ARRIVED = re.compile(
    r" (?:(?:woon|wonen|woont) (?:ik |we |wij )?(?:inmiddels|sinds(?: [a-z0-9]+){1,3}) in"
    r"|vanaf(?: [a-z0-9]+){1,3} (?:woon|wonen) (?:ik|we|wij)(?: aan de(?: [a-z]+){1,3})? in"
    r"|(?:en )?(?:woon |wonen )?nu(?: bij(?: [a-z]+){1,2}| een huis| huis)? in|nu (?:een )?(?:huis|woning) in"
    r"|sinds(?: [a-z0-9]+){1,3} (?:woon|wonen|woont) (?:ik|we|wij) in|(?:aangekomen|terug) in) $"
)
#: Right before the place that is asked about after another was named.
ASKED = re.compile(
    r" (?:waarom(?: [a-z]+){0,2}|hoe (?:zit|gaat|is) (?:het|dat|dit)(?: bij jullie)?) (?:dan )?in $"
)
#: Between a place and the one that says where it lies: "Rijswijk in de buurt van Wijk bij Duurstede".
AROUND = re.compile(
    r"(?:in de (?:buurt|omgeving|gemeente|regio) van|aan de [a-z]*kant van|niet ver van(?:af)?"
    r"|ten (?:noorden|oosten|zuiden|westen) van|(?:vlak|dicht|net) (?:bij|buiten|boven|onder|naast)"
    r"|(?:dus )?(?:die|dat) (?:bij|naast|onder|in))(?: de| het)?"
)
#: It is about more than one place.
BOTH = re.compile(
    r" (?:zowel|alle drie|(?:jullie|u|van|de) twee|twee gemeenten?|gemeentegrens|grens|tussen|samen|evenals"
    r"|de ene .{3,60} de andere) "
)
#: Somebody asks which of two it is.
WHOSE = re.compile(
    r" (?:niet (?:wie|welke|van wie)|geen (?:[a-z]+ )?idee|wie is (?:de )?eigenaar|wie (?:heeft|moet)"
    r"|welke gemeente) "
)
#: Whoever asks for both leaves nothing to choose: "Tilburg of Goirle, voor beide een vraag".
ALL = re.compile(r" (?:beiden?|allebei|alletwee|both|er (?:precies |net )?tussen(?: ?in)?) ")
#: Between two places that are named together.
TOGETHER = re.compile(
    r"(?:(?:en|and|und|als)(?: (?:in|yn|van|naar|wat in))?|(?:(?:en|maar) )?ook(?: in| naar)?)?"
)
#: As written, before a place: "in Wichen bij".
NEAR_A_NAME = re.compile(r"\b(?:in|te|uit) [A-Za-z]+ (?:bij|onder|boven|naast) $")
#: As written, behind the first word of a longer name: "Kapelle ad IJssel".
GOES_ON = re.compile(r" (?:a/?d|aan den?|op|a/d) [A-Za-z]")
