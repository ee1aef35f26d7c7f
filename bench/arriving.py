"""W1: a steady rate of events to a healthy endpoint, each body verified in three ways."""

import argparse
import shutil
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from standardwebhooks import Webhook, WebhookVerificationError
from svix.webhooks import Webhook as SvixWebhook, WebhookVerificationError as SvixFault

from bench.people import Called
from bench.telling import Scene, found, telling
from bench.trees import Tree
from bench.verdicts import Row, heading, judged, percentile, tell
from tests.flows.receiver import Post
from tests.verifiers import in_node

SECOND = 1.0
"""Maximum seconds from the commit to the arrival, for 99 in 100 events."""
LONGEST = 240.0
"""Maximum duration in seconds: verifiers refuse bodies older than five minutes."""
LANES = 8
"""Concurrent callers, so that a slow response delays no later event."""


@dataclass(frozen=True, slots=True)
class Told:
    """Times of the call that caused an event: start and response."""

    began: float
    answered: float


def run(name: str, server: str, given: argparse.Namespace) -> None:
    seconds = min(given.seconds, LONGEST)
    heading(f"{name}: W1, {given.rate:g} events per second for {seconds:g} s, one worker")
    with telling(server, {"A": ["ok"]}, "invite.created") as scene:
        trees = Tree.of(scene.process), Tree.of_database(scene.instance)
        scene.called.links(20)  # warm-up
        time.sleep(2)
        heard = len(scene.receiver.posts)
        spent = sum(tree.cpu_seconds() for tree in trees)
        told = steadily(scene.called, given.rate, seconds)
        until = time.monotonic() + 30
        while len(scene.receiver.posts) - heard < len(told) and time.monotonic() < until:
            time.sleep(0.05)
        spent = sum(tree.cpu_seconds() for tree in trees) - spent
        posts = scene.receiver.posts[heard:]
        tell(*rows(told, posts, given.rate), *_verified(scene, posts))
        tell(
            Row(
                "CPU an event, with the call that causes it",
                f"{spent / len(told) * 1e3:.1f} ms",
            )
        )


def steadily(called: Called, rate: float, seconds: float) -> dict[str, Told]:
    """Send invitations at fixed times, and return who each was for."""
    told: dict[str, Told] = {}
    begun, mark = time.monotonic(), time.time_ns()

    def lane(first: int) -> None:
        for number in range(first, int(rate * seconds), LANES):
            time.sleep(max(0.0, begun + number / rate - time.monotonic()))
            email, began = f"w{number}.{mark}@bench.example", time.monotonic()
            called.invite([email])
            told[email] = Told(began, time.monotonic())

    threads = [threading.Thread(target=lane, args=(first,)) for first in range(LANES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def rows(told: dict[str, Told], posts: Sequence[Post], rate: float) -> list[Row]:
    """Table rows. The commit is between a call and its response, so the wait is measured from
    the call on.
    """
    arrived: dict[str, float] = {}
    for post in posts:
        arrived[found(post)] = min(post.at, arrived.get(found(post), post.at))
    waits = [arrived[email] - one.began for email, one in told.items() if email in arrived]
    least = [max(0.0, arrived[e] - one.answered) for e, one in told.items() if e in arrived]
    missing = len(told.keys() - arrived.keys())
    twice = sum(count - 1 for count in Counter(p.headers["webhook-id"] for p in posts).values())
    began = [one.began for one in told.values()]
    real = (len(told) - 1) / max(1e-9, max(began) - min(began)) if len(told) > 1 else 0.0
    asked = Row("events per second", f"{real:.1f}", f"≥ {rate * 0.98:.0f}",
                judged([real], least=rate * 0.98))  # fmt: skip
    gone = Row("missing", f"{missing} of {len(told)}", "0", judged([missing], most=0))
    if not waits:
        return [asked, gone]
    shown = ", ".join(f"p{p} {percentile(waits, p) * 1e3:.0f}" for p in (50, 95, 99, 100))
    late = percentile(waits, 99)
    return [
        asked,
        Row("ms from the call to the arrival", shown, f"p99 ≤ {SECOND * 1e3:.0f}",
            judged([late], most=SECOND)),
        Row("ms from the call's answer to the arrival, p99", f"{percentile(least, 99) * 1e3:.0f}"),
        gone,
        Row("duplicates", str(twice), "0", judged([twice], most=0)),
    ]  # fmt: skip


def _verified(scene: Scene, posts: Sequence[Post]) -> list[Row]:
    """Verify each body as each library documents it."""
    secret, aim = scene.secrets["ok"], f"{len(posts)} of {len(posts)}"
    ways = {
        "verified by standardwebhooks": sum(_standard(secret, post) for post in posts),
        "verified by svix": sum(_svix(secret, post) for post in posts),
    }
    made = [Row(name, f"{n} of {len(posts)}", aim, judged([n], least=max(1, len(posts))))
            for name, n in ways.items()]  # fmt: skip
    name = "verified by both samples in Node"
    if shutil.which("node") is None:
        return [*made, Row(name, "not looked at: Node is not installed", aim, "UNSURE")]
    both = sum(all(one) for one in in_node([(p.body, secret, p.headers) for p in posts]))
    return [
        *made,
        Row(name, f"{both} of {len(posts)}", aim, judged([both], least=max(1, len(posts)))),
    ]


def _standard(secret: str, post: Post) -> bool:
    try:
        Webhook(secret).verify(post.body.decode(), post.headers)
    except WebhookVerificationError:
        return False
    return True


def _svix(secret: str, post: Post) -> bool:
    try:
        SvixWebhook(secret).verify(post.body, post.headers)
    except SvixFault:
        return False
    return True
