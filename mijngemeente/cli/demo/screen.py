"""What somebody reads who starts the demo: where to look, who to be, how to stop."""

from .password import PASSWORD

WELCOME = """
  MijnGemeente draait: een verzonnen land, op je eigen computer.

  Als inwoner
    {web}/tilburg/contact/   stel een vraag aan Tilburg
    {postbus}                    de postbus: lees en schrijf e-mail

  Als medewerker
    {web}/werkplek/
    sanne@tilburg.example             beantwoordt vragen in Tilburg
    jelle@heerenveen.example          werkt voor drie organisaties in Friesland
    femke@mijngemeente.example        landelijke eerste lijn
    rob@tilburg.example               leidinggevende: ziet de cijfers
    karin@tilburg.example             beheert postvakken en medewerkers
    Wachtwoord van iedereen: {password}

  Wat je doet blijft bewaard. Opnieuw beginnen: make demo-fresh
  Stoppen: Ctrl+C
"""

ALREADY = """De demo draait al: {url} (proces {pid}). Ik heb niets veranderd.
Stoppen: Ctrl+C in het venster waar hij draait."""


def welcome(web: str, postbus: str) -> str:
    """Fits on one screen of 80 by 24."""
    return WELCOME.format(web=web, postbus=postbus, password=PASSWORD)


def already(url: str, pid: int) -> str:
    return ALREADY.format(url=url, pid=pid)
