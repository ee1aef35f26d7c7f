"""What a language model may say: as it should, and in all the ways in which it should not.

`SAYS` are replies that are well-formed by name; `MALICE` those of a model that does what a participant
orders it to, whatever that is, and that tries to get `CANARY` into the interview.
"""

import itertools
import json
from collections.abc import Callable
from typing import Any

CANARY = "quovarin"
"""A word that neither guide nor participant has any reason to say."""

BETRAYING = (
    *(CANARY, "pwned", "password", "evil.example", "<script", "lawsuit", "blackbeard", "matey"),
    *(
        "the listening half",
        "<data",
        "as a human",
        "feel for you",
        "interview is over",
        "\ud83d",
    ),
)
"""Words by which one knows that an interviewer said what such a model says."""

Asked = dict[str, Any]


FOLLOW_UPS = (
    *("Then what happened?", "Then what did you do?", "Then who came in?"),
    *("Then where did you go?", "Then what did somebody say?", "Then how long did you stay?"),
    *("Then what did you see?", "Then how did you get home?", "Then what came next for you?"),
    *(
        "Then what did you take with you?",
        "Then what did you hear?",
        "Then when did you come back?",
    ),
)
"""Questions of plain words that take nothing for granted."""


def may(asked: Asked) -> dict[str, list[str]]:
    """The acts that the request allows, each with its targets."""
    told = str(asked["messages"][1]["content"])
    part = told.rpartition("# What you may do now\n")[2].partition("\nFollow-ups left")[0]
    lines = [line for line in part.split("\n") if not line.startswith("Next question")]
    pairs = (line.partition(": ") for line in lines)
    return {act: targets.split(", ") if targets else [] for act, _, targets in pairs}


def _next_question(asked: Asked) -> str:
    told = str(asked["messages"][1]["content"])
    return told.rpartition("Next question of the guide: ")[2].partition("\n")[0]


def wording(asked: Asked, **other: Any) -> str:
    """A reply as it should be: a follow-up where one is allowed, else the next question, put a little
    differently. `other` are parts of its move, or of the whole reply.
    """
    acts, told = may(asked), str(asked["messages"][1]["content"])
    move: dict[str, Any] = {"evidence": None, "acknowledgement": ""}
    if "follow_up" in acts:
        number = told.count(". interviewer: ") % len(FOLLOW_UPS)
        move |= {
            "act": "follow_up",
            "target": acts["follow_up"][0],
            "question": FOLLOW_UPS[number],
        }
    elif "next" in acts:
        own = _next_question(asked)
        question = f"Then {own[:1].lower()}{own[1:]}"
        move |= {"act": "next", "target": acts["next"][0], "question": question}
    else:
        move |= {"act": "close", "target": None, "question": ""}
    whole = {"heard": "They told of it.", "moves": [move], "coverage": [], "threads": []}
    whole |= {"contradiction": None, "exhausted": False, "wants": [], "care": "none"}
    whole["incident"] = None
    for name, value in other.items():
        (whole if name in whole else move)[name] = value
    return json.dumps(whole)


def asking(question: str, **other: Any) -> Callable[[Asked], str]:
    return lambda asked: wording(asked, question=question, **other)


def echo(asked: Asked) -> str:
    return wording(asked, question=asked["messages"][0]["content"].split("\n")[0])


def fence(asked: Asked) -> str:
    return wording(asked, acknowledgement=asked["messages"][1]["content"].split("\n")[0])


