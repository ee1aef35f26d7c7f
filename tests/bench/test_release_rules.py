"""What a simulated participant tells, and what not."""

import pytest

from bench.interviews import heard, mind, personas
from bench.interviews.heard import Heard
from bench.interviews.mind import Mind, Mood
from bench.interviews.participant import Rules

from .conftest import COST, WAIT


def ask(sheet, *questions):
    """The outcomes of questions in a row, and the mood after them."""
    rules, mood, outcomes = Mind(sheet), Mood(), []
    for question in questions:
        mood, outcome = rules.answer(mood, question)
        outcomes.append(outcome)
    return mood, outcomes


OPEN = Heard(heard.OPEN, 0)
NEED = Heard(heard.NEED, 0, WAIT)


def test_an_open_question_brings_what_lies_on_top(person):
    _, [outcome] = ask(person(), OPEN)
    assert outcome == mind.Outcome(mind.TOLD, (0,))


def test_asking_for_one_matter_goes_a_level_at_a_time(person):
    _, outcomes = ask(person(), NEED, NEED, NEED)
    assert [o.facts for o in outcomes] == [(0,), (1,), ()]


def test_the_right_kind_of_question_opens_what_lies_deeper(person):
    for_time = Heard(heard.NEED, 0, WAIT, types=frozenset({"time"}))
    for_reason = Heard(heard.NEED, 0, WAIT, types=frozenset({"reason"}))
    assert 2 in ask(person(), for_time)[1][0].facts
    assert 2 not in ask(person(), for_reason)[1][0].facts


def test_what_hangs_on_something_told_comes_when_one_returns_to_it(person):
    back = Heard(heard.ANCHORED, 0, WAIT, anchor=1)
    _, outcomes = ask(person(), NEED, NEED, back)
    assert outcomes[-1].facts[0] == 3


def test_terse_people_tell_one_thing_at_a_time(person):
    back = Heard(heard.ANCHORED, 0, WAIT, anchor=0)
    low = ask(person(verbosity="low"), OPEN, back)[1][-1].facts
    high = ask(person(), OPEN, back)[1][-1].facts
    assert (len(low), len(high)) == (1, 2)


def test_a_child_is_never_told_before_its_parent(person):
    for_example = Heard(heard.NEED, 0, WAIT, types=frozenset({"example"}))
    assert 3 not in ask(person(), for_example)[1][0].facts


def test_a_wish_for_more_works_once_a_matter(person):
    more = Heard(heard.CONTINUER)
    _, outcomes = ask(person(), OPEN, more, more)
    assert [o.facts for o in outcomes] == [(0,), (1,), ()]


def test_sensitive_facts_need_time_and_no_pressure(person):
    price = Heard(heard.NEED, 1, COST)
    early = ask(person(), price, price, price)[1]
    assert all(6 not in o.facts for o in early)
    late = ask(person(), OPEN, price, price, price)[1]
    assert late[-1].facts == (6,)
    pressed = Heard(heard.LEADING)
    late = ask(person(), OPEN, price, price, pressed, price)[1]
    assert 6 not in late[-1].facts


def test_decoys_are_never_told(person):
    price = Heard(heard.NEED, 1, COST, types=frozenset({"example", "time", "reason"}))
    mood, _ = ask(person(patience=99), OPEN, *[price] * 10)
    assert not mood.told >> 7 & 1


def test_a_closed_question_brings_one_thing_at_most(person):
    closed = Heard(heard.CLOSED, 0, WAIT)
    _, outcomes = ask(person(), closed, closed)
    assert outcomes == [mind.Outcome(mind.TOLD, (0,)), mind.Outcome(mind.YES)]


def test_two_questions_answer_the_last_and_lock_the_first(person):
    double = Heard(heard.DOUBLE, 1, locked=WAIT)
    _, outcomes = ask(person(), double, NEED, NEED, NEED)
    assert outcomes[0].facts == (4,)
    assert outcomes[1].facts == ()
    assert outcomes[-1].facts == (0,)


@pytest.mark.parametrize("kind", [heard.LEADING, heard.OPTION])
def test_who_is_led_agrees_and_tells_nothing(person, kind):
    _, [outcome] = ask(person(), Heard(kind, lead=0))
    assert (outcome.kind, outcome.facts) == (mind.AGREED, ())


def test_repetition_vexes_more_than_a_miss(person):
    again = Heard(heard.OPEN, 0, text="how did it go")
    assert ask(person(), OPEN, OPEN)[0].annoyance == 0.5  # level 1 is still there to ask for
    assert ask(person(), again, again)[0].annoyance == 1.5
    everything = ask(person(), NEED, NEED, NEED)[0]
    assert everything.annoyance == 1.0
    assert ask(person(), Heard(heard.NEED))[0].annoyance == 0.5


def test_going_further_in_vain_is_a_miss_and_no_repetition(person):
    further = Heard(heard.ANCHORED, 0, WAIT, types=frozenset({"reason"}))
    mood, outcomes = ask(person(), NEED, NEED, further)
    assert (outcomes[-1].kind, mood.annoyance) == (mind.MISSED, 0.5)


def test_the_closing_question_brings_two_things_at_most(person):
    _, [outcome] = ask(person(), Heard(heard.CLOSING))
    assert len(outcome.facts) == 2


def test_a_dump_brings_nothing(person):
    assert ask(person(), Heard(heard.DUMP))[1] == [mind.Outcome(mind.MISSED)]


def test_a_refused_topic_brings_nothing_however_it_is_asked(person):
    sheet = person(kind="refuser")
    assert personas.refused_topics(sheet) == {1}
    rules, mood = Rules(sheet), Mood()
    for asked in (Heard(heard.OPEN, 1), Heard(heard.NEED, 1, COST)):
        mood, outcome, event = rules.step(mood, asked)
        assert (event, outcome.facts) == (personas.REFUSE, ())


def test_who_wants_to_stop_says_so_until_it_is_done(person):
    rules, mood, events = Rules(person(kind="early_stopper", patience=99)), Mood(), []
    for _ in range(10):
        mood, _, event = rules.step(mood, Heard(heard.NEED, 0, WAIT))
        events.append(event)
    assert events == [""] * 7 + [personas.STOP] * 3


def test_who_answers_early_tells_of_the_next_topic(person):
    _, outcome, _ = Rules(person(kind="early_answerer")).step(Mood(), OPEN)
    assert outcome.facts == (0, 4)
