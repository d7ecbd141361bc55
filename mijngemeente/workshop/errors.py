"""What a person in a session can mend."""

from mijngemeente.platform.errors import Refused


class SessionOver(Refused):
    """Deze sessie is afgelopen."""


class SessionFull(Refused):
    """Er doen al 40 mensen mee. Meer kunnen er niet."""


class NameTaken(Refused):
    """Er doet al iemand mee met deze naam. Zet er iets bij, zoals je achternaam."""


class TooManyAnswers(Refused):
    """Je hebt al heel veel ingevuld. Wacht tot een deel is overgenomen."""


class TooOften(Refused):
    """Je stuurde heel vaak iets. Wacht tien minuten. Wat je typte, staat er nog."""


class TakenOut(Refused):
    """Je doet niet meer mee aan deze sessie."""


class Changed(Refused):
    """Dit antwoord is net veranderd, of iemand koos al. Kijk nog eens."""


class NothingToSay(Refused):
    """Vul in hoe je heet, of wat je functie is."""
