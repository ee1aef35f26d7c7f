"""A reply is read as it stands or repaired, and what has not the form is left away."""

import json

import pytest

from interviewrelay.interviewer.model import reply
from interviewrelay.interviewer.model.reply import NotedWords, ProposedMove, parse_reply, unmask

MOVE = {
    "act": "follow_up",
    "target": "q1",
    "evidence": "my knee",
    "acknowledgement": "Your knee.",
    "question": "What happened then?",
}
WHOLE = {
    "heard": "It was the knee.",
    "moves": [MOVE, {**MOVE, "act": "next"}],
    "coverage": [{"goal": "wait", "status": "covered", "quote": "an hour"}],
    "threads": [{"quote": "my son", "why": "twice named", "goal": None}],
    "contradiction": {"a": "never", "b": "twice"},
    "exhausted": True,
    "wants": ["stop", "language:de", "a pony", 3],
    "care": "distress",
    "incident": {"quote": "the wrong drug", "why": "a danger"},
}


def test_a_whole_reply_is_read():
    found = parse_reply(json.dumps(WHOLE))
    assert found.moves == (
        ProposedMove("follow_up", "q1", "my knee", "Your knee.", "What happened then?"),
        ProposedMove("next", "q1", "my knee", "Your knee.", "What happened then?"),
    )
    assert (found.heard, found.exhausted, found.care) == ("It was the knee.", True, "distress")
    assert found.wants == ("stop", "language:de")
    assert found.contradiction == ("never", "twice")
    assert found.incident == NotedWords("the wrong drug", "a danger")
    assert [(c.goal, c.status, c.quote) for c in found.coverage] == [
        ("wait", "covered", "an hour")
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Here it is:\n```json\n{json.dumps(WHOLE)}\n```",
        f"<think>hm, a question</think>{json.dumps(WHOLE)}",
        json.dumps(WHOLE)[:-30],
        json.dumps(WHOLE).replace('"heard"', "heard"),
    ],
    ids=["fenced", "thought", "cut off", "unquoted"],
)
def test_a_reply_is_repaired(text):
    found = parse_reply(text)
    assert found is not None
    assert found.moves[0].question == "What happened then?"


@pytest.mark.parametrize(
    "text",
    [
        *("", "What happened then?", "[1, 2]", "{}", '{"moves": []}', '{"moves": "none"}'),
        *('{"moves": [{"act": "dance", "question": "?"}]}', '{"moves": [3]}'),
        "x" * (reply.LONGEST_REPLY + 1),
        '{"a":' * 3_000,
    ],
)
def test_what_holds_no_move_is_no_reply(text):
    assert parse_reply(text) is None


@pytest.mark.parametrize(
    "name", ["heard", "coverage", "threads", "contradiction", "wants", "care", "incident"]
)
@pytest.mark.parametrize("wrong", [None, 3, "x", [3], [{}], {}, True])
def test_a_part_of_another_form_is_left_away(name, wrong):
    found = parse_reply(json.dumps({**WHOLE, name: wrong}))
    assert found is not None
    assert found.moves


def test_what_is_no_character_is_marked():
    text = json.dumps(WHOLE).replace("then", "th\\ud83den\\u0000")
    assert parse_reply(text).moves[0].question == "What happened th\ufffden\ufffd?"


def test_stand_ins_are_put_back_everywhere():
    def show(text):
        return text.replace("knee", "elbow")

    found = unmask(parse_reply(json.dumps(WHOLE)), show)
    assert found.heard == "It was the elbow."
    assert found.moves[0].evidence == "my elbow"
