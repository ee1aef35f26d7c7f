"""After warming up, the first answer waits for nothing that is made once."""

import subprocess
import sys
import threading

import pytest

from interviewrelay.interviewer.dialogue import warm_up as warming_up

MOST = 0.1
"""Seconds of processor; without warming up it is 0.4 for English."""
FIRST = """
import sys, time
from interviewrelay.simulations import preview
from interviewrelay.interviewer.dialogue import warm_up as warming_up

warming_up.start_warm_up()
time.sleep(0.01)
while any(t.name == "warming up" for t in warming_up.threading.enumerate()):
    time.sleep(0.01)
language, text = sys.argv[1:]
questions = [{"id": f"q{n}", "text": "?"} for n in range(2)]
script = {"name": "x", "target_minutes": 10, "language": language, "questions": questions}
talk = preview.start_interview(script, "first")
began = time.process_time()
talk.answer(text)
print(time.process_time() - began)
"""


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I waited two hours and nobody told me why. The nurse was kind."),
        ("de", "Ich habe zwei Stunden gewartet, und niemand hat gesagt, warum."),
        ("ar", "انتظرت ساعتين ولم يخبرني أحد بالسبب."),
    ],
)
def test_the_first_answer_after_a_start_is_as_quick_as_the_next(language, text):
    told = subprocess.run(
        [sys.executable, "-P", "-c", FIRST, language, text],
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(told.stdout) < MOST


def test_it_begins_when_pending_turns_are_recovered(monkeypatch):
    begun, caught_up = threading.Event(), threading.Event()
    monkeypatch.setattr(warming_up, "warm_up", begun.set)
    monkeypatch.setattr(warming_up, "LEAST_URGENT", 0)
    warming_up.start_warm_up(caught_up)
    assert not begun.wait(0.1)
    caught_up.set()
    assert begun.wait(10)
    begun.clear()
    monkeypatch.setattr(warming_up, "HEAD_START", 0.1)
    warming_up.start_warm_up(threading.Event())
    assert begun.wait(10)
