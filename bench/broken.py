"""W4: twenty endpoints that drip, never end or announce huge bodies, beside twenty healthy ones."""

import argparse
import threading
import time
from typing import Self

from bench.people import Called
from bench.telling import Scene, found, telling
from bench.trees import Tree
from bench.verdicts import Row, heading, judged, percentile, tell

WAYS = ("drip", "endless", "promises", "headers", "hangs")
EACH = 4
HEALTHY = 20
SLOW_EVENTS = 4
"""Events per broken endpoint: two in progress, two waiting behind them."""
EVENTS = 10
"""Events per healthy endpoint."""
LATE = 5.0
"""Maximum seconds to a healthy endpoint, for 99 in 100 events."""
GROWTH = 16.0
"""Maximum growth in MiB."""
ATTEMPT = 15.0
"""Maximum seconds of an attempt."""
LOOKS = 20.0
"""Seconds until every broken attempt has ended."""


def run(name: str, server: str, _given: argparse.Namespace) -> None:
    heading(f"{name}: W4, {EACH * len(WAYS)} broken endpoints beside {HEALTHY} healthy ones")
    paths = {
        "A": [f"{way}/{number}" for way in WAYS for number in range(EACH)],
        "B": [f"ok/{number}" for number in range(HEALTHY)],
    }
    with telling(server, paths, "invite.created") as scene:
        healthy = Called(scene.instance, scene.process, "B")
        healthy.links(EVENTS)  # warm-up
        scene.receiver.wait_for(EVENTS * HEALTHY, seconds=60)
        time.sleep(2)
        with Peak(Tree.of(scene.process)) as peak:
            begun = time.monotonic()
            scene.called.links(SLOW_EVENTS)
            scene.receiver.wait_for(EVENTS * HEALTHY + EACH * len(WAYS), seconds=60)
            waits, missing = _heard(scene, healthy)
            time.sleep(max(0.0, begun + LOOKS - time.monotonic()))
        tell(*rows(waits, missing, peak, _longest(scene)))


class Peak:
    """Peak memory of a process tree while it is watched, and its memory before, in MiB."""

    def __init__(self, tree: Tree) -> None:
        self._tree, self._over = tree, threading.Event()
        self.before = self.most = tree.pss_mib()
        self._thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self._over.wait(0.25):
            self.most = max(self.most, self._tree.pss_mib())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def _heard(scene: Scene, healthy: Called) -> tuple[list[float], int]:
    """Seconds from the call to the arrival for each event and healthy endpoint, and the number
    of missing events.
    """
    mark, began = time.time_ns(), time.monotonic()
    emails = {f"h{number}.{mark}@bench.example" for number in range(EVENTS)}
    healthy.invite(sorted(emails))
    wanted = EVENTS * HEALTHY
    waits: list[float] = []
    while len(waits) < wanted and time.monotonic() < began + 3 * LATE:
        time.sleep(0.1)
        posts = [post for post in scene.receiver.posts if post.path.startswith("/ok/")]
        waits = [post.at - began for post in posts if found(post) in emails]
    return waits, wanted - len(waits)


def _longest(scene: Scene) -> float:
    """Seconds of the longest attempt at a broken endpoint."""
    _, told = scene.called.call("GET", "/api/webhooks?limit=100")
    longest = 0.0
    for webhook in told["webhooks"]:
        path = f"/api/webhooks/{webhook['id']}/deliveries?limit=100"
        _, log = scene.called.call("GET", path)
        attempts = [a["duration_ms"] for d in log["deliveries"] for a in d["attempts"]]
        longest = max([longest, *(took / 1_000 for took in attempts)])
    return longest


def rows(waits: list[float], missing: int, peak: Peak, longest: float) -> list[Row]:
    late = percentile(waits, 99) if waits else float("inf")
    grown = peak.most - peak.before
    return [
        Row("seconds to a healthy endpoint, p99", f"{late:.2f}", f"≤ {LATE:g}",
            judged([late], most=LATE)),
        Row("missing at healthy endpoints", str(missing), "0", judged([missing], most=0)),
        Row("memory of the server and its worker",
            f"{grown:+.1f} MiB on {peak.before:.0f}", f"≤ +{GROWTH:g} MiB",
            judged([grown], most=GROWTH)),
        Row("seconds of the longest attempt", f"{longest:.1f}", f"≤ {ATTEMPT:g} plus a little",
            judged([longest], most=ATTEMPT + 0.5)),
    ]  # fmt: skip
