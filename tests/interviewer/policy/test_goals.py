"""Learning goals: which are still open, which were told without being asked for, which were touched."""

from datetime import UTC, datetime

import pytest

from interviewrelay.interviewer.guide import Need, Question
from interviewrelay.interviewer.policy import open_goals
from interviewrelay.interviewer.state.state import State, Thread

AT = datetime(2026, 1, 1, 9, tzinfo=UTC)
HELP = Need("help", "who helped", "Which neighbours helped to repair the roof?")
WAIT = Need("wait", "the wait", "How long did you wait?")
COLOUR = Need("colour", "the colour", "What colour was it?")
LABEL = Need("label", "the broken heating")
HOUSE = Question("house", "What happened to your house?", needs=(HELP, WAIT, COLOUR, LABEL))
OTHER = Question("other", "How is your work going?")


def after(*answers: str, on: Question = HOUSE) -> State:
    """Where an interview stands after these answers to one question."""
    state = State(threads={"house": Thread("house", AT)})
    state.threads[on.id] = Thread(on.id, AT, answers=list(answers))
    return state


# --- open -----------------------------------------------------------------------------------------


def test_all_goals_are_open_at_first_in_the_authors_order() -> None:
    assert open_goals.list_open_goals(State(), HOUSE) == [HELP, WAIT, COLOUR, LABEL]


@pytest.mark.parametrize(
    ("status", "left"), [("touched", True), ("covered", False), ("declined", False)]
)
def test_a_goal_that_was_only_touched_is_open(status: str, left: bool) -> None:
    state = State(needs={"house/help": status})
    assert (HELP in open_goals.list_open_goals(state, HOUSE)) is left


def test_a_goal_that_was_asked_for_is_not_open_any_more() -> None:
    state = State(needs_asked={"house/help"})
    assert open_goals.list_open_goals(state, HOUSE) == [WAIT, COLOUR, LABEL]


# --- told -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Two neighbours came and helped us for a week to repair the whole roof.",
        "It was a bad winter. Our neighbours were kind and helped us for weeks. They repaired the roof.",
    ],
)
def test_a_goal_is_told_when_a_sentence_or_two_name_what_it_asks_for(said: str) -> None:
    assert open_goals.is_told(HOUSE, HELP, after(said), "en")
    assert open_goals.is_told(HOUSE, HELP, after(said, on=OTHER), "en")


@pytest.mark.parametrize(
    "said",
    [
        "The neighbours.",
        "The roof was old and the windows were broken too.",
        "Neighbours, roof, help.",
        "Our neighbours moved away. We sold the car. Then somebody helped us. The roof came last.",
    ],
)
def test_a_word_or_two_by_chance_tell_no_goal(said: str) -> None:
    assert not open_goals.is_told(HOUSE, HELP, after(said), "en")


def test_one_word_alone_never_tells_a_goal() -> None:
    said = "The colour of the whole thing was what all of them talked about."
    assert not open_goals.is_told(HOUSE, COLOUR, after(said), "en")


def test_a_fact_is_told_by_its_figure_on_the_same_question() -> None:
    assert open_goals.is_told(HOUSE, WAIT, after("It was three weeks until they came."), "en")
    assert open_goals.is_told(HOUSE, WAIT, after("There was no wait at all."), "en")
    assert not open_goals.is_told(HOUSE, WAIT, after("It was ages until they came."), "en")


def test_on_another_question_a_figure_tells_it_only_on_the_same_matter() -> None:
    elsewhere = after("I have been with the company for ten years now.", on=OTHER)
    assert not open_goals.is_told(HOUSE, WAIT, elsewhere, "en")
    assert open_goals.is_told(HOUSE, WAIT, after("I waited ten weeks for it.", on=OTHER), "en")


# --- touched --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "share", "touched"),
    [
        ("The neighbours came over with a ladder and helped.", 0.5, True),
        ("Our neighbours helped to repair the roof.", 1.0, True),
        ("The roof was old.", 0.25, False),
        ("Nothing much.", 0.0, False),
    ],
)
def test_a_goal_is_touched_when_half_of_it_is_named(
    said: str, share: float, touched: bool
) -> None:
    assert open_goals.get_named_share(HOUSE, HELP, [said], "en") == share
    assert open_goals.is_touched(HOUSE, HELP, [said], "en") is touched


def test_what_the_question_names_itself_touches_nothing() -> None:
    ask = Need("n", "", "What happened to your house in the storm?")
    question = Question("house", "What happened to your house?", needs=(ask,))
    assert not open_goals.is_touched(question, ask, ["My house is a small house."], "en")
    assert open_goals.is_touched(question, ask, ["Then the storm came."], "en")


def test_a_goal_without_words_of_its_own_goes_by_its_name() -> None:
    assert open_goals.is_touched(HOUSE, LABEL, ["The heating broke in the first winter."], "en")
    assert not open_goals.is_touched(HOUSE, LABEL, ["The garden was lovely."], "en")


def test_nothing_is_touched_where_nothing_was_said() -> None:
    assert open_goals.get_named_share(HOUSE, HELP, [], "en") == 0.0
    bare = Need("bare", "")
    assert not open_goals.is_told(Question("q", "Why?", needs=(bare,)), bare, State(), "en")


@pytest.mark.parametrize(
    ("language", "question", "ask", "told", "not_told"),
    [
        (
            "de",
            "Was geschah mit Ihrem Haus?",
            "Welche Nachbarn haben das Dach repariert?",
            "Zwei Nachbarn kamen mit einer Leiter und haben das ganze Dach repariert.",
            "Der Garten war groß und die Fenster waren neu.",
        ),
        (
            "nl",
            "Wat gebeurde er met uw huis?",
            "Welke buren hebben het dak gerepareerd?",
            "Twee buren kwamen met een ladder en hebben het hele dak gerepareerd.",
            "De tuin was groot en de ramen waren nieuw.",
        ),
        (
            "fr",
            "Qu'est-il arrivé à votre maison ?",
            "Quels voisins ont réparé le toit ?",
            "Deux voisins sont venus avec une échelle et ont réparé tout le toit.",
            "Le jardin était grand et les fenêtres étaient neuves.",
        ),
        (
            "es",
            "¿Qué pasó con su casa?",
            "¿Qué vecinos repararon el tejado?",
            "Dos vecinos vinieron con una escalera y repararon todo el tejado.",
            "El jardín era grande y las ventanas eran nuevas.",
        ),
    ],
)
def test_it_is_so_in_each_language(
    language: str, question: str, ask: str, told: str, not_told: str
) -> None:
    need = Need("n", "", ask)
    asked = Question("house", question, needs=(need,))
    assert open_goals.is_told(asked, need, after(told), language)
    assert not open_goals.is_told(asked, need, after(not_told), language)
