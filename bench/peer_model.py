"""A language model's stand-in for `bench peer`: whole replies as JSON, or streams, word by word.

Both take as long. GET /calls tells how often it was asked. usage: python -m bench.peer_model PORT
"""

import asyncio
import itertools
import json
import sys
from typing import Any, Final

from tests.model_sayings import wording
from tests.model_stand_in import completion

QUEUE: Final = 1_024
"""Of connections that wait: one that is too short resets them, and clients try again in silence."""
SECONDS: Final = 0.07
WORDS: Final = (  # noqa: SIM905 - a sentence
    "Thank you for telling me that. Could you describe a particular situation in which this was"
    " important to you, and what happened then?"
).split()

asked = itertools.count()
calls = 0


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            text = head.decode("latin-1").lower()
            length = text.partition("content-length:")[2].partition("\r\n")[0]
            body = await reader.readexactly(int(length or 0))
            await _answer(writer, text, body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # it has hung up
    finally:
        writer.close()


async def _answer(writer: asyncio.StreamWriter, head: str, body: bytes) -> None:
    global calls  # noqa: PLW0603 - one process, one count
    if head.startswith("get"):
        _whole(writer, json.dumps(calls).encode())
        return
    calls += 1
    told: Any = json.loads(body)
    if told.get("stream"):
        await _stream(writer)
        return
    await asyncio.sleep(SECONDS)
    _whole(writer, completion(_words(told)))


def _words(told: Any) -> str:
    """In the form that is asked for, or just a question."""
    try:
        return wording(told)
    except (KeyError, IndexError, ValueError):
        return " ".join(WORDS)


def _whole(writer: asyncio.StreamWriter, body: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    writer.write(head.encode() + b"\r\n\r\n" + body)


async def _stream(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                 b"Transfer-Encoding: chunked\r\n\r\n")  # fmt: skip
    for word in WORDS:
        await asyncio.sleep(SECONDS / len(WORDS))
        _event(writer, _delta({"content": f"{word} "}, None))
    _event(writer, _delta({}, "stop"))
    _event(writer, "[DONE]")
    writer.write(b"0\r\n\r\n")


def _delta(delta: dict[str, str], end: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": end}
    told = {"id": f"c{next(asked)}", "object": "chat.completion.chunk", "created": 0,
            "model": "stand-in", "choices": [choice]}  # fmt: skip
    return json.dumps(told)


def _event(writer: asyncio.StreamWriter, data: str) -> None:
    body = f"data: {data}\n\n".encode()
    writer.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")


async def main(port: int) -> None:
    server = await asyncio.start_server(_serve, "127.0.0.1", port, backlog=QUEUE)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
