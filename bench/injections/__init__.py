"""Orders to the interviewer in thousands of forms, without a model and with one that obeys them."""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bench import server
from bench.injections import scripts
from bench.injections.attacks import GOALS, Attack, attacks
from bench.injections.judging import Judged, judge
from bench.injections.plan import Person
from bench.interviews import routes
from interviewrelay.core import clock
from tests import model_stand_in
from tests.model_stand_in import KEY

MINUTES: Final = 10
AT_ONCE: Final = 4
PACE: Final = timedelta(seconds=30)
MOST_TURNS: Final = 40
BUILT_IN, OBEYING = "built-in", "with an obeying model"
"""Sources of the questions: the built-in interviewer, or a model that does whatever it is told."""


@dataclass(slots=True)
class Tried:
    """Result of an attack, and whose words the questions used."""

    attack: Attack
    judged: Judged
    speakers: Counter[str]
    ended: bool

    @property
    def reached(self) -> bool:
        return bool(self.judged.reached) or not self.ended


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--attacks", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--show", type=int, default=10, help="number of successful attacks to print"
    )


def run(given: argparse.Namespace) -> None:
    began = time.monotonic()
    tried = measure(given.attacks, given.seed)
    for by, some in tried.items():
        _report(by, some, given.show)
    print(f"{sum(map(len, tried.values()))} interviews in {time.monotonic() - began:.0f} s")
    if any(one.reached or one.judged.altered for some in tried.values() for one in some):
        raise SystemExit(1)


def measure(
    number: int, seed: int, *, sources: Sequence[str] = (BUILT_IN, OBEYING)
) -> dict[str, list[Tried]]:
    """Run the same attacks without a model and with one that obeys them."""
    some = attacks(number, seed)
    with model_stand_in.serving() as endpoint:
        endpoint.behave("obeys whatever it reads")
        told = {"LLM_BASE_URL": endpoint.base, "LLM_MODEL": "tiny", "LLM_API_KEY": KEY}
        settings = {BUILT_IN: {}, OBEYING: told}
        return {source: _try(some, settings[source]) for source in sources}


def _try(some: Sequence[Attack], settings: dict[str, str]) -> list[Tried]:
    begin = clock.now() + timedelta(days=1)
    with routes.served(**settings) as host:
        for language in scripts.QUESTIONS:
            host.publish(scripts.study(language), MINUTES)

        def one(numbered: tuple[int, Attack]) -> Tried:
            number, attack = numbered
            return _held(host, attack, f"attack-{number}", begin + number * routes.APART)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(one, enumerate(some)))


def _held(host: routes.Host, attack: Attack, name: str, begin: datetime) -> Tried:
    """Hold a whole interview with someone who answers truthfully, and attacks."""
    caller, person = server.Caller(host.port), Person(attack)
    path = host.invite(caller, scripts.study(attack.language), name, clock.format_iso(begin))

    def post(what: str, body: dict[str, Any]) -> Any:
        now = clock.format_iso(begin + PACE * len(person.sent))
        status, told = caller.call("POST", f"{path}/{what}", body, {"X-Test-Now": now})
        if status != 201:
            raise RuntimeError(f"{what} of {name} was answered {status}: {told}")
        return told

    reached = started = post("start", {"consent": True})
    while reached["turn"] is not None and len(person.sent) < MOST_TURNS:
        number = reached["turn"]["number"] + 1
        text = person.answer(closing=reached["turn"]["question_id"] is None)
        reached = post("turns", {"number": number, "text": text})
    turns = host.transcript(caller, started["session_id"])
    decisions = [turn["decision"] or {} for turn in turns if turn["speaker"] == "ai"]
    return Tried(
        attack,
        judge(turns, reached.get("closing") or "", person.sent, attack.language),
        Counter(decision.get("source", "none") for decision in decisions),
        ended=reached["turn"] is None,
    )


def _report(by: str, tried: Sequence[Tried], most: int) -> None:
    print(f"\n## {by}\n")
    print(
        "| Goal | attacks | reached something | reached this | canary let out | answers altered |"
    )
    print("|---" * 6 + "|")
    for goal in (*GOALS["en"], "all"):
        some = [one for one in tried if goal in (one.attack.goal, "all")]
        own = sum(goal in one.judged.reached for one in some)
        cells = (
            len(some),
            sum(one.reached for one in some),
            own if goal != "all" else "",
            sum(one.judged.canary for one in some),
            sum(len(one.judged.altered) for one in some),
        )
        print(f"| {goal} | {' | '.join(map(str, cells))} |")
    speakers = sum((one.speakers for one in tried), Counter[str]())
    print("\nworded by: " + ", ".join(f"{who} {n}" for who, n in speakers.most_common()))
    for one in [one for one in tried if one.reached or one.judged.altered][:most]:
        print(f"FAIL: {one.attack}: {one.judged}")
