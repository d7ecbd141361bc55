"""What an answer begins and ends with."""

from dataclasses import dataclass

from mijngemeente.answers.rules.blanks import blanks_in, fill, people

#: "Dag inwoner," says that we did not ask who it is.
NAMELESS = "Goedendag,"


@dataclass(frozen=True)
class Letterhead:
    """What an answer begins and ends with."""

    salutation: str
    signature: str
    resident: str
    agent: str
    organisation: str

    @property
    def values(self) -> dict[str, str]:
        """What its blanks mean."""
        return people(resident=self.resident, agent=self.agent, organisation=self.organisation)

    @property
    def greeting(self) -> str:
        """The salutation with its blanks filled in; one without a name when we do not know it."""
        names = {"naam", "voornaam"}.intersection(blanks_in(self.salutation))
        return fill(self.salutation, self.values) if self.resident or not names else NAMELESS

    @property
    def signed(self) -> str:
        """The signature with its blanks filled in."""
        return fill(self.signature, self.values)


def opening_of(letterhead: Letterhead) -> tuple[str, int]:
    """The empty letter, and where in it the writing starts."""
    above = f"{letterhead.greeting}\n\n".lstrip()
    below = f"\n\n{letterhead.signed}".rstrip()
    return above + below, len(above)


def placed(letter: str, caret: int, text: str) -> str:
    """The letter with `text` in it at the caret; behind a word it begins a paragraph of its own."""
    before = letter[:caret]
    gap = "\n\n" if before and not before[-1].isspace() else ""
    return before + gap + text + letter[caret:]
