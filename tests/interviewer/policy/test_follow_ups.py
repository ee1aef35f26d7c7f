"""Which follow-up is asked without a model: in what order, how many, and when enough is enough."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.core.conversation import Decision, Turn
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.policy import follow_up_budgets, salient_follow_ups
from interviewrelay.interviewer.policy.follow_up_kinds import GOAL, PLAIN, PROBE
from interviewrelay.interviewer.state.state import TAKEN_UP
from interviewrelay.interviewer.wording.phrasing import PHRASES

Hold = Callable[..., Any]
Script = Callable[..., Guide]
SKIP = "<skip>"

WEIGHTY = "The shift was long. Nobody had told me that the tape was gone."
LIGHT = "The people in the yard wear green jackets and drive small vans."
MORE = (
    "A man with a red cap opens the gate at six in the morning.",
    "The vans carry bread and flowers to the shops in town.",
    "Most of the drivers come from two villages up the hill.",
    "At noon there is soup from a big pot by the door.",
    "The yard has a roof of tin and a row of poplars.",
    "On Fridays somebody sweeps the floor and counts the crates.",
)

SMALL = (
    "There is a bench of oak under a lantern from the old station.",
    "Two cats sleep on sacks, and a goat eats from a tub.",
    "In spring the puddles are full of tadpoles and blossom.",
    "A bell hangs over the office, and a clerk in a waistcoat rings it.",
    "Chalk marks on the wall count barrels, planks and bales.",
)

STORY = (
    "I grew up on a barge. Nobody else on the canal could read the gauges.",
    "My father kept a black notebook, and I was afraid to touch it.",
    "When the station closed he never said a word about it to me.",
    "The baker was kind, but I lost the job in the winter.",
    "My sister left for Canada, and we didn't hear from her again.",
    "The barge was sold without us, but I still have the old lamp.",
    "Nobody has lit it since. It stands on the sill of my kitchen.",
    "My own son asked me once, and I told him that it was nothing.",
    "He draws herons now, although I never showed him how.",
    "The lock is a restaurant and my school is gone.",
    "I promised my wife to go there, but I have not told her when.",
    "It makes me proud, because they never thought that we would stay.",
    "The coal dust was on our bread, and I was ashamed in the classroom.",
    "An aunt hid us for a week, because the police came to the quay.",
    "In the end I stopped asking, since my uncle shouted at everybody.",
    "Only one of the boats is still there, and no one knows whose.",
    "We were promised a flat in the new street and never got the keys.",
    "I miss the engine at night, I never told the others.",
)
"""What somebody says who goes on telling, each time something of weight."""


def asked(interview: Any) -> list[tuple[Turn, Decision]]:
    return [(turn, turn.decision) for turn in interview.turns if turn.decision is not None]


def probes(interview: Any, question: str = "") -> list[Decision]:
    """The follow-ups so far, of one question or of all."""
    found = [decision for _, decision in asked(interview) if decision.act == acts.PROBE]
    return [one for one in found if not question or one.question_id == question]


def study(*questions: Question, **rest: Any) -> Guide:
    return Guide(name="Study", questions=questions, **{"target_minutes": 60, **rest})


REST = tuple(
    Question(f"z{n}", f"How was part {n} of the year?", depth="none") for n in range(4)
)
NEEDS = (
    Need("who", "who", "Who works there at night?"),
    Need("pay", "pay", "What does the firm pay for a shift?", weight=2.0),
)
YARD = Question(
    "yard",
    "How does the yard run?",
    depth="deep",
    importance="must",
    needs=NEEDS,
    probes=("What would a stranger notice first?",),
)


# --- the order of the sources ---------------------------------------------------------------------


def test_what_carries_weight_comes_first_then_goals_then_probes(hold: Hold) -> None:
    interview = hold(study(YARD, *REST), WEIGHTY, *MORE[:3])
    assert [decision.details["kind"] for decision in probes(interview)] == [
        TAKEN_UP,
        GOAL,
        GOAL,
        PROBE,
    ]
    assert [decision.target for decision in probes(interview)[1:]] == ["pay", "who", "probe 1"]
    assert [decision.source for decision in probes(interview)] == ["template", *["author"] * 3]


def test_the_last_source_is_a_plain_question(hold: Hold) -> None:
    bare = replace(YARD, needs=(), probes=())
    interview = hold(study(bare, *REST), LIGHT)
    (plain,) = probes(interview)
    assert plain.details["kind"] == PLAIN
    assert interview.text in {text for pool in PHRASES["en"].values() for text in pool}


def test_what_the_author_wants_to_know_is_enough(hold: Hold) -> None:
    interview = hold(study(replace(YARD, depth="standard"), *REST), LIGHT, *MORE[:3])
    assert {decision.details["kind"] for decision in probes(interview)} == {GOAL}
    assert interview.asked()[-1] == "z1"


def test_where_nothing_carries_weight_nothing_is_taken_up(hold: Hold) -> None:
    interview = hold(study(YARD, *REST), LIGHT)
    assert probes(interview)[0].details["kind"] == GOAL


def test_a_goal_that_was_told_is_not_asked_for(hold: Hold) -> None:
    told = "The firm does pay well for a shift, about ninety euros and a warm meal."
    interview = hold(study(YARD, *REST), told)
    assert probes(interview)[0].target == "who"


def test_of_equal_goals_that_was_named_in_full_comes_last(hold: Hold) -> None:
    needs = (
        Need("gate", "gate", "Who opens the iron gate?"),
        Need("soup", "soup", "What is in the soup?"),
    )
    yard = replace(YARD, needs=needs, probes=())
    assert probes(hold(study(yard, *REST), LIGHT))[0].target == "gate"
    named = "There is always somebody who opens the big iron gate for the vans."
    assert probes(hold(study(yard, *REST), named))[0].target == "soup"


@pytest.mark.parametrize(
    ("said", "targets"),
    [
        ("We drove to the lake and met a man with a van.", {"then"}),
        ("The vans go out at six and come back at noon.", {"habit"}),
        ("Green, wet, narrow, steep, old", {"list"}),
        ("Fine", {"more"}),
    ],
)
def test_a_plain_question_fits_the_kind_of_answer(
    hold: Hold, said: str, targets: set[str]
) -> None:
    interview = hold(study(Question("a", "How does the yard run?"), *REST), said)
    assert probes(interview)[0].target in targets


def test_a_question_for_a_view_is_asked_for_what_it_is_based_on(hold: Hold) -> None:
    view = Question("a", "What do you think of the new yard?")
    interview = hold(study(view, *REST), "It is a good place for the people from the villages.")
    assert probes(interview)[0].target == "view"


def test_a_wish_is_asked_for_what_would_be_different(hold: Hold) -> None:
    wish = Question("a", "What would you change about the yard?")
    interview = hold(study(wish, *REST), "A roof over the gate, and lights along the wall.")
    assert probes(interview)[0].target == "wish"


# --- budgets --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("depth", "most"), [("none", 0), ("light", 1), ("standard", 2), ("deep", 4)]
)
def test_depth_is_the_budget_beside_what_is_taken_up(hold: Hold, depth: Any, most: int) -> None:
    first = Question("a", "How does the yard run?", depth=depth)
    interview = hold(study(first, *REST))
    for said in STORY:
        if interview.asked()[-1] != "a":
            break
        interview.answer(said)
    kinds = [decision.details["kind"] for decision in probes(interview, "a")]
    assert len(kinds) - kinds.count(TAKEN_UP) <= most
    assert kinds.count(TAKEN_UP) <= salient_follow_ups.MOST_TAKEN_UP[depth]
    assert bool(kinds) is bool(most)


@pytest.mark.parametrize("count", [1, 2])
def test_a_study_of_one_or_two_deep_questions_lives_on_its_follow_ups(
    hold: Hold, count: int
) -> None:
    questions = [
        Question(f"q{n}", f"What do you remember of house number {n}?", depth="deep")
        for n in range(count)
    ]
    interview = hold(study(*questions))
    for said in STORY:
        if interview.move.decision.question_id == "q0":
            interview.answer(said)
    assert 8 <= len(probes(interview, "q0")) <= 15


def test_so_does_one_whose_author_asks_for_much(hold: Hold) -> None:
    asks = (
        "Who lives there?",
        "Which tree is the oldest?",
        "What grows by the wall?",
        "Whose bench is it?",
        "Where is the well?",
    )
    needs = tuple(Need(f"n{n}", "", ask) for n, ask in enumerate(asks))
    interview = hold(study(replace(YARD, needs=needs)))
    for said in (LIGHT, *MORE, *SMALL):
        if interview.act in (acts.ASK, acts.PROBE):
            interview.answer(said)
    kinds = [one.details["kind"] for one in probes(interview)]
    assert 8 <= len(kinds) <= 15
    assert (kinds.count(GOAL), kinds.count(PROBE)) == (len(asks), 1)


def test_three_deep_questions_have_their_depth(hold: Hold) -> None:
    questions = [Question(f"q{n}", f"How was year {n}?", depth="deep") for n in range(3)]
    assert (
        follow_up_budgets.get_budget(study(*questions), questions[0])
        == questions[0].follow_ups
        == 4
    )
    assert follow_up_budgets.get_budget(study(*questions[:2]), questions[0]) == 8
    assert follow_up_budgets.get_budget(study(questions[0]), questions[0]) == 14
    light = Question("l", "How was it?", depth="light")
    assert follow_up_budgets.get_budget(study(light), light) == 1


def test_the_first_question_follows_its_own_depth(hold: Hold) -> None:
    interview = hold(study(YARD, *REST), LIGHT, *MORE[:2])
    assert [decision.question_id for decision in probes(interview)] == ["yard"] * 3


def test_without_time_nothing_is_followed_up(hold: Hold) -> None:
    interview = hold(study(YARD, *REST, target_minutes=5), WEIGHTY, pace=280)
    assert probes(interview) == []


def test_a_question_has_the_seconds_that_its_author_gave_it(hold: Hold) -> None:
    short = replace(YARD, seconds=45)
    interview = hold(study(short, *REST), WEIGHTY, MORE[0], pace=30)
    assert len(probes(interview)) == 1


# --- enough is enough -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Not really.",
        "Just that.",
        WEIGHTY,
        "That's all.",
        "Nothing more to say.",
        "That is about it.",
    ],
)
def test_a_few_words_or_the_same_again_end_it(hold: Hold, said: str) -> None:
    interview = hold(study(replace(YARD, needs=(), probes=()), *REST), WEIGHTY)
    assert interview.act == acts.PROBE
    interview.answer(said)
    assert interview.asked()[-1] == "z0"


def test_a_few_words_are_a_whole_answer_to_a_question_for_a_fact(hold: Hold) -> None:
    needs = (Need("who", "", "Who runs it?"), Need("when", "", "When does it open?"))
    interview = hold(study(replace(YARD, needs=needs, probes=()), *REST), LIGHT, "My aunt.")
    assert interview.move.decision.target == "when"


def test_a_short_answer_that_grows_is_no_repetition(hold: Hold) -> None:
    grown = hold(study(replace(YARD, needs=(), probes=()), *REST), "loud")
    grown.answer("it is loud because of the vans and nobody had told me of them")
    assert grown.act == acts.PROBE


def test_after_that_is_all_the_next_question_comes_at_once(hold: Hold) -> None:
    interview = hold(study(YARD, *REST), "That's all I can say about it.")
    assert probes(interview) == []
    assert interview.text == REST[0].text


def test_who_answers_in_single_words_is_not_asked_for_more(hold: Hold) -> None:
    before = [Question(f"a{n}", f"How was day {n}?", depth="none") for n in range(3)]
    interview = hold(study(*before, YARD, *REST), "Fine.", "Good.", "Okay-ish.", "Busy.")
    assert interview.asked()[-2:] == ["yard", "z0"]
    assert probes(interview) == []


def test_who_wants_it_shorter_is_asked_about_what_is_strong_and_nothing_else(
    hold: Hold,
) -> None:
    before = Question("a", "How was the day?", depth="none", importance="must")
    light = hold(study(before, YARD, *REST), "Shorter, please.", "Fine.", LIGHT)
    assert probes(light) == []
    strong = hold(study(before, YARD, *REST), "Shorter, please.", "Fine.", WEIGHTY)
    strong.answer(STORY[1])
    assert [one.details["kind"] for one in probes(strong)] == [TAKEN_UP]


def test_two_follow_ups_that_bring_nothing_are_enough(hold: Hold) -> None:
    interview = hold(
        study(YARD, *REST), WEIGHTY, "I don't know", "no idea", SKIP, SKIP, SKIP, SKIP
    )
    assert len(probes(interview)) <= 2 + 1
    assert not any(decision.details.get("returns") for decision in probes(interview))


# --- one return -----------------------------------------------------------------------------------

PASSED = "I was ashamed of the gate, because I had promised my father that I would mend it."


def returns(interview: Any) -> list[Decision]:
    return [one for one in probes(interview) if one.details.get("returns")]


def test_at_the_end_it_comes_back_once_to_what_must_be_known(hold: Hold) -> None:
    yard = replace(
        YARD, depth="standard", needs=(*NEEDS, Need("cat", "", "Where does the cat sleep?"))
    )
    interview = hold(study(yard, *REST), LIGHT, *MORE[:2])
    while interview.act == acts.ASK:
        interview.answer("It was as it is in most of the years around here.")
    assert [one.target for one in returns(interview)] == ["cat"]
    interview.answer(MORE[3])
    assert interview.act in acts.CLOSING
    assert len(returns(interview)) == 1


@pytest.mark.parametrize("importance", ["should", "could"])
def test_it_comes_back_to_nothing_else(hold: Hold, importance: Any) -> None:
    yard = replace(
        YARD,
        depth="standard",
        importance=importance,
        needs=(*NEEDS, Need("cat", "", "Where does the cat sleep?")),
    )
    interview = hold(study(yard, *REST), LIGHT, *MORE[:2])
    while interview.act == acts.ASK:
        interview.answer("It was as it is in most of the years around here.")
    assert interview.act in acts.CLOSING
    assert returns(interview) == []


def test_what_weighs_most_and_was_not_gone_into_comes_before_an_open_goal(hold: Hold) -> None:
    yard = replace(YARD, depth="standard")
    heavy = "Nobody ever told my own father, and he was afraid of them until the end."
    interview = hold(study(yard, *REST), LIGHT, heavy)
    while interview.act != acts.ASK:
        interview.answer("There are some vans and a few people in the yard on most days.")
    while interview.act == acts.ASK:
        interview.answer("It was as it is in most of the years around here.")
    back = returns(interview)
    taken = [
        one.details["anchor"] for one in probes(interview) if one.details["kind"] == TAKEN_UP
    ]
    assert len(back) <= 1
    assert taken == [heavy.rstrip(".")]


# --- nothing twice, nothing sensitive, nothing made up --------------------------------------------


@pytest.mark.parametrize("language", ["en", "de", "nl", "fr", "es"])
@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_nothing_is_asked_twice(hold: Hold, language: str, seed: str) -> None:
    guide = study(Question("q0", "What do you remember?", depth="deep"), language=language)
    interview = hold(guide, seed=seed)
    for said in STORY:
        if interview.move.ends or interview.act not in (acts.ASK, acts.PROBE):
            break
        interview.answer(said)
    texts = [turn.text for turn, _ in asked(interview)]
    assert len(texts) == len(set(texts))
    anchors = [
        one.details["anchor"] for one in probes(interview) if one.details["kind"] == TAKEN_UP
    ]
    assert len(anchors) == len(set(anchors))


def test_what_is_said_back_was_said_letter_by_letter(hold: Hold) -> None:
    interview = hold(study(Question("q0", "What do you remember?", depth="deep")))
    told = list(STORY)
    for said in told:
        if interview.act in (acts.ASK, acts.PROBE):
            interview.answer(said)
    anchors = [
        one.details["anchor"] for one in probes(interview) if one.details["kind"] == TAKEN_UP
    ]
    assert anchors
    assert all(any(anchor in said for said in told) for anchor in anchors)


@pytest.mark.parametrize(("sensitivity", "taken"), [(0, True), (1, True), (2, False)])
def test_nothing_is_taken_up_on_a_sensitive_question(
    hold: Hold, sensitivity: int, taken: bool
) -> None:
    bare = replace(YARD, needs=(), probes=(), sensitivity=sensitivity)
    interview = hold(study(bare, *REST), WEIGHTY)
    assert (probes(interview)[0].details["kind"] == TAKEN_UP) is taken


@pytest.mark.parametrize("kind", ["closed", "scale", "fact"])
def test_nothing_is_taken_up_where_no_account_is_asked_for(hold: Hold, kind: Any) -> None:
    bare = replace(
        YARD, text="Was it loud, from 1 to 5?", kind=kind, depth="standard", needs=(), probes=()
    )
    assert probes(hold(study(bare, *REST), f"3. {WEIGHTY}")) == []


@pytest.mark.parametrize("language", ["ar", "tr"])
def test_without_words_of_our_own_only_the_author_asks(hold: Hold, language: str) -> None:
    interview = hold(study(YARD, *REST, language=language), WEIGHTY)
    assert [one.source for one in probes(interview)] == ["author"]
    bare = replace(YARD, needs=(), probes=())
    assert probes(hold(study(bare, *REST, language=language), WEIGHTY)) == []


def test_what_is_left_aside_is_not_taken_up(hold: Hold) -> None:
    bare = replace(YARD, needs=(), probes=(), avoid=("tape",))
    for one in probes(hold(study(bare, *REST), WEIGHTY)):
        assert "tape" not in one.details["line"]


@pytest.mark.parametrize(
    "said",
    [
        "My password is hunter2 and nobody told me that it was lost.",
        "You stupid robot, nobody told me that you never listen.",
        "Nobody told me, and I never told anybody that I stole the money.",
    ],
)
def test_what_is_not_said_back_is_not_asked_for_either(hold: Hold, said: str) -> None:
    bare = replace(YARD, needs=(), probes=())
    interview = hold(study(bare, *REST), said)
    assert not any(word in interview.text for word in ("hunter2", "stupid", "stole"))
    assert [one for one in probes(interview) if one.details["kind"] == TAKEN_UP] == []


def test_the_reason_and_the_signs_are_kept_with_the_turn(hold: Hold) -> None:
    (taken,) = probes(hold(study(YARD, *REST), WEIGHTY))
    assert taken.reason
    assert taken.details["anchor"] == "Nobody had told me that the tape was gone"
    assert taken.details["signs"] == sorted(taken.details["signs"]) != []


def test_the_same_answers_lead_to_the_same_follow_ups(hold: Hold) -> None:
    told = [WEIGHTY, *MORE[:3], *STORY[:3]]
    once, again = (hold(study(YARD, *REST), *told) for _ in range(2))
    assert once.turns == again.turns
