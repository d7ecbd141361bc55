"""Which steps are taken, read from what an organisation has."""

import pytest

from mijngemeente.beginning.rules import TEXTS, Progress, Standing, Step, state_words

ALL = Standing(
    has_telephone=True,
    has_theme=True,
    has_mail=True,
    has_question=True,
    has_answered=True,
    answering=2,
    invited=1,
    has_hours=True,
    has_rules=True,
    answers=10,
)


@pytest.mark.parametrize(
    ("standing", "taken"),
    [
        (Standing(), set()),
        (Standing(has_telephone=True), {Step.NAME}),
        (Standing(has_mail=True), {Step.MAILBOX}),
        (Standing(has_question=True), {Step.MAILBOX}),
        (Standing(answering=1), {Step.COLLEAGUES}),
        (Standing(invited=1), {Step.COLLEAGUES}),
        (Standing(answers=9), set()),
        (Standing(answers=10), {Step.ANSWERS}),
        (ALL, set(Step)),
    ],
)
def test_a_step_is_taken_when_what_it_asks_is_there(standing, taken):
    assert Progress(standing).taken == taken


def test_all_steps_without_an_answer_is_not_the_whole_story():
    assert Progress(ALL).is_complete
    assert not Progress(Standing(**{**vars(ALL), "has_answered": False})).is_complete


@pytest.mark.parametrize(
    ("standing", "step", "following"),
    [
        (Standing(), None, Step.NAME),
        (Standing(), Step.NAME, Step.THEME),
        (Standing(has_theme=True), Step.NAME, Step.MAILBOX),
        (Standing(), Step.ANSWERS, Step.NAME),
        (ALL, Step.HOURS, None),
        (Standing(**{**vars(ALL), "answers": 9}), Step.ANSWERS, None),
    ],
)
def test_the_next_step_goes_on_and_then_around(standing, step, following):
    assert Progress(standing).after(step) == following


@pytest.mark.parametrize(
    ("standing", "step", "words"),
    [
        (Standing(), Step.MAILBOX, "Het webformulier werkt. Er kwam nog geen vraag binnen."),
        (Standing(has_question=True), Step.MAILBOX, "De eerste vraag kwam binnen."),
        (ALL, Step.MAILBOX, "Jullie mail is gekoppeld."),
        (Standing(), Step.COLLEAGUES, "Nog niemand kan antwoorden."),
        (Standing(answering=1), Step.COLLEAGUES, "1 persoon kan antwoorden."),
        (ALL, Step.COLLEAGUES, "2 mensen kunnen antwoorden. 1 uitnodiging wacht."),
        (Standing(invited=2), Step.COLLEAGUES, "Nog niemand kan antwoorden. 2 uitnodigingen wachten."),
        (Standing(answers=3), Step.ANSWERS, "3 van 10 antwoorden."),
    ],
)
def test_a_step_says_how_it_stands(standing, step, words):
    assert state_words(step, standing) == words


def test_all_of_it_fits_in_half_an_hour():
    assert sum(each.minutes for each in TEXTS.values()) <= 30
    assert list(TEXTS) == list(Step)
