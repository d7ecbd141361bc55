"""What the screen asks in each step, in letters that can be read from the back of the room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One step as it is asked."""

    #: Big, on the screen.
    words: str
    #: On the phone, below it.
    hint: str


QUESTIONS = {
    "scope": Question(
        "Over welk team gaat het?", "Hoe noemen we het, en hoeveel inwoners heeft de gemeente?"
    ),
    "people": Question("Wie werken er aan online?", "Noem jezelf en je collega's. Een functie mag ook."),
    "tasks": Question("Wat doe je echt?", "Vink aan wat je doet. Uren schatten mag."),
    "roles": Question("Welke rollen heb je?", "Een rol is geen functie. Je kunt er meer dan één hebben."),
    "levels": Question(
        "Wat kun je al goed?",
        "Dit vullen we niet samen in. Wat iemand kan, is van die persoon zelf: ieder doet dit later alleen.",
    ),
    "wanted": Question("Welke rollen hebben we nodig?", "Hoeveel, en hier of ergens anders?"),
    "gap": Question("Wat valt je op?", "Kijk naar het beeld op het scherm."),
    "actions": Question("Wat gaan we eraan doen?", "Eén ding per keer, met wie en wanneer."),
    "course": Question(
        "Wat vragen we, en waarom?", "Praat hier samen over. Op je telefoon hoef je niets in te vullen."
    ),
    "again": Question(
        "Wanneer doen we dit opnieuw?",
        "Kies samen een dag, over een half jaar. Op je telefoon hoef je niets in te vullen.",
    ),
}
