"""Participants who think before they answer, any number of them in one thread."""

import asyncio
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bench.load import Connection, request
from bench.rows import Writer
from bench.server import Instance, Process
from bench.turn import ANSWERS

MOST_INVITES = 1_000
"""Maximum invites in one call."""


@dataclass
class Heard:
    """Waiting times of participants in seconds; `wrong` has unexpected responses."""

    openings: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class People:
    """Participants of one server, each with their own address.

    They open their link, start, think, answer, and take another link when the interview ends.
    `think` is the range of seconds before each answer; all waiting is done by `sleep`.
    """

    def __init__(
        self,
        port: int,
        links: Iterator[str],
        think: tuple[float, float],
        seed: int = 1,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._sleep = sleep
        self._port, self._links, self._think = port, links, think
        self._drawn = random.Random(seed)
        self._numbers = itertools.count(1)
        self._runner = asyncio.Runner()  # connections belong to the loop that opened them

    def hold(
        self, count: int, settle: float, seconds: float, look: Callable[[], None]
    ) -> Heard:
        """Hold a number of interviews at once, and return the results of `seconds` after
        `settle`. `look` is called at the start and the end of that time.
        """
        return self._runner.run(self._hold(count, settle, seconds, look))

    def talk(self, begun: Sequence["Person"], answers: int) -> Heard:
        """Send a number of answers for each person who has started."""
        heard = Heard()

        async def all_of_them() -> None:
            await asyncio.gather(*(self._answer(person, answers, heard) for person in begun))

        self._runner.run(all_of_them())
        return heard

    def join(self, count: int) -> tuple[list["Person"], Heard]:
        """Start a number of interviews at once, up to the first question."""
        heard = Heard()
        people = [self._person() for _ in range(count)]

        async def all_of_them() -> None:
            await asyncio.gather(*(self._open(person, heard) for person in people))

        self._runner.run(all_of_them())
        return people, heard

    async def _hold(
        self, count: int, settle: float, seconds: float, look: Callable[[], None]
    ) -> Heard:
        heard = Heard()
        longest = max(self._think)
        begun = [
            asyncio.create_task(self._one(heard, self._drawn.uniform(0, longest)))
            for _ in range(count)
        ]
        await self._sleep(settle + longest)
        heard.openings.clear()
        heard.turns.clear()
        look()
        await self._sleep(seconds)
        look()
        kept = Heard([*heard.openings], [*heard.turns], [*heard.wrong])
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
        return kept

    async def _one(self, heard: Heard, waits: float) -> None:
        await self._sleep(waits)
        while True:
            person = self._person()
            try:
                await self._open(person, heard)
                while person.number and not heard.wrong:
                    await self._say(person, heard)
            except (OSError, EOFError, ValueError) as fault:
                heard.wrong.append(repr(fault))
            finally:
                await person.line.close()
            if heard.wrong:
                return

    def _person(self) -> "Person":
        number = next(self._numbers)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return Person(next(self._links), Line(self._port, address))

    async def _open(self, person: "Person", heard: Heard) -> None:
        began = time.perf_counter()
        status, _ = await person.line.call("GET", person.path, html=True)
        if status == 200:
            status, body = await person.line.call(
                "POST", f"{person.path}/start", {"consent": True}
            )
        if status != 201:
            heard.wrong.append(f"an opening was answered {status}")
            return
        heard.openings.append(time.perf_counter() - began)
        person.number = json.loads(body)["next_number"]

    async def _answer(self, person: "Person", answers: int, heard: Heard) -> None:
        for _ in range(answers):
            if person.number:
                await self._say(person, heard)
        await person.line.close()

    async def _say(self, person: "Person", heard: Heard) -> None:
        await self._sleep(self._drawn.uniform(*self._think))
        said = {"number": person.number, "text": ANSWERS[person.number // 2 % len(ANSWERS)]}
        began = time.perf_counter()
        status, body = await person.line.call("POST", f"{person.path}/turns", said)
        if status != 201:
            heard.wrong.append(f"a turn was answered {status}: {body[:200]!r}")
            return
        heard.turns.append(time.perf_counter() - began)
        told = json.loads(body)
        person.number = told["next_number"] if told["turn"] else 0


@dataclass
class Person:
    """Person with a link, and the number of their next answer; 0 before and after the interview."""

    path: str
    line: "Line"
    number: int = 0


class Line:
    """Kept connection from an address reported by a proxy."""

    def __init__(self, port: int, address: str) -> None:
        self._port, self._from = port, {"X-Forwarded-For": address}
        self._pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(
        self, method: str, path: str, body: Any = None, *, html: bool = False
    ) -> tuple[int, bytes]:
        if self._pipe is None:
            self._pipe = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._pipe
        asked = request(method, path, body, self._from)
        if html:
            asked = asked.replace(b"Accept: application/json", b"Accept: text/html", 1)
        writer.write(asked)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head[9:12])
        length = head.partition("content-length:")[2].partition("\r\n")[0]
        if length:
            return status, await reader.readexactly(int(length))
        parts = b""
        while size := int((await reader.readline()).strip(), 16):
            parts += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return status, parts

    async def close(self) -> None:
        if self._pipe is not None:
            self._pipe[1].close()
            with suppress(OSError):
                await self._pipe[1].wait_closed()
            self._pipe = None


class Called:
    """API calls with a key of the first organization, on the current time."""

    def __init__(self, instance: Instance, process: Process, whose: str = "A") -> None:
        self.given = instance.fixtures[whose]
        self._port = process.port

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        line = Connection(self._port)
        key = {"Authorization": f"Bearer {self.given['key_owner']}"}
        status, told = line.call(request(method, path, body, key))
        line.close()
        return status, json.loads(told or b"null")

    def invite(self, emails: Sequence[str], *, mailed: bool = False) -> list[str]:
        """Invite people to the campaign, and return the paths of their links."""
        path = f"/api/campaigns/{self.given['campaign_id']}/invites"
        status, made = self.call("POST", path, {"emails": [*emails], "send_email": mailed})
        if status != 201:
            raise RuntimeError(f"an invitation was answered {status}: {made}")
        return [f"/interview/{invite['token']}" for invite in made["invites"]]

    def links(self, count: int) -> list[str]:
        """Links for new people."""
        made: list[str] = []
        while len(made) < count:
            numbers = range(min(MOST_INVITES, count - len(made)))
            mark = time.time_ns()
            made += self.invite([f"p{n}.{mark}@bench.example" for n in numbers])
        return made


def rich(instance: Instance, credits: int = 10_000_000) -> None:
    """Give the first organization enough credits for all interviews."""
    writer = Writer(instance.plain)
    org_id = instance.fixtures["A"]["org_id"]
    ((slug,),) = writer.run(f"SELECT slug FROM organization WHERE id = '{org_id}'")
    writer.close()
    instance.command("credits", "grant", slug, str(credits), "--reference", "bench")
