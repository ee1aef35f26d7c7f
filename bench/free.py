"""The Free plan at several processes: how many calls pass, and what a kill of all forgets."""

import argparse
import os
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from bench.server import Instance, Process

LIMIT = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--calls", type=int, default=600)
    parser.add_argument("--callers", type=int, default=16)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--redis", default=os.environ.get("TEST_REDIS_URL"), help="its address")


def run(given: argparse.Namespace) -> None:
    for name, url in {"embedded": None, "redis": given.redis}.items():
        if name == "embedded" or url:
            _measure(name, {"REDIS_URL": url} if url else {}, given)


def _measure(name: str, more: dict[str, str], given: argparse.Namespace) -> None:
    instance = Instance()
    instance.environment |= {"PROCESSES": str(given.processes), **more}
    keys = [instance.fixtures["FREE"][which] for which in ("key_owner", "key_second")]
    ours = _served(instance)
    try:
        with ThreadPoolExecutor(given.callers) as callers:
            asked = (keys[n % 2] for n in range(given.calls))
            told = Counter(callers.map(lambda key: _ask(instance.port, key), asked))
        killed = ours.kill()
        ours = _served(instance)
        after = _ask(instance.port, keys[0])
    finally:
        ours.close()
        instance.close()
    print(
        f"{name}: {given.calls} calls by {given.callers} callers, {given.processes} processes: ",
        end="",
    )
    print(
        f"{dict(sorted(told.items()))}; after kill -9 of {len(killed)} and a restart: {after}; ",
        end="",
    )
    print("PASS" if told[200] == LIMIT and after == 429 else "FAIL", flush=True)


def _served(instance: Instance) -> Process:
    return instance.process("interviewrelay", "serve", port=instance.port)


def _ask(port: int, key: str) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/api/projects", headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code
