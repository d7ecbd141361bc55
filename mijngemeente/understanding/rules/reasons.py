"""Which words are no reason to a person who reads them."""

#: Words of every sentence, in small letters: they weigh in beside others, and explain nothing by themselves.
FILLER_WORDS = (
    "vijf zes zeven acht negen tien "
    "aan achter afgelopen alle alleen alles alstublieft alsjeblieft altijd ander andere anders anderen "
    "beter binnen bijna blijf blijft blijven boven beneden buiten daar daarna daarom dacht dagen denk "
    "denken deze dingen doen doet door draait drie durf eens eerst eerste eigen eigenlijk elkaar elke "
    "erin eronder eruit even gaan gaat geen geweest gewoon geworden goed graag groot grote haar hadden "
    "halen hangt hebben hebt heeft heel hele hem hier hoeft hoor hun iedereen iemand iets jaar jezelf "
    "jouw jouwe jullie keer klaar klein kleine komen komt krijg krijgt kunnen kwam laat laatste laten "
    "leuk liggen ligt lijkt loop loopt lyts maanden maar maken meer mensen merkt mezelf mijn mijzelf "
    "minder moest moet moeten mooi mooie naar naast neem neemt niemand niet niets niks nodig nooit nog "
    "noch neat omdat onder onze over paar praten precies rustig samen schrijf schrijft sinds snap soms "
    "staan staat stel steeds straks terug toch trek tussen twee uren vaak valt vast veel velen verder "
    "vier volgende voor voortaan waar waarom wanneer want waren weer week weken weet wegga welke werd "
    "weten wie wilde willen worden wordt zaten zegt zeggen zeker zelf zelfs zich zichzelf zien zijn "
    "zitten zo'n zoals zodat zonder zorg zullen about also because been but can come could does don't "
    "from going have here into just know like live more much need people some still tell than that their "
    "them then there they think this very were what when where which will with without would your aber "
    "auch dann doch eine einen euch etwas haben habe heute ich ihr immer ist keinen mein mich mir nicht "
    "oder sein sind und uns unser wenn werden wird avec dans elle est être les mais mes nous pas plus "
    "pour que qui sont sur une vais vous binne hawwe leit"
)
FILLERS = frozenset(FILLER_WORDS.split())
