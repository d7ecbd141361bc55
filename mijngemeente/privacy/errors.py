"""What a person can mend."""

from collections.abc import Iterable

from mijngemeente.platform.errors import Refused


class Held(Refused):
    """Een gesprek wordt vastgehouden."""

    def __init__(self, numbers: Iterable[int]) -> None:
        shown = ", ".join(map(str, numbers))
        super().__init__(
            f"Gesprek {shown} wordt vastgehouden en mag niet worden gewist."
            " Vraag de beheerder om het eerst vrij te geven."
        )


class NamesSomebody(Refused):
    """Noem de inwoner niet in de toelichting: die bewaren we."""


class UnknownConversation(Refused):
    """Dit gesprek is er niet. Kijk het nummer nog eens na."""


class AlreadyHeld(Refused):
    """Dit gesprek wordt al vastgehouden."""
