"""Interviews while the model, the network, the database and the server fail."""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from bench.adversity.outcomes import Outcome, outcome, report
from bench.adversity.trial import Held, Trial
from bench.interviews import material, personas, routes, sheets
from tests import model_stand_in
from tests.model_sayings import SAYS
from tests.model_stand_in import KEY, Endpoint

TOPICS: Final = 2
"""Questions per script. Many short interviews test more than a few long ones."""

MINUTES: Final = 10
THREADS: Final = "32"
"""Threads of the server; half of them may wait for the model."""
AT_ONCE: Final = 16
"""Interviews in progress when the server is killed."""

WELL: Final = ("valid", "fenced in Markdown", "wrong content type", "no number", "slow")
AWAY: Final = (
    *("429", "hangs up", "HTML", "500", "empty", "resets the line", "cut off", "503", "401"),
    *("invalid UTF-8", "redirects", "no HTTP", "huge output", "no choices", "packs unasked"),
    *("streams unasked", "calls a tool", "no body", "blank"),
)
SLOW: Final = ("late", "stalled stream", "hangs", "drips")
REFUSED: Final = tuple(name for name in SAYS if name not in (*WELL, *AWAY))
"""Behaviours of the model: correct, unavailable, too slow, or breaking the rules."""

ONLY_AWAY: Final = 4
"""In one of this many batches the model never works, so that the circuit breaker opens."""


@dataclass(slots=True)
class Measured:
    """Outcomes of all interviews, and how often the model behaved in which way."""

    outcomes: list[Outcome]
    behaved: Counter[str]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=1000, help="number of interviews")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="without slow models")


def run(given: argparse.Namespace) -> None:
    began = time.monotonic()
    measured = measure(given.runs, given.seed, quick=given.quick)
    kept = report(measured.outcomes, measured.behaved)
    print(f"{given.runs} interviews in {time.monotonic() - began:.0f} s")
    if not kept:
        raise SystemExit(1)


def measure(runs: int, seed: int, *, quick: bool, **settings: str) -> Measured:
    """Hold all interviews in batches, killing the server during each batch, and read the results
    after one more kill. Settings are the server's, by their upper-case names.
    """
    draw, held, behaved = random.Random(seed), list[Held](), Counter[str]()
    studies = [material.shortened(material.study(name), TOPICS) for name in material.STUDIES]
    with model_stand_in.serving() as endpoint, _served(endpoint, settings) as host:
        for study in studies:
            host.publish(study, MINUTES)
        trials = [Trial(host, number, _person(studies, number, seed)) for number in range(runs)]
        for batch, begin in enumerate(range(0, runs, AT_ONCE)):
            manners = list(_manners(draw, batch, AWAY if quick else (*AWAY, *SLOW)))
            endpoint.behave(*manners)
            held += _hold(host, trials[begin : begin + AT_ONCE], draw.uniform(0.3, 2.0))
            behaved.update(manners[n % len(manners)] for n in range(len(endpoint.calls())))
        host.kill()
        host.start()
        return Measured([outcome(host, one) for one in held], behaved)


def _served(
    endpoint: Endpoint, settings: Mapping[str, str]
) -> AbstractContextManager[routes.Host]:
    model = {"LLM_BASE_URL": endpoint.base, "LLM_MODEL": "tiny", "LLM_API_KEY": KEY}
    return routes.served(**{**model, "THREADS": THREADS, **settings})


def _person(studies: list[material.Study], number: int, seed: int) -> sheets.Sheet:
    """Person for a number: cycles through all kinds, with another study in each cycle."""
    kinds = list(personas.KINDS)
    rounds, place = divmod(number, len(kinds))
    study, kind = studies[(rounds + place) % len(studies)], kinds[place]
    return sheets.sheet(study, number, seed, kind, personas.KINDS[kind].patience)


def _manners(draw: random.Random, batch: int, failing: Sequence[str]) -> Iterator[str]:
    """Behaviours of the model, call by call: one in five calls fails, or all do."""
    away = draw.sample(failing, len(failing))
    if batch % ONLY_AWAY == ONLY_AWAY - 1:
        yield from away
        return
    for number, name in enumerate(away):
        yield from (draw.choice(WELL), draw.choice(REFUSED), name)
        yield from (draw.choice(WELL), REFUSED[(batch + number) % len(REFUSED)])


def _hold(host: routes.Host, trials: list[Trial], seconds: float) -> list[Held]:
    """Hold a batch of interviews. After `seconds` the server is killed and restarted."""
    with ThreadPoolExecutor(len(trials)) as people:
        held = [people.submit(trial.hold) for trial in trials]
        time.sleep(seconds)
        host.kill()
        host.start()
        return [one.result() for one in held]
