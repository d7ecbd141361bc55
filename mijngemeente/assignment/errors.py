"""What a person can mend."""

from mijngemeente.platform.errors import Refused


class NobodyNamed(Refused):
    """Kies wie de gesprekken krijgt: een of meer collega's, een ander team, of beide."""


class RuleGone(Refused):
    """Een collega heeft deze regel net weggehaald."""


class NotWorking(Refused):
    """Dit kan niet aan: wat erin staat bestaat niet meer."""
