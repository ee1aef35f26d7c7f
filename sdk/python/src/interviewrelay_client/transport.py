"""Transports: each carries out the steps of an exchange, one blocking and one awaiting."""

import time
from typing import TypeVar

import anyio
import httpx

from interviewrelay_client.request import Request
from interviewrelay_client.retries import Options, Outcome, Send, State, exchange

T = TypeVar("T")


class SyncTransport:
    """Transport that blocks."""

    def __init__(self, http: httpx.Client, options: Options, state: State) -> None:
        self.http, self.options, self.state = http, options, state

    def send(self, request: Request[T]) -> T:
        steps = exchange(request, self.options, self.state)
        outcome: Outcome = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as done:
                result: T = done.value
                return result
            if isinstance(step, Send):
                outcome = self._try(step)
            else:
                outcome = None
                time.sleep(step.seconds)

    def _try(self, step: Send) -> Outcome:
        try:
            return self.http.request(**step.arguments)
        except httpx.RequestError as error:
            return error


class AsyncTransport:
    """Transport that awaits, under asyncio or trio."""

    def __init__(self, http: httpx.AsyncClient, options: Options, state: State) -> None:
        self.http, self.options, self.state = http, options, state

    async def send(self, request: Request[T]) -> T:
        steps = exchange(request, self.options, self.state)
        outcome: Outcome = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as done:
                result: T = done.value
                return result
            if isinstance(step, Send):
                outcome = await self._try(step)
            else:
                outcome = None
                await anyio.sleep(step.seconds)

    async def _try(self, step: Send) -> Outcome:
        try:
            return await self.http.request(**step.arguments)
        except httpx.RequestError as error:
            return error
