"""Time from an answer to the next question on the server, compared with a bare function that
stores both.
"""

import argparse
import itertools
import random
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bench.server import Caller, Instance, free_port, fresh

ANSWERS = (
    "I took the bus at seven because the car was with my son, and the entrance had moved.",
    "About forty minutes in the corridor, and nobody told us anything.",
    "The nurse explained every step and drew a small picture for me.",
    "Half a day off work, and eleven euro for the bus.",
    "I would switch the screen on, so that one knows how many people are before.",
    "No, that is all.",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5, help="number of rounds A B A B …")
    parser.add_argument(
        "--at-once", type=int, default=0, help="hold this many interviews at once instead"
    )
    parser.add_argument("--pause", type=float, default=2.0, help="average seconds to think")


def run(given: argparse.Namespace) -> None:
    if given.at_once:
        together(given.at_once, given.pause, given.turns)
        return
    instance = Instance()
    ours = instance.process("interviewrelay", "serve", port=instance.port)
    floor_port = free_port()
    a = instance.fixtures["A"]
    floor = instance.process(
        "bench.floor", str(instance.database), str(floor_port), a["org_id"], port=floor_port
    )
    try:
        asked = turns(Caller(instance.port), instance)
        stored = inserts(Caller(floor_port), a["session_id"])
        for stream in (asked, stored):  # warm-up
            list(itertools.islice(stream, 10))
        times: dict[str, list[float]] = {"interviewrelay": [], "floor": []}
        cpu = {"interviewrelay": 0.0, "floor": 0.0}
        ratios = []
        each = max(1, given.turns // given.rounds)
        for _ in range(given.rounds):
            for name, stream, process in (
                ("interviewrelay", asked, ours),
                ("floor", stored, floor),
            ):
                before = process.cpu_seconds
                times[name] += list(itertools.islice(stream, each))
                cpu[name] += process.cpu_seconds - before
            last = [statistics.median(times[name][-each:]) for name in times]
            ratios.append(last[0] / last[1])
        report(times, cpu, ratios)
    finally:
        ours.close()
        floor.close()
        instance.close()


def together(interviews: int, pause: float, count: int) -> None:
    """Hold interviews at the same time, with participants who think before they answer (by
    default a tenth as long as people do).
    """
    with fresh() as instance:
        process = instance.process("interviewrelay", "serve", port=instance.port)
        try:
            list(itertools.islice(turns(Caller(instance.port), instance), 10))  # warm-up
            before = process.cpu_seconds
            one = partial(_thinking, instance, pause, max(1, count // interviews))
            with ThreadPoolExecutor(interviews) as pool:
                taken_by_all = list(itertools.chain(*pool.map(one, range(interviews))))
            spent = process.cpu_seconds - before
        finally:
            process.close()
    cuts = [f"{cut * 1000:.1f}" for cut in statistics.quantiles(taken_by_all, n=100)]
    print(f"{interviews} interviews at once, {pause} s to think, {len(taken_by_all)} turns: "
          f"p50 {cuts[49]}, p95 {cuts[94]}, p99 {cuts[98]} ms; "
          f"CPU {spent / len(taken_by_all) * 1000:.1f} ms a turn")  # fmt: skip


def _thinking(instance: Instance, pause: float, count: int, number: int) -> list[float]:
    draw, taken = random.Random(number), list[float]()
    stream = turns(Caller(instance.port), instance)
    for _ in range(count):
        time.sleep(draw.uniform(0, 2 * pause))
        taken.append(next(stream))
    return taken


def report(times: dict[str, list[float]], cpu: dict[str, float], ratios: list[float]) -> None:
    print("| variant | turns | p50 ms | p95 ms | p99 ms | CPU ms a turn |")
    print("|---|---|---|---|---|---|")
    for name, taken in times.items():
        cuts = statistics.quantiles(taken, n=100)
        milli = [f"{cuts[at] * 1000:.1f}" for at in (49, 94, 98)]
        each = cpu[name] / len(taken) * 1000
        print(f"| {name} | {len(taken)} | {' | '.join(milli)} | {each:.2f} |")
    ours, floor = (
        statistics.quantiles(times[n], n=100)[94] for n in ("interviewrelay", "floor")
    )
    median, low, high = statistics.median(ratios), min(ratios), max(ratios)
    spread = f"p50 {median:.2f} [{low:.2f}–{high:.2f}]"
    print(f"ratio to the floor: {spread}, p95 {ours / floor:.2f}, ", end="")
    print(f"CPU {cpu['interviewrelay'] / max(cpu['floor'], 1e-9):.1f}")


def turns(caller: Caller, instance: Instance) -> Iterator[float]:
    """Seconds of each turn, interview after interview, endlessly."""
    for _ in itertools.count():
        path, number = begin(caller, instance)
        for text in itertools.cycle(ANSWERS):
            began = time.perf_counter()
            status, reply = caller.call(
                "POST", f"{path}/turns", {"number": number, "text": text}
            )
            yield time.perf_counter() - began
            if status != 201:
                raise RuntimeError(f"a turn was answered {status}: {reply}")
            if reply["turn"] is None:
                break
            number = reply["next_number"]


def begin(caller: Caller, instance: Instance) -> tuple[str, int]:
    """Start an interview: its path and the number of its first answer."""
    a = instance.fixtures["A"]
    headers = {"Authorization": f"Bearer {a['key_owner']}"}
    email = f"bench-{time.time_ns()}@example.com"
    _, made = caller.call(
        "POST",
        f"/api/campaigns/{a['campaign_id']}/invites",
        {"emails": [email], "send_email": False},
        headers,
    )
    path = f"/interview/{made['invites'][0]['token']}"
    status, reached = caller.call("POST", f"{path}/start", {"consent": True})
    if status != 201:
        raise RuntimeError(f"a start was answered {status}: {reached}")
    return path, reached["next_number"]


def inserts(caller: Caller, session_id: str) -> Iterator[float]:
    """Seconds of each pair of inserts, endlessly."""
    for number in itertools.count(100_000, 2):
        text = ANSWERS[number // 2 % len(ANSWERS)]
        began = time.perf_counter()
        said = {"number": number, "text": text}
        status, _ = caller.call("POST", f"/interview/{session_id}/turns", said)
        yield time.perf_counter() - began
        if status != 201:
            raise RuntimeError(f"the floor answered {status}")
