"""The code of a session: short enough to read out loud, without signs that look or sound alike."""

import random
from datetime import timedelta

#: No O, Q or 0, no I, L or 1, no B or 8, no S or 5, no Z or 2, no G or 6, no U, V or W.
ALPHABET = "ACDEFHJKMNPRTXY3479"
LENGTH = 6
#: A session is two hours; nobody has to hurry, and a forgotten one ends the same day.
LONGEST = timedelta(hours=4)
#: Raw answers stay so long after the end, for who wants to look something up.
KEPT = timedelta(days=7)
MOST_PEOPLE = 40
#: Subjects on the screen at once; the rest comes when a person has chosen about these.
MOST_SHOWN = 100
#: Of one phone, waiting for a choice.
MOST_ANSWERS = 400
LONGEST_NAME = 60
#: Wrong codes from one network in ten minutes. A town hall has one address, and people mistype.
MOST_MISSES = 30
#: Forms sent by one phone in ten minutes.
MOST_SENT = 120


def new_code() -> str:
    """Any code; 47 million there are, so that guessing within MOST_MISSES finds none."""
    return "".join(random.SystemRandom().choices(ALPHABET, k=LENGTH))


def typed_code(text: str) -> str:
    """The code that somebody typed, however they divided it; "" for what cannot be one."""
    code = "".join(text.upper().replace("-", " ").split())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spelled(code: str) -> str:
    """As it stands on the screen: in two halves."""
    return f"{code[:3]} {code[3:]}"
