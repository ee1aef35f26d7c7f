"""How the questions of a script follow one another."""

from typing import Any

import pytest

from interviewrelay.scripts import flow as script_flow


def question(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "text": key.upper(), "ask_if": None, "skip_if": None, **more}


def on(key: str, op: str = "answered", value: str = "") -> dict[str, str]:
    return {"question": key, "op": op, "value": value}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (on("a"), "Asked only if question 1 was answered"),
        (on("a", value="No"), "Asked only if question 1 was not answered"),
        (on("a", "equals", "yes"), "Asked only if the answer to question 1 is “yes”"),
        (on("a", "contains", "x"), "Asked only if the answer to question 1 contains “x”"),
        (on("a", "lt", "5"), "Asked only if the answer to question 1 is less than 5"),
        (on("a", "gt", "5"), "Asked only if the answer to question 1 is more than 5"),
        (on("z"), "Asked only if question “z”, which doesn’t exist, was answered"),
    ],
)
def test_a_condition_is_told_as_a_sentence(condition: dict[str, str], words: str) -> None:
    questions = [question("a"), question("b", ask_if=condition)]
    assert script_flow.describe_conditions(questions[1], questions) == [words]


def test_arcs_that_run_beside_one_another_have_lanes_of_their_own() -> None:
    flow = script_flow.build_flow(
        {
            "questions": [
                question("a"),
                question("b", ask_if=on("a")),
                question("c", ask_if=on("b"), skip_if=on("a")),
            ]
        }
    )
    assert [(a.start, a.end, a.lane, a.skips) for a in flow.arcs] == [
        (0, 1, 0, False),
        (0, 2, 1, True),
        (1, 2, 0, False),
    ]
    assert flow.lanes == 2


def test_what_leads_nowhere_or_back_has_words_and_no_arc() -> None:
    flow = script_flow.build_flow(
        {
            "questions": [
                question("a", ask_if=on("b"), skip_if=on("a")),
                question("b", ask_if=on("z")),
            ]
        }
    )
    assert flow.arcs == []
    assert [len(step.conditions) for step in flow.steps] == [2, 1]


def test_many_arcs_share_the_last_lane() -> None:
    names = [f"q{n}" for n in range(12)]
    later = [question(n, skip_if=on(names[at])) for at, n in enumerate(names[6:])]
    flow = script_flow.build_flow(
        {"questions": [*map(question, names[:6]), *later, question("x", ask_if=on("q0"))]}
    )
    assert flow.lanes == script_flow.MOST_LANES
