"""The words around a name that tell what it means there. Folded: lower case, no accents."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Before a name: somebody is in, near or from there.
LOCATING = _words(
    "in te uit gemeente gem vanuit nabij richting omgeving stad dorp dorpje plaatsje gehucht centrum inwoner "
    "inwoners regio "
    "vlakbij plaats gemeentehuis stadhuis bij naar fan yn aus nach near from dans wijk buurt dorpskern "
    "kern station rond rondom w"
)
#: The same, where an ordinary word would need an article.
IN = _words("in te yn gemeente gem dorp dorpje plaatsje gehucht stad uit nabij vanuit plaats")
ARTICLES = _words("de het een mijn onze ons jullie deze die dit dat van voor met en")
#: Before a name that is a noun too: only these leave no doubt in lower case.
MUNICIPAL = _words("gemeente gem gemeentehuis stadhuis gemeenteraad burgemeester inwoner inwoners")
LIVING = _words("woon woont wonen woonde woonachtig woonplaats verhuis verhuisd verhuizen verhuist inwoner")
DISTRICT = _words("wijk buurt buurtje stadsdeel woonwijk nieuwbouwwijk wijkcentrum buurthuis")

#: "niet in Tilburg": between the two only BINDING words.
NEGATING = _words("niet geen nooit noch behalve not nicht nie ipv uitgezonderd")
BINDING = _words(
    "in te tot onder om over van voor de het gemeente bij uit op naar meer langer stad dorp bedoel zozeer "
    "dus echt "
    "yn fan oer of from im nach aus der die w das gem"
)

TITLES = _words(
    "meneer heren dames mevrouw mevr mw mvr dhr heer hr familie fam juf juffrouw meester dokter dr "
    "drs ir ing prof ds "
    "buurman buurvrouw collega agent ambtenaar advocaat notaris directeur zuster broeder oom tante opa oma "
    "pastoor dominee professor rechercheur heet heette genaamd mister mr mrs miss herr frau"
)
#: "bakkerij Van Breda", but "het hotel in Breda".
BUSINESSES = _words("gebr gebroeders firma fa bakker bakkerij slager slagerij garage hotel cafe restaurant")
#: "Amsterdam Bakery", "Groningen Zaden".
BUSINESS_AFTER = _words("bakery zaden bv makelaars makelaardij catering logistics transport verzekeringen")
#: "een ambtenaar die Emmen heet".
CALLED = _words("heet heette genaamd")
#: "wethouder Van Breda" is a person, "burgemeester van Breda" a municipality.
OFFICES = _words("burgemeester wethouder raadslid gemeentesecretaris griffier voorzitter minister")
BEFORE_SURNAME = _words("van vd v de den der ter")
FIRST_NAMES = _words(
    """jan piet kees klaas henk willem hans peter paul rob bert gerard johan joop frits theo wim ton ad arie
    cor dirk erik evert frank fred freek ger gert gijs guus harm harry hein herman huub ivo jaap jack jacob
    jeroen jelle joost joris jos karel koen lars leo lex luuk maarten marc marcel marco mark martijn mart
    martin max michel nico niels olaf patrick pieter pim raymond rene rein richard rick rik robert roel rolf
    ronald roy ruben ruud sander sjaak stefan stijn sven teun thijs thomas tim tom vincent wessel wouter
    anna anne anneke annie anita annemarie astrid bea betty brigitte carla carolien chantal claudia corrie
    daphne debbie diana dorien elly els esther eva femke floor fleur greet hanneke hannie heleen helma ilse
    ineke inge ingrid irene iris jacqueline jannie jeanette jenny jessica joke jolanda judith julia karin kim
    kirsten lies lisa loes lotte maaike manon marga margot maria marian marieke marijke marion marleen marloes
    marjan mieke miep mirjam monique nancy natasja nicole nienke petra renate ria rianne riet roos sandra
    sanne sara saskia sophie suzanne sylvia tamara tessa tineke trudy truus vera wendy wil willemijn yvonne
    daan sem lucas levi finn noah milan bram jesse emma tess zoe mila saar nora noor yara bas bart bob dennis
    danny edwin emiel fons gerrit hugo jurgen kevin mohamed ahmed fatima ali omar youssef""",
)
#: First names that are words too: "ik wil van Tilburg naar Breda".
ALSO_WORDS = _words("wil ad ger max harm rein lies roos bas noor mark rick rob sem wim tom eva")
GREETING = _words("met ben groet groeten groetjes mvg gr hoogachtend vriendelijke hartelijke liefs groetje")

CLUBS = _words(
    "fc sc sv vv psv nac pec ado rkc az nec mvv vvv roda sparta excelsior fortuna ajax feyenoord heracles "
    "vitesse jong hc bc rksv rkvv voetbalclub hockeyclub club telstar cambuur eagles graafschap ii"
)
CLUB_AFTER = _words("city united sport eagles airport")
#: Institutions that stand for the country, not for their town.
INSTITUTIONS = _words(
    "universiteit rechtbank gerechtshof politieacademie tu provincie prov verdrag vrede unie bisdom "
    "hogeschool unive rabobank regiobank interpolis menzis enexis liander stedin vitens "
    "rtv omroep radio"
)

#: "Den Haag doet niks" is the government.
GOVERNING = _words("doet doen moet wil besluit beslist bepaalt bedenkt regelt roept belooft bezuinigt")
#: "de sprinter richting Uitgeest" is somewhere else.
TRAINS = _words("trein sprinter intercity bus metro tram")

#: A street may be called after a place: "Amsterdamse Poort", "Utrecht straat".
STREETS = _words(
    "straat weg laan plein poort kade singel straatweg steenweg baan gracht dijk vaart hof ring brug hout "
    "houttuinen park pad plantsoen boulevard allee rijweg zeedijk zandweg trekvaart kanaal bos meent vest "
    "heuvelrug beemden dwarsstraat hoek sluis veer buurt kwartier"
)
#: "Goudse kaas" is food.
WARES = _words(
    "kaas blauw hopjes hopje bol bollen koek stroopwafels stroopwafel mop moppen meisjes spritsen balletjes "
    "oester mosterd aardewerk kaasjes kaasje"
)
STREET_ENDS = tuple(
    ["straat", "straatje", "weg", "laan", "plein", "singel", "kade", "gracht", "steeg", "pad", "kanaal"]
)
#: Behind any name: "Breda Street", "Gouda kaas".
STREETS_ALONE = _words("straat laan straatweg singel street avenue road kade plantsoen")
STREET_ADJECTIVES = _words("lange korte grote kleine oude nieuwe hoge lage rode zwarte witte groene")
STREET_BEFORE = _words("laan plein straat kade singel")

#: "net als in Utrecht": the other place is what it is about.
COMPARING = _words("zoals dan vergeleken tov evenals zoas like wie")
#: "net als in Utrecht", but "zowel in Breda als in Tilburg".
ALIKE = _words("net hetzelfde zelfde anders even evenals precies")
#: On the way, in the past, or of somebody else.
BESIDES = _words(
    "richting via vanuit geboren vroeger omgeving nabij vlakbij vlak buiten dichtbij afkomstig vakantie "
    "logeer "
    "logeren weekend bezoek trein eerder opgegroeid trouwde geboorteplaats"
)
#: "supporters uit Enschede": they came from there.
COMING = _words("supporters fans toeristen bezoekers ondernemers bussen caravan camper auto busje")
#: "mijn zus in Breda".
RELATIVES = _words(
    "moeder vader broer zus oma opa zoon dochter vriend vriendin schoonouders ouders tante oom "
    "vrouw man ex collega neef nicht"
)
#: Where somebody lives or works; the question may be about elsewhere, and sooner about home.
HOME = _words("woon woont wonen wenje wenne inwoner bewoner woonachtig kom komt kwam live wohne komme komen")
WORK = _words(
    "forens werk werkt werken werkte werkzaam wurkje baan studeer studeert studeerde gestudeerd work arbeite"
)
ORIGIN = _words("kom komend komt kwam afkomstig geboren")
#: "Spijk bij Gorinchem": the second only says which Spijk.
NEXT_TO = _words("bij by nabij onder boven naast vlakbij tussen dichtbij")
FILLERS = _words("in de het aan van")
CHOOSING = _words("of danwel oftewel or oder")

#: "Bergen in Noorwegen": between name and country.
TOWARDS = _words("in te en at en yn we im w dans")
PROVINCES = _words("provincie prov provinsje provinz province")

#: "Beste gemeente Tilburg" says who is written to.
SALUTATIONS = _words("beste geachte hallo hoi dag goedemorgen goedemiddag goedenavond hey hi dear moi")
#: Not the letters of a postcode: "2024 is", "1500 km"; SA, SD and SS are never given out.
NO_POSTCODE = _words(
    "te in en is of op de km kg cm mm na om ik je we ze al uw er an me zo nu ga mg st ha gr eu sa sd ss"
)

#: Behind "Tilburgse" or "Goudse": it speaks of the town, not of a product.
CIVIC = _words(
    "gemeente gemeenteraad raad wethouder wethouders burgemeester college binnenstad centrum station wijk "
    "wijken stadhuis gemeentehuis inwoners inwoner straten politiek ambtenaren ambtenaar raadslid buurt "
    "stad dorp milieustraat gemeentewerf markt zwembad bibliotheek stadspas afvalpas begraafplaats haven "
    "parkeergarage bewoners grachten speeltuin kinderboerderij"
)

#: Four digits are a postcode after these, and are not when these follow.
POSTCODE = _words("postcode postcodegebied pc postkoade postcodewijk")
BEFORE_DIGITS = _words("in bij van rond omgeving wijk gebied regio uit op heeft voor te")
#: Behind these four digits are the number of something else.
NUMBERED = _words(
    "nr nummer no paal lantaarnpaal lichtmast mast lantaarn kast zaak zaaknummer dossier dossiernummer "
    "kenmerk melding meldnummer meldingsnummer bus lijn tram container put huisnummer pincode code "
    "factuur jaar sinds"
)
COUNTED = _words(
    "euro eur keer mensen inwoners woningen km kilometer meter m m2 kg kilo gram liter stuks jaar uur "
    "minuten huishoudens handtekeningen bezwaren bomen dagen procent pk kwh watt volt punten leden stemmen"
)
