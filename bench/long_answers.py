"""Processor time of a whole turn by length of the answer: prose, and attacks.

Each answer is given to an open question and to a scale, first alone and then after others of
maximum length, in six languages.
"""

import argparse
import copy
import random
import sys
import time
from collections.abc import Iterator
from typing import Final

from bench.attacks import PUMPS, attacks, built
from interviewrelay.analysis import sentiment
from interviewrelay.interviewer.acts.act_patterns import PATTERNS
from interviewrelay.simulations import preview

KINDS: Final = ("open", "scale")
LENGTHS: Final = (1_000, 5_000, 10_000)
MOST_MS: Final = 100.0
MOST_GROWTH: Final = 2.4
WORTH_MS: Final = 20.0
"""Milliseconds below which growth can't be told from noise."""
TRIES: Final = 8
"""Retries of an answer over its limits; the fastest counts."""

PROSE: Final = {
    "en": "I called the practice in March and they told me it would take about six weeks, which was longer than I had hoped. In the end my sister drove me there, because the bus doesn't go on Sundays. ",
    "de": "Ich habe im März in der Praxis angerufen und man sagte mir, es würde etwa sechs Wochen dauern, länger als gehofft. Am Ende hat mich meine Schwester gefahren, weil sonntags kein Bus fährt. ",
    "nl": "Ik heb in maart de praktijk gebeld en ze zeiden dat het ongeveer zes weken zou duren, langer dan ik had gehoopt. Uiteindelijk heeft mijn zus me gebracht, want op zondag rijdt er geen bus. ",
    "fr": "J'ai appelé le cabinet en mars et on m'a dit que cela prendrait environ six semaines, plus longtemps que je ne l'espérais. Finalement ma sœur m'a conduite, parce qu'il n'y a pas de bus le dimanche. ",
    "es": "Llamé a la consulta en marzo y me dijeron que tardaría unas seis semanas, más de lo que esperaba. Al final me llevó mi hermana en coche, porque los domingos no hay autobús. ",
    "ar": "اتصلت بالعيادة في مارس وقالوا لي إن الأمر سيستغرق حوالي ستة أسابيع، وكان ذلك أطول مما كنت أتمنى. في النهاية أوصلتني أختي لأن الحافلة لا تعمل يوم الأحد. ",
}
SLIPS: Final = (
    "\ufdfa",  # one character that expands to eighteen
    "uy, ",
    "sorry-",
    "i mean ",
    "pardon, ",
    "sorry ",
    "entschuldigung, ",
    "nein, nein ",
    *("i have to go ", "sorry, ", "that is all ", "je dois ", "لحظه ", "x, "),
    *("i can not ", "i am very ", "so sorry ", "crying ", "nicht ", "لا "),
    *("ik hij ze mijn man de ", "ich er mich meine frau das kind ", "ابي زوجي اريد ان "),
    *("il me mon mari la petite ", "mi marido me el nino ", "he will my husband the baby "),
    "deur pont letter rope fire enfants kinderen baby ",
)
"""Words of which many patterns for slips, wishes, distress and danger begin."""
ENDING: Final = "x y 5 x y z w v q"
"""Text after the typing errors that once took forever to read."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--attacks", type=int, default=4, help="random attacks per language")
    parser.add_argument(
        "--most", type=float, default=MOST_MS, help="maximum milliseconds of a turn"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--shown", type=int, default=3, help="number of slowest answers to print per language"
    )


def run(given: argparse.Namespace) -> None:
    print("| language | answer | to | 1,000 | 5,000 | 10,000 characters, ms | growth |")
    print("|---|---|---|---|---|---|---|")
    tried = failed = 0
    for language in PROSE:
        rows = sorted(_rows(language, given.attacks, given.seed), key=lambda row: -row[-1][-1])
        tried += len(rows)
        for place, (name, to, ms) in enumerate(rows):
            over, growth = _over(ms, given.most), _growth(ms)
            failed += over
            if over or place < given.shown:
                cells = " | ".join(f"{one:.1f}" for one in ms)
                print(f"| {language} | `{name[:40]!r}` | {to} | {cells} | {growth:.2f} |")
    print(
        f"\n{tried} answers of 10,000 characters, {failed} over their limits: {given.most:.0f} ms"
    )
    print(f"of processor a turn, {MOST_GROWTH} times for twice the length.")
    sys.exit(1 if failed or not tried else 0)


def _rows(language: str, random_ones: int, seed: int) -> Iterator[tuple[str, str, list[float]]]:
    talks = {kind: preview.start_interview(_script(language, kind), "long") for kind in KINDS}
    talks["after others"] = _after_others(language)
    _turn(talks["open"], PROSE[language])  # warm-up
    for head, pump, end in _answers(language, random_ones, seed):
        said = [built(head, pump, end, length) for length in LENGTHS]
        for to, talk in talks.items():
            ms = [_turn(talk, text) for text in said]
            for _ in range(TRIES):
                if not _over(ms):
                    break
                again = [_turn(talk, text) for text in said]
                ms = list(map(min, zip(ms, again, strict=True)))
            yield head + pump, to, ms


def _after_others(language: str) -> preview.SimulatedInterview:
    """Interview with six answers of maximum length."""
    talk = preview.start_interview(_script(language, "open"), "long")
    for _ in range(6):
        talk.answer((PROSE[language] * 60)[: LENGTHS[-1]])
        talk._seconds = 0.0  # leave time for all of them
    return talk


def _over(ms: list[float], most: float = MOST_MS) -> bool:
    return ms[-1] > most or _growth(ms) > MOST_GROWTH


def _growth(ms: list[float]) -> float:
    return ms[-1] / ms[-2] if ms[-1] >= WORTH_MS else 0.0


def _answers(language: str, random_ones: int, seed: int) -> Iterator[tuple[str, str, str]]:
    yield "", PROSE[language], ""
    yield "", PROSE[language].replace(".", "").replace(",", "").replace("،", ""), ""
    for pump in (*PUMPS, *SLIPS):
        yield "", pump, ENDING
    rng = random.Random(f"{seed}/{language}")
    patterns = list(PATTERNS[language].known.patterns.values())
    for _ in range(random_ones):
        head, pump = rng.choice(attacks(rng.choice(patterns), 0, seed))
        yield head, pump, rng.choice(("", ENDING))


def _turn(talk: preview.SimulatedInterview, said: str) -> float:
    """Milliseconds of processor time of one turn, without changing the interview."""
    held = copy.copy(talk)
    held._turns = list(talk._turns)
    began = time.thread_time()
    held.answer(said)
    sentiment.score_text(said, talk.guide.language, telling=True)
    return (time.thread_time() - began) * 1000


def _script(language: str, kind: str) -> dict[str, object]:
    text = (
        "How satisfied are you, from 1 to 10?" if kind == "scale" else "How did you get there?"
    )
    need = {
        "id": "wait",
        "label": "the wait",
        "ask": "How long did it take?",
        "cues": ["weeks"],
    }
    first = {"id": "q1", "text": text, "kind": kind, "depth": "deep", "importance": "must"}
    if kind == "open":
        first["needs"] = [need]  # type: ignore[assignment]
    more = [
        {"id": f"q{n}", "text": f"What happened on day {n}?", "depth": "deep"}
        for n in range(2, 9)
    ]
    return {
        "name": "Long answers",
        "purpose": "to understand how people reach the practice",
        "language": language,
        "target_minutes": 180,
        "questions": [first, *more],
    }
