"""Participants in one thread: what they ask, what they wait for, and that they see a fault."""

import asyncio
import itertools
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.people import People

QUESTIONS = 3
MEASURED = 1.0
ENOUGH = 40
"""Requests while it is measured: at least two interviews of each of three people."""


class Interviewer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.pages.append((self.path, self.headers["Accept"]))
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in (b"<p>", b"Welcome", b"</p>"):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def do_POST(self):
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.posts.append((self.path, told, self.headers["X-Forwarded-For"]))
        number = told.get("number", 0)
        over = number >= 2 * QUESTIONS
        said = {"turn": None if over else {"number": number + 1}, "next_number": number + 2}
        body = json.dumps(said).encode()
        self.send_response(self.server.status if number else 201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def interviewer():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Interviewer)
    server.pages, server.posts, server.status = [], [], 201
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def people(interviewer, **more):
    links = (f"/interview/link{number}" for number in itertools.count())
    return People(interviewer.server_port, links, (0.0, 0.01), **more)


def test_they_open_a_page_begin_and_answer_each_from_an_address_of_their_own(interviewer):
    crowd = people(interviewer)
    begun, joined = crowd.join(4)
    assert (len(joined.openings), joined.turns, joined.wrong) == (4, [], [])
    assert [accepts for _, accepts in interviewer.pages] == ["text/html"] * 4
    heard = crowd.talk(begun, 2)
    assert len(heard.turns) == 8
    assert len({path for path, _, _ in interviewer.posts}) == 8  # a start and turns of each
    assert len({address for _, _, address in interviewer.posts}) == 4
    assert {told.get("number") for _, told, _ in interviewer.posts} == {None, 2, 4}


def test_they_take_another_link_when_the_interview_has_ended(interviewer):
    looks = []

    async def sleep(seconds):
        """The time that is measured lasts until enough has been said."""
        while seconds == MEASURED and len(interviewer.posts) < looks[0] + ENOUGH:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await asyncio.sleep(seconds % MEASURED)

    crowd = people(interviewer, sleep=sleep)
    heard = crowd.hold(3, 0.2, MEASURED, lambda: looks.append(len(interviewer.posts)))
    assert heard.wrong == []
    assert len(heard.turns) > 2 * 3 * QUESTIONS
    assert len(heard.openings) > 3
    assert len(looks) == 2
    last = [told["number"] for path, told, _ in interviewer.posts if "link0/turns" in path]
    assert last == [2, 4, 6]


def test_an_answer_that_is_none_is_seen(interviewer):
    interviewer.status = 503
    crowd = people(interviewer)
    begun, _ = crowd.join(3)
    heard = crowd.talk(begun, 1)
    assert heard.turns == []
    assert "503" in heard.wrong[0]
