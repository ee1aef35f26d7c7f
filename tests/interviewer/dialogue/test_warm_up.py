"""After warming up, the first answer waits for nothing that is made once."""

import subprocess
import sys

import pytest

MOST = 0.1
"""Seconds of processor; without warming up it is 0.8 for English."""
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
