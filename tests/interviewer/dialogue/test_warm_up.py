"""After warming up, the first answer waits for nothing that is made once."""

import subprocess
import sys
import threading

import pytest

from interviewrelay.interviewer.dialogue import warm_up as warming_up

MOST = 40
"""Patterns compiled and files read. The warmed-up answer compiles only the rare patterns of its own words,
some 20; without warming up it is over 90 in each of these languages.
"""
FIRST = """
import re._compiler, sys, threading
from interviewrelay.simulations import preview
from interviewrelay.interviewer.dialogue import warm_up as warming_up

warming_up.start_warm_up()
for thread in threading.enumerate():
    if thread.name == "warming up":
        thread.join()
language, text = sys.argv[1:]
questions = [{"id": f"q{n}", "text": "?"} for n in range(2)]
script = {"name": "x", "target_minutes": 10, "language": language, "questions": questions}
talk = preview.start_interview(script, "first")
made = []
compile = re._compiler.compile
re._compiler.compile = lambda *given: made.append(given) or compile(*given)
sys.addaudithook(lambda event, given: made.append(given) if event == "open" else None)
talk.answer(text)
print(len(made))
"""


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I waited two hours and nobody told me why. The nurse was kind."),
        ("de", "Ich habe zwei Stunden gewartet, und niemand hat gesagt, warum."),
        ("ar", "انتظرت ساعتين ولم يخبرني أحد بالسبب."),
    ],
)
def test_the_first_answer_after_a_start_compiles_and_reads_little(language, text):
    told = subprocess.run(
        [sys.executable, "-P", "-c", FIRST, language, text],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(told.stdout) < MOST


def test_it_begins_when_pending_turns_are_recovered(monkeypatch):
    begun, caught_up = threading.Event(), threading.Event()
    monkeypatch.setattr(warming_up, "warm_up", begun.set)
    monkeypatch.setattr(warming_up, "LEAST_URGENT", 0)
    monkeypatch.setattr(warming_up, "HEAD_START", 600)
    warming_up.start_warm_up(caught_up)
    assert not begun.wait(0.1)
    caught_up.set()
    assert begun.wait(60)
    begun.clear()
    monkeypatch.setattr(warming_up, "HEAD_START", 0.1)
    warming_up.start_warm_up(threading.Event())
    assert begun.wait(60)