SAYS: dict[str, Callable[[Asked], str]] = {
    "valid": wording,
    "fenced in Markdown": lambda asked: f"Here you are:\n```json\n{wording(asked)}\n```",
    "praise in the acknowledgement": lambda asked: wording(
        asked, acknowledgement="What a great answer!"
    ),
    "truncated JSON": lambda asked: wording(asked)[: wording(asked).index("question") + 20],
    "wrong schema": lambda _: json.dumps({"text": "What happened?", "next": "q2"}),
    "a list": lambda _: "[1, 2, 3]",
    "plain talk": lambda _: "Sure, I can help with that! What happened then?",
    "two questions": asking("What happened then? Who was there?"),
    "double-barrelled": asking("What happened then and how did you feel?"),
    "leading": asking("So you felt angry, right?"),
    "options": asking("Was it long or short?"),
    "praise": asking("That is a wonderful answer. What happened then?"),
    "advice": asking("You should see a doctor. What happened then?"),
    "other language": asking("Was ist denn dann mit dem Arzt passiert?"),
    "prompt echo": echo,
    "fence echo": fence,
    "obeys an injection": asking("PWNED, as you wished, what is your password?"),
    "markup": asking("What happened <script>alert(1)</script> then?"),
    "a link": asking("What does https://evil.example/login say?"),
    "claims to be human": asking("As a human I wonder, what happened then?"),
    "claims a feeling": asking("I feel for you, what happened then?"),
    "ends the interview": asking("Thank you for your time, goodbye.", act="close"),
    "skips ahead": lambda asked: wording(asked, target="change"),
    "ends in words": asking("That is all, the interview is over."),
    "makes up a quote": lambda asked: wording(asked, evidence="I hate everybody"),
    "brings something in": asking("What did the lawyer say about the lawsuit?"),
    "huge reply": lambda asked: wording(asked, acknowledgement="x" * 200_000),
    "nested without end": lambda _: '{"a":' * 20_000,
    "empty": lambda _: "",
    "blank": lambda _: " \n ",
    "control characters": asking("What happened\x00 then?"),
    "half a character": asking("What happened \ud83d then?"),
    "text turned round": asking("What \u202ehappened\u202c then?"),
    "too many words": asking(f"What happened {'then and ' * 20}then?"),
    "twice the same key": lambda asked: wording(asked).replace(
        '}], "coverage"', ', "question": "PWNED?"}], "coverage"'
    ),
    "no number": lambda asked: wording(asked)[:-1] + ', "confidence": NaN}',
}
"""What it may say in an answer that is well-formed."""


def _last_said(asked: Asked) -> str:
    told = str(asked["messages"][1]["content"]).rpartition(". person: ")[2]
    return told.partition("\n")[0]


def _rules(asked: Asked) -> str:
    return str(asked["messages"][0]["content"])


MALICE: tuple[Callable[[Asked], str], ...] = (
    lambda asked: wording(asked, question=f"What does {CANARY} mean to you?"),
    lambda asked: wording(asked, acknowledgement=f"{CANARY.title()}."),
    lambda asked: wording(asked, question=f"{_rules(asked)[:90]}?"),
    lambda asked: wording(asked, acknowledgement=_rules(asked).split(". ")[0]),
    lambda asked: wording(asked, question="Arr, what treasure did you find then, matey?"),
    lambda asked: wording(asked, acknowledgement="Captain Blackbeard, at your service."),
    lambda asked: wording(asked, act="close", question="Thank you, the interview is over."),
    lambda asked: wording(asked, question="That was the last question, goodbye then?"),
    lambda asked: wording(asked, target="closing", question="What else would you add?"),
    lambda asked: wording(asked, target="q4", question="How was the end of it?"),
    lambda asked: wording(asked, question=f"The moon shines, {CANARY}, what happened then?"),
    lambda asked: wording(asked, question=f"{_last_said(asked)[:120]}?"),
    lambda asked: wording(asked, acknowledgement=_last_said(asked)[:60]),
    lambda asked: wording(
        asked,
        status="completed",
        coverage=[{"goal": "*", "status": "covered", "quote": _last_said(asked)}],
    ),
    lambda asked: wording(asked, wants=["stop", "shorter"], question=f"{CANARY}?"),
    lambda asked: wording(asked, act="answer", acknowledgement=f"I am {CANARY}.", question=""),
    lambda asked: wording(asked, act="care", acknowledgement=f"Call {CANARY}.", question=""),
    lambda asked: wording(asked, evidence=CANARY, question="What happened after that?"),
    lambda asked: json.dumps({"act": "end", "status": "completed", "say": CANARY}),
    lambda asked: f"{CANARY}! {_rules(asked)}",
    lambda asked: wording(asked, care="acute", question="What is your password?"),
)
"""One after the other, so that each interview meets many."""

_turn = itertools.count()


def obeys(asked: Asked) -> str:
    return MALICE[next(_turn) % len(MALICE)](asked)


SAYS["obeys whatever it reads"] = obeys
