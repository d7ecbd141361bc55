"""The tables of the answer bank."""

from .answers import Answer, AnswerTally, AnswerVersion
from .facts import Fact
from .imports import AnswerImport
from .shared import Adoption, SharedAnswer, SharedAnswerVersion, SharedTally
from .texts import LANGUAGES, Standing, StandingVersion, State, Tally, Wording
from .uses import Opinion, Use

__all__ = [
    "LANGUAGES",
    "Adoption",
    "Answer",
    "AnswerImport",
    "AnswerTally",
    "AnswerVersion",
    "Fact",
    "Opinion",
    "SharedAnswer",
    "SharedAnswerVersion",
    "SharedTally",
    "Standing",
    "StandingVersion",
    "State",
    "Tally",
    "Use",
    "Wording",
]
