"""Texts as they are said."""

import pytest

from interviewrelay.adapters.speech.spoken_text import write_out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("How was it?", "How was it?"),
        ("At 3:30 p.m. it rained.", "At 3 30 pm it rained."),
        ("We left at 9:05 a.m. Then it rained.", "We left at 9 oh 5 am. Then it rained."),
        ("It began at 15:00.", "It began at 15 o'clock."),
        ("From 10am to 5 PM", "From 10 am to 5 PM"),
        ("Dr. Nguyen vs. Prof. Li", "doctor Nguyen versus professor Li"),
        ("No. I said no.", "No. I said no."),
        ("No. 1 of 3", "number 1 of 3"),
        ("It took 5 min. Then 2 hrs. of work.", "It took 5 minutes. Then 2 hours of work."),
        ("Read it (e.g. at home).", "Read it (for example, at home)."),
        ("Dogs, cats, etc. They bark.", "Dogs, cats, et cetera. They bark."),
        ("Go to https://www.a-b.example.org/x?y=1, then.", "Go to a dash b dot example dot org, then."),
        ("See example.com/path.", "See example dot com."),
        ("Write to me@example.com.", "Write to me at example dot com."),
        ("the 10–15 people", "the 10 to 15 people"),
        ("call 555-123-4567", "call 555-123-4567"),
        ("12 km, 5 kg and 20 °C", "12 kilometers, 5 kilograms and 20 degrees Celsius"),
        ("$45.50, £3 and 20%", "$45.50, £3 and 20%"),
        ("Smith & Sons", "Smith and Sons"),
        ("It was *awful* 😀 isn’t it?", "It was awful isn't it?"),
        ("Zürich, naïve café", "Zurich, naive cafe"),
        ("two\nlines", "two lines"),
        ("Привет", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_text_is_written_out(text: str, said: str) -> None:
    assert write_out(text) == said


@pytest.mark.parametrize(
    "text", ["a." * 5_000, "1-" * 5_000, "9:5" * 4_000, "w@" * 5_000, "www." * 3_000]
)
def test_no_text_takes_long(text: str) -> None:
    write_out(text)
