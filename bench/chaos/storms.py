"""Repeated kills of the server group under load: at random (D1, together with D4), and right
after a confirmation (D3).
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bench.chaos.clients import crowd
from bench.chaos.host import Host
from bench.chaos.judging import judged
from bench.chaos.logos import uploading
from bench.chaos.stored import read
from bench.chaos.table import Row
from interviewrelay import factory
from interviewrelay.core import clock
from interviewrelay.core.config import settings
from interviewrelay.core.db import session
from interviewrelay.runtime.stored_files import LOGOS, SETTLES, delete_stray_files

SHORTEST, LONGEST = 0.02, 0.6
"""Seconds that a server lives once it is ready."""
TALKING: Final = 1.0
"""Seconds within which someone must get a confirmation."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a run: seconds for a restart (D1), and the time (monotonic) after which nothing
    is killed.
    """

    ready: float
    until: float


def at_random(host: Host, kills: int, seed: int, limits: Limits) -> Iterator[Row]:
    """Kill the group a number of times, unless the time is over, also during uploads (D4)."""
    row = Row("D1 killed at random", host.database, "0 lost, 0 doubled", within=limits.ready)
    files = Row("D4 killed in an upload", host.database, "complete or absent, no strays")
    draw, campaign = random.Random(seed), host.campaign("Killed at random")
    restarts = []
    with uploading(host, seed) as owner, crowd(host, campaign, seed) as people:
        for _ in range(kills):
            if time.monotonic() > limits.until:
                break
            time.sleep(draw.uniform(SHORTEST, LONGEST))
            host.kill()
            restarts.append(host.start())
            owner.look()
        record = people.end()
        owner.end()
    _close(host, row, restarts, kills)
    row.take(record, judged(record, read(host, campaign)))
    yield row
    owner.look()
    files.kills, files.short_of, files.finding = row.kills, row.short_of, owner.finding
    files.asked, files.acknowledged = owner.asked, owner.acknowledged
    if (left := _swept(host)) > 1:
        files.finding.wrong.append(f"{left} files of one logo are left")
    yield files


def once_saved(host: Host, turns: int, seed: int, limits: Limits) -> Iterator[Row]:
    """Kill the group right after confirmations, until enough turns were confirmed."""
    row = Row("D3 killed once saved", host.database, "0 missing, resends stored once")
    draw, campaign = random.Random(seed), host.campaign("Killed once saved")
    restarts = []
    with crowd(host, campaign, seed, talk=True) as people:
        while people.turns < turns and time.monotonic() < limits.until:
            time.sleep(draw.uniform(SHORTEST, LONGEST))
            people.saved.clear()
            people.saved.wait(TALKING)
            host.kill()
            restarts.append(host.start())
        enough = people.turns >= turns
        record = people.end()
    _close(host, row, restarts, 1)
    finding = judged(record, read(host, campaign))
    if not enough:
        finding.wrong.append(f"time ran out after {len(record.turns)} of {turns} turns")
    row.take(record, finding)
    yield row


def _swept(host: Host) -> int:
    """Number of logo files left after a cleanup."""
    app = factory.create_app(settings.read_settings(host.instance.environment))
    with app.app_context(), clock.freeze_at(clock.now() + 2 * SETTLES):
        delete_stray_files(app.extensions["services"])
        session.dispose()
    return len(list(host.instance.folder.rglob(f"{LOGOS}*")))


def _close(host: Host, row: Row, restarts: list[float], kills: int) -> None:
    """Kill once more, so that nothing is read that only a living server would still store."""
    host.kill()
    row.kills, row.slowest = len(restarts), max(restarts, default=None)
    if len(restarts) < kills:
        row.short_of = f"time ran out after {len(restarts)} of {kills} kills"
    host.start()
