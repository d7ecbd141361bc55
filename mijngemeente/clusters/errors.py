"""What a person can mend."""

from mijngemeente.platform.errors import Refused


class DecidedAlready(Refused):
    """Een collega besliste hier net al over. Kijk hoe het nu staat."""
