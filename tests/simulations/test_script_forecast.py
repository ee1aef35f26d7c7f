"""What a script may come to, by interviews with people who are played."""

import pytest

from interviewrelay.billing import prices
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.scripts import templates
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.simulations import script_forecast
from interviewrelay.simulations.simulated_participant import PERSONAS
from tests.factories import DOCUMENT

SCRIPT = ScriptDocument.model_validate(DOCUMENT).document()


def test_everybody_is_played_and_the_same_each_time() -> None:
    made = script_forecast.build_forecast(SCRIPT, budget=600)
    assert {p.persona for p in made.played} == set(PERSONAS)
    assert made.left_out == ()
    assert made == script_forecast.build_forecast(SCRIPT, budget=600)
    assert all(p.answers and p.asked <= p.total for p in made.played)


def test_figures_are_those_of_the_interviews() -> None:
    made = script_forecast.build_forecast(SCRIPT, budget=600)
    least, middle, most = made.seconds
    lasted = sorted(p.seconds for p in made.played)
    assert (least, middle, most) == (lasted[0], lasted[5], lasted[-1])
    assert [p.credits for p in made.played] == [
        prices.get_price(p.seconds) for p in made.played
    ]
    whole = sum(p.credits for p in made.played)
    assert made.credits(len(made.played)) == whole
    assert made.credits(1_100) == 100 * whole


def test_what_is_found_out_is_counted_by_interviews() -> None:
    made = script_forecast.build_forecast(SCRIPT, budget=600)
    (need,) = made.needs
    assert (need.question, need.label) == (2, "how long it took")
    assert need.found == sum(len(p.known) for p in made.played)
    by_name = {p.persona: p for p in made.played}
    assert len(by_name["cooperative"].known) == 1
    assert len(by_name["gibberish"].known) <= len(by_name["cooperative"].known)


def test_there_is_always_one_and_the_rest_waits_for_no_one() -> None:
    template = templates.find_template("thesis")
    assert template
    made = script_forecast.build_forecast(template.document, budget=0)
    assert [p.persona for p in made.played] == [script_forecast.ORDER[0]]
    assert made.left_out == script_forecast.ORDER[1:]


def test_one_person_cannot_keep_it_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_forecast, "MOST_ANSWERS", 2)
    assert {p.answers for p in script_forecast.build_forecast(SCRIPT, budget=600).played} <= {
        1,
        2,
    }


def test_a_script_that_cannot_be_held_is_refused() -> None:
    asked = {"text": "T", "ask_if": {"question": "gone", "op": "answered"}}
    broken = ScriptDocument.model_validate({"name": "S", "questions": [asked]}).document()
    with pytest.raises(InvalidParameter):
        script_forecast.build_forecast(broken)
