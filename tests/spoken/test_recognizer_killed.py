"""The recogniser is killed in the middle of an interview: it goes on later or in writing, and nothing that
was said is lost.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.flows.server import Server, until
from tests.spoken import measures, recordings, study
from tests.spoken.conftest import Studied
from tests.spoken.participant import SLOW, Participant, participating
from tests.spoken.recognizer import Recognizer, recognizing

WRITTEN = "She explained everything twice, and I liked that."


@pytest.fixture(scope="module")
def recognizer() -> Iterator[Recognizer]:
    with recognizing() as made:
        yield made


@pytest.fixture(scope="module")
def served(
    recognizer: Recognizer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Studied]:
    """A server whose recogniser is elsewhere."""
    folder = tmp_path_factory.mktemp("elsewhere")
    settings = {"STT_BASE_URL": recognizer.base, "STT_MODEL": "whisper"}
    with Server(folder, VOICE="on", **settings) as server:
        made = Studied(server)
        server.start()
        yield made
        made.keep_phrases()


def test_the_interview_goes_on_and_the_words_come_later(
    served: Studied, recognizer: Recognizer, browser: Browser, microphone: Path
) -> None:
    token = served.invite(served.campaign(study.QUESTIONS[4:]), "away@example.com")
    with participating(browser, served.server, token, microphone) as somebody:
        sent = recordings.Sent(somebody.page)
        somebody.begin()
        for _ in range(2):
            somebody.moves_on(somebody.answer_next())
        recognizer.kill()
        continue_later(somebody)
        continue_in_writing(somebody)
        recognizer.start()
        somebody.press("Speak instead")
        answer_the_rest(somebody)
        session = somebody.state()["session_id"]
    path = f"/api/session/{session}"
    until(lambda: all_is_heard(served, session), SLOW / 1000)
    until(lambda: served.call("GET", f"/api/sessions/{session}")["audio_url"], SLOW / 1000)
    compare_words(somebody, read_answers(served, path))
    stored = recordings.read_stored(served.server.folder, session)
    for one in stored:
        print(
            one.number,
            one.status,
            "used" if one.used else "kept",
            f"{len(one.content):,} bytes",
        )
    assert {one.clip: one.content for one in stored} == {
        one.clip: sent.read(one.clip) for one in stored
    }
    assert [one.number for one in stored if not one.used] == [8]
    # Whatever was spoken and not written instead can be heard, at its full length.
    numbers = [number for number, _ in somebody.said]
    assert [one.number for one in stored if one.used] == [n for n in numbers if n != 8]
    heard = [duration > 3 for _, duration in read_answers(served, path)]
    assert heard == [n != 8 for n in numbers]


def answer_the_rest(somebody: Participant) -> None:
    """By voice. The server may still take the recogniser for unavailable, for a minute."""
    while not somebody.thanked():
        number = somebody.answer_next()
        somebody.page.wait_for_function(
            """n => document.getElementById('voice')?.dataset.phase === 'held'
            || Number(document.getElementById('conversation')?.dataset.number ?? 0) !== n""",
            arg=number,
            timeout=SLOW,
        )
        if somebody.number() == number:
            somebody.press("Next question")
            somebody.moves_on(number)
        if somebody.reach("listening", "ready", "over") == "ready":
            somebody.press("Start")


def all_is_heard(served: Studied, session: str) -> bool:
    """Whether every recording has its words. What waits is due at once: its waits are minutes."""
    stored = recordings.read_stored(served.server.folder, session)
    recordings.hurry(served.server.folder)
    time.sleep(2)
    answers = read_answers(served, f"/api/session/{session}")
    return all(one.text for one in stored) and all(text for text, _ in answers)


def continue_later(somebody: Participant) -> None:
    number = somebody.answer_next()
    somebody.reach("held")
    expect(somebody.page.locator("#voice-hint")).to_contain_text("will be transcribed later")
    somebody.press("Next question")
    somebody.moves_on(number)


def continue_in_writing(somebody: Participant) -> None:
    # The page may already listen to the next answer.
    if somebody.reach("listening", "ready") == "ready":
        somebody.press("Start")
    number = somebody.answer_next()
    somebody.reach("held")
    somebody.press("Write this answer")
    somebody.page.get_by_label("Your answer").fill(WRITTEN)
    somebody.press("Send answer")
    somebody.moves_on(number)
    somebody.said[-1] = (number, WRITTEN)


def read_answers(served: Studied, path: str) -> list[tuple[str, float]]:
    """Text and duration of each answer in the transcript."""
    turns = served.call("GET", f"{path}/transcript")["turns"]
    return [
        (turn["text"], turn["duration"]) for turn in turns if turn["speaker"] == "participant"
    ]


def compare_words(somebody: Participant, answers: list[tuple[str, float]]) -> None:
    said = [text for _, text in somebody.said]
    pairs = list(zip(said, (text for text, _ in answers), strict=True))
    rate = measures.rate_errors(pairs)
    print(f"word error rate {rate:.1%} of {len(pairs)} answers")
    assert rate <= 0.05
