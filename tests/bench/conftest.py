"""A small study to ask about, and one person who knows four things of each of two matters."""

import pytest

from bench.interviews.material import Line, Need, Study
from bench.interviews.sheets import Fact, Sheet

WAIT, COST = 0, 1


def _need(name, topic, label, ask, *heard, cues=()):
    return Need(name, topic, label, ask, cues, heard, (Line(0, frozenset(), False, "x"),))


STUDY = Study(
    id="health",
    name="Small",
    script={"name": "Small", "questions": []},
    topics=("How did the visit to the clinic go?", "What did the treatment cost you?"),
    musts=(True, False),
    needs=(
        _need(
            "wait", 0, "the waiting", "How long did you sit in the corridor?",
            "the delay before you were seen", cues=("corridor", "queue"),
        ),
        _need(
            "price", 1, "the bill", "Which bills did the insurance refuse?",
            "expenses out of your own pocket", cues=("insurance", "bill"),
        ),
    ),
    leads=("the staff were rude",),
)  # fmt: skip


def _fact(need, level, text, *types, parent=-1, anchors=(), weight=1, after=0):
    return Fact(need, level, weight, text, frozenset(types), anchors, parent, after)


FACTS = (
    _fact(WAIT, 0, "The corridor was full of people."),
    _fact(WAIT, 1, "A broken lamp flickered above us.", anchors=("a broken lamp",)),
    _fact(WAIT, 2, "Two hours passed until noon.", "time", "number"),
    _fact(WAIT, 2, "A moth danced there all morning.", "example", parent=1),
    _fact(COST, 0, "The insurance paid half."),
    _fact(COST, 1, "The crutches were mine to pay."),
    _fact(COST, 3, "I borrowed from my brother.", after=3),
    _fact(COST, 4, "I stole the crutches."),
)


@pytest.fixture
def person():
    """Makes a sheet of the small study."""

    def made(kind="cooperative", verbosity="high", patience=6.0, facts=FACTS):
        return Sheet("small-00", STUDY, 7, kind, verbosity, patience, 0.0, facts)

    return made
