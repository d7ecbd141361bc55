"""The ten steps of the teamplotter, in order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step; `name` stands in forms, `title` on screen."""

    name: str
    title: str
    #: What one does there, in a sentence.
    about: str
    #: It is filled in for one person at a time.
    is_per_person: bool = False

    @property
    def template(self) -> str:
        """What draws it."""
        return f"team/_{self.name}.html"


STEPS = (
    Step("scope", "Afbakening", "Over welk team gaat het, en hoe groot is de gemeente?"),
    Step("people", "Mensen", "Wie werken er aan online, en hoeveel uur per week? Een functie mag ook."),
    Step("tasks", "Taken", "Wat doet ieder echt, en wie neemt het over?", is_per_person=True),
    Step(
        "roles",
        "Rollen",
        "Welke rollen horen daarbij? Wij stellen ze voor, jullie kiezen.",
        is_per_person=True,
    ),
    Step("levels", "Competenties", "Wat zie je iemand doen?", is_per_person=True),
    Step("wanted", "Gewenst", "Welke rollen willen jullie, hoeveel, en waar?"),
    Step("gap", "Het beeld", "Wat is er, wat ontbreekt en wat is kwetsbaar?"),
    Step("actions", "Acties", "Wat gaan jullie eraan doen?"),
    Step("course", "De A4", "Wat vragen jullie, en waarom?"),
    Step("again", "Bewaren", "Neem de plot mee, en doe het over een half jaar opnieuw."),
)
NAMES = tuple(each.name for each in STEPS)


def step_called(name: str) -> Step:
    """The step with this name; the first for a name that is none."""
    return next((each for each in STEPS if each.name == name), STEPS[0])


def next_of(step: Step) -> Step | None:
    """The step after it; None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def previous_of(step: Step) -> Step | None:
    """The step before it; None before the first."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else None
