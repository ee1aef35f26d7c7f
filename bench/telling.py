"""Webhook deliveries per second, by one worker, to a local receiver."""

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.people import Called
from bench.server import Instance, Process, databases, fresh
from bench.trees import Tree
from bench.verdicts import Row, heading, judged, spread, tell
from tests.flows.receiver import HOST, Post, Receiver, receiving

AIM = 50
"""Target deliveries per second: the event rate of W1, with one endpoint per event."""
PATIENCE = 300.0
"""Seconds for all deliveries of a round to arrive."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Server that delivers to a receiver, with the secrets by the endpoint's path."""

    instance: Instance
    process: Process
    receiver: Receiver
    secrets: Mapping[str, str]

    @property
    def called(self) -> Called:
        return Called(self.instance, self.process)


@contextmanager
def telling(
    server: str,
    paths: Mapping[str, Sequence[str]],
    *kinds: str,
    **settings: str,
) -> Iterator[Scene]:
    """Server with these endpoint paths for the organizations A and B, and no others."""
    with (
        receiving() as receiver,
        fresh(server, WEBHOOK_ALLOWED_CIDRS=f"{HOST}/32", **settings) as instance,
    ):
        process = instance.process("interviewrelay", "serve", port=instance.port)
        try:
            secrets = {}
            for whose in ("A", "B"):
                called = Called(instance, process, whose)
                called.call("DELETE", f"/api/webhooks/{called.given['webhook_id']}")
                for path in paths.get(whose, ()):
                    body = {"url": receiver.url(path), "events": [*kinds]}
                    status, made = called.call("POST", "/api/webhooks", body)
                    if status != 201:
                        raise RuntimeError(f"a webhook was answered {status}: {made}")
                    secrets[path] = made["secret"]
            yield Scene(instance, process, receiver, secrets)
        finally:
            process.close()


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--events", type=int, default=500, help="events per round, to one endpoint"
    )
    parser.add_argument("--bursts", type=int, default=3, help="number of rounds")


def run(given: argparse.Namespace) -> None:
    for name, server in databases(given):
        heading(f"{name}: deliveries by one worker")
        for endpoints, events in ((1, given.events), (20, max(1, given.events // 10))):
            tell(_measured(server, endpoints, events, given.bursts))


def _measured(server: str, endpoints: int, events: int, bursts: int) -> Row:
    """Seconds from the response of the causing call to the last delivery."""
    name = f"deliveries a second to {endpoints} endpoint{'s' * (endpoints > 1)}"
    paths = [f"ok/{number}" for number in range(endpoints)]
    rates, cpu, wrong = [], [], 0
    with telling(server, {"A": paths}, "invite.created") as scene:
        trees = Tree.of(scene.process), Tree.of_database(scene.instance)
        for _ in range(bursts):
            before = len(scene.receiver.posts)
            wanted = before + events * endpoints
            scene.called.links(events)
            spent, began = sum(t.cpu_seconds() for t in trees), time.monotonic()
            _wait(scene.receiver, wanted)
            told = len(scene.receiver.posts) - before
            wrong += told != events * endpoints
            ended = max((post.at for post in scene.receiver.posts), default=began)
            rates.append(told / max(ended - began, 1e-9))
            cpu.append((sum(t.cpu_seconds() for t in trees) - spent) / max(1, told) * 1_000)
    if wrong:
        return Row(name, "void: not as many arrived as were told", f"≥ {AIM}", "void")
    value = f"{spread(rates, 0)}; {spread(cpu, 1)} ms of CPU each"
    return Row(name, value, f"≥ {AIM}", judged(rates, least=AIM))


def _wait(receiver: Receiver, count: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(receiver.posts) < count and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)  # wait for duplicates


def found(post: Post) -> str:
    """Person that an invitation's event is about."""
    return str(post.event["data"]["email"])
