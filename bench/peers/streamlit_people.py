"""Participants of a Streamlit chat application, for `bench peer`; runs in the peer's own environment.

Reads commands as lines of JSON and answers each with a line: {"do": "join", "count": 25} opens the
page and waits for the first question; {"do": "talk", "answers": 3} lets each of those who joined
think and answer; {"do": "leave"} closes them. usage: streamlit_people.py PORT LOW HIGH ANSWERS-AS-JSON
"""

import asyncio
import json
import random
import sys
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import websocket_connect

PORT = int(sys.argv[1])
THINK = float(sys.argv[2]), float(sys.argv[3])
ANSWERS = json.loads(sys.argv[4])
PATIENCE = 60


class Person:
    def __init__(self):
        self.line, self.entry, self.said = None, "", 0

    async def open(self):
        began = time.perf_counter()
        await AsyncHTTPClient().fetch(f"http://127.0.0.1:{PORT}/")
        self.line = await websocket_connect(
            f"ws://127.0.0.1:{PORT}/_stcore/stream", subprotocols=["streamlit"]
        )
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        await self.line.write_message(asked.SerializeToString(), binary=True)
        await self.finished()
        if not self.entry:
            raise ValueError("there is no place to type")
        return time.perf_counter() - began

    async def say(self):
        await asyncio.sleep(random.uniform(*THINK))
        text = ANSWERS[self.said % len(ANSWERS)]
        self.said += 1
        asked = BackMsg()
        state = asked.rerun_script.widget_states.widgets.add()
        state.id, state.string_trigger_value.data = self.entry, text
        began = time.perf_counter()
        await self.line.write_message(asked.SerializeToString(), binary=True)
        if await self.finished() < 2:
            raise ValueError("nothing was said to an answer")
        return time.perf_counter() - began

    async def finished(self):
        """Until the script has run to its end: how many paragraphs were shown."""
        shown = 0
        while True:
            data = await asyncio.wait_for(self.line.read_message(), PATIENCE)
            if data is None:
                raise ValueError("the connection was closed")
            told = ForwardMsg.FromString(data)
            kind = told.WhichOneof("type")
            if kind == "delta" and told.delta.WhichOneof("type") == "new_element":
                element = told.delta.new_element
                if element.WhichOneof("type") == "chat_input":
                    self.entry = element.chat_input.id
                shown += element.WhichOneof("type") == "markdown"
                if element.WhichOneof("type") == "exception":
                    raise ValueError(element.exception.message)
            if kind == "script_finished":
                return shown


async def all_of(acts):
    taken, wrong = [], []
    for done in await asyncio.gather(*acts, return_exceptions=True):
        (wrong if isinstance(done, BaseException) else taken).append(done)
    return taken, [repr(fault) for fault in wrong]


async def talk(person, answers):
    return [await person.say() for _ in range(answers)]


async def main():
    AsyncHTTPClient.configure(None, max_clients=1_000)
    people = []
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        told = json.loads(line)
        taken, wrong = [], []
        if told["do"] == "join":
            people = [Person() for _ in range(told["count"])]
            taken, wrong = await all_of([person.open() for person in people])
        elif told["do"] == "talk":
            each, wrong = await all_of([talk(person, told["answers"]) for person in people])
            taken = [took for one in each for took in one]
        else:
            for person in people:
                person.line.close()
        print(json.dumps({"taken": taken, "wrong": wrong}), flush=True)


asyncio.run(main())
