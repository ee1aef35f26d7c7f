"""What is different between two versions of a script."""

import random
from typing import Any

import pytest

from interviewrelay.scripts import diff
from interviewrelay.scripts.diff import compare_documents, compare_texts
from interviewrelay.scripts.document import ScriptDocument

THREE = [{"id": key, "text": f"Text of {key}."} for key in "abc"]


def document(questions: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    given = {"name": "S", "questions": questions or THREE, **more}
    return ScriptDocument.model_validate(given).document()


def told(difference: Any) -> list[tuple[Any, ...]]:
    return [(q.before, q.after, q.moved, len(q.fields)) for q in difference.questions]


def test_the_same_is_no_difference() -> None:
    assert not compare_documents(document(), document())


def test_added_and_removed_questions_stand_where_they_are() -> None:
    new = document([THREE[0], {"id": "n", "text": "New."}, THREE[2]])
    difference = compare_documents(document(), new)
    assert [(q.before, q.after) for q in difference.questions] == [(2, None), (None, 2)]
    assert difference.questions[1].fields[0].pieces == [("new", "New.")]
    assert difference.questions[0].fields[0].pieces == [("gone", "Text of b.")]


def test_only_what_was_moved_counts_as_moved() -> None:
    new = document([THREE[2], THREE[0], THREE[1]])
    assert told(compare_documents(document(), new)) == [(3, 1, True, 0)]
    # What comes first, or goes, moves nobody else.
    more = document([{"id": "n", "text": "New."}, *THREE])
    assert [q.after for q in compare_documents(document(), more).questions] == [1]
    assert [q.before for q in compare_documents(more, document()).questions] == [1]


def test_a_question_may_be_moved_and_changed() -> None:
    new = document(
        [{**THREE[1], "text": "Text of all b.", "depth": "deep"}, THREE[0], THREE[2]]
    )
    (change,) = compare_documents(document(), new).questions
    assert (change.before, change.after, change.moved) == (2, 1, True)
    assert [f.label for f in change.fields] == ["Question", "Follow-ups"]
    assert list(change.fields[0].pieces) == [
        ("same", "Text of "),
        ("new", "all "),
        ("same", "b."),
    ]


def test_needs_conditions_and_the_whole_are_told_in_words() -> None:
    need = {"id": "n1", "label": "how long", "ask": "How long?", "cues": ["hour"], "weight": 2}
    condition = {"question": "a", "op": "contains", "value": "x"}
    changed = {
        **THREE[1],
        "needs": [need],
        "skip_if": condition,
        "expected": {"wants": ["time"]},
    }
    new = document(
        [THREE[0], changed, THREE[2]],
        purpose="To learn.",
        closing={"check_back": False},
        resources={"NL": "113"},
        reporting={"Desk": "desk@example.org"},
    )
    difference = compare_documents(document(), new)
    words = {f.label: "".join(t for k, t in f.pieces) for f in difference.questions[0].fields}
    assert words["Learning goals"] == "how long; asked as “How long?”; cues: hour; weight 2"
    assert words["Skip if"] == "Skipped if the answer to question 1 contains “x”"
    assert words["Expected answer"] == "wants: time"
    whole = {f.label: "".join(t for k, t in f.pieces if k == "new") for f in difference.fields}
    assert whole == {
        "Purpose": "To learn.",
        "Summarizes key answers": "no",
        "Where to find help": "NL: 113",
        "Where to report a concern": "Desk: desk@example.org",
    }


def test_a_condition_that_only_counts_anew_is_no_change() -> None:
    asked = {**THREE[2], "ask_if": {"question": "a", "op": "answered"}}
    old = document([*THREE[:2], asked])
    new = document([THREE[1], THREE[0], asked])
    assert [q.moved for q in compare_documents(old, new).questions] == [True]


@pytest.mark.parametrize("seed", range(20))
def test_both_texts_can_be_read_off_the_pieces(seed: int) -> None:
    draw = random.Random(seed)
    old, new = (" ".join(draw.choices(["ab", "cd", "\n", "ef"], k=30)) for _ in range(2))
    pieces = compare_texts(old, new)
    assert "".join(t for k, t in pieces if k != "new") == old
    assert "".join(t for k, t in pieces if k != "gone") == new


def test_very_long_texts_are_compared_by_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff, "MOST_WORK", 10)
    assert compare_texts("one two\nthree", "one four\nthree") == [
        ("gone", "one two\n"),
        ("new", "one four\n"),
        ("same", "three"),
    ]
