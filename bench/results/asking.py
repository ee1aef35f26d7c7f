"""Asking: codes as questions, ranked passages as answers, and questions that nobody answers."""

import argparse
import pickle
import time
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from bench.results import coded_answers, themes
from bench.results.coded_answers import CodedStudy
from interviewrelay.analysis import ranking
from interviewrelay.analysis.ranking import Index, IndexedAnswer, Passage

FEWEST: Final = 3
"""Minimum answers of a code that is asked for."""
FIRST: Final = 5
ASKED: Final = 20
"""Questions that are timed."""

Closeness = Callable[[str, str], float | None]


def run(given: argparse.Namespace) -> None:
    closeness = _load_closeness() if given.semantic else None
    print(f"Asking{' with semantic similarity' if closeness else ''}: codes as questions")
    for label, names in (
        ("developed", coded_answers.DEVELOPED), ("held out", coded_answers.HELD_OUT),
    ):  # fmt: skip
        _print_figures(label, names, closeness)
    _print_demonstration()
    _print_time()


def _load_closeness() -> Closeness:
    from interviewrelay.adapters.language_models import sentence_embeddings
    from interviewrelay.core.config.parsers import SettingsError
    from interviewrelay.core.config.settings import Settings

    try:
        model = sentence_embeddings.load_model(Settings(instance_dir=Path(), semantic="on"))
    except SettingsError as missing:
        raise SystemExit(str(missing)) from None
    if model is None:
        raise SystemExit("There is no model.")

    def closeness(question: str, passage: str) -> float | None:
        found = model.similarities(passage, [question])
        return None if found is None else found[0]

    return closeness


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of the questions of some studies: `missed` were called unsaid and have answers,
    `refused` of the `foreign` ones, about another debate, were called unsaid.
    """

    mean_average_precision: float
    precision: float
    asked: int
    missed: int
    refused: int
    foreign: int


def measure(studies: Sequence[CodedStudy], closeness: Closeness | None = None) -> Figures:
    precisions, first, missed, refused = [], [], 0, []
    for study in studies:
        index = _index(study)
        for code, having in study.coded.items():
            if len(having) >= FEWEST:
                asked = study.descriptions[code]
                ranked = _ask(index, study, asked, len(study.texts), closeness)
                precisions.append(_average_precision(ranked, having))
                first.append(len(set(ranked[:FIRST]) & set(having)) / FIRST)
                missed += not ranked
        refused += [not _ask(index, study, text, 1, None) for text in _foreign(study)]
    return Figures(
        fmean(precisions), fmean(first), len(precisions), missed, sum(refused), len(refused)
    )


def _print_figures(label: str, names: Sequence[str], closeness: Closeness | None) -> None:
    found = measure(coded_answers.load_studies(names), closeness)
    print(
        f"  {label:10} MAP {found.mean_average_precision:.3f}, "
        f"P@{FIRST} {found.precision:.3f}; {found.missed} of {found.asked} called unsaid; "
        f"{found.refused} of {found.foreign} questions of other debates called unsaid"
    )


def _index(study: CodedStudy) -> Index:
    return ranking.build_index(
        IndexedAnswer(str(number), text, "en") for number, text in enumerate(study.texts)
    )


def _ask(
    index: Index, study: CodedStudy, question: str, most: int, closeness: Closeness | None
) -> list[int]:
    """Numbers of the answers, best first."""

    def read(ids: Iterable[str]) -> Mapping[str, str]:
        return {turn_id: study.texts[int(turn_id)] for turn_id in ids}

    found = ranking.rank_passages(
        index, question, "en", read, asked=study.asked, most=most, closeness=closeness
    )
    return [int(passage.turn_id) for passage in found]


def _foreign(study: CodedStudy) -> list[str]:
    """Codes of the debates about something else."""
    own = study.name.partition(",")[0]
    return [
        text
        for name in coded_answers.DEVELOPED
        if name != own
        for code, text in coded_answers.list_descriptions(name).items()
        if code
    ]


def _average_precision(ranked: Sequence[int], having: Collection[int]) -> float:
    hits = [place for place, number in enumerate(ranked, 1) if number in having]
    return sum(n / place for n, place in enumerate(hits, 1)) / len(having)


def _print_demonstration() -> None:
    """Questions about the demonstration study: the first passage, or that nobody speaks of it."""
    told, asked = themes.read_demonstration()
    texts = {answer.turn_id: answer.text for answer in told}
    index = ranking.build_index(IndexedAnswer(a.turn_id, a.text, a.language) for a in told)
    with (coded_answers.DATA / "questions.toml").open("rb") as file:
        questions: dict[str, Any] = tomllib.load(file)

    def answer(question: str) -> tuple[Passage, ...]:
        return ranking.rank_passages(
            index,
            question,
            "en",
            lambda ids: {one: texts[one] for one in ids},
            asked=asked,
            most=3,
        )

    right = 0
    for question, wanted in questions["said"].items():
        found = [texts[one.turn_id][one.start : one.end] for one in answer(question)]
        holds = any(words in text for words in wanted for text in found)
        right += holds
        print(f"  {'right' if holds else 'WRONG'}: {question} → {found[:1]}")
    unsaid = questions["unsaid"]["questions"]
    wrong = [question for question in unsaid if answer(question)]
    print(f"  {right} of {len(questions['said'])} answered within three passages;", end=" ")
    print(f"{len(unsaid) - len(wrong)} of {len(unsaid)} called unsaid. Not: {wrong}")


def _print_time() -> None:
    told = themes.build_large_study()
    texts = {answer.turn_id: answer.text for answer in told}
    began = time.process_time()
    index = ranking.build_index(IndexedAnswer(a.turn_id, a.text, a.language) for a in told)
    built = time.process_time() - began
    questions = list(coded_answers.list_descriptions("country").values())[:ASKED]

    def ask(question: str) -> float:
        started = time.process_time()
        ranking.rank_passages(
            index, question, "en", lambda ids: {one: texts[one] for one in ids}
        )
        return time.process_time() - started

    seconds = [ask(question) for question in questions]
    size = len(pickle.dumps(index)) / 1e6
    print(
        f"{len(told)} answers: index in {built:.1f} s, {size:.1f} MB; a question "
        f"{1000 * fmean(seconds):.0f} ms, at most {1000 * max(seconds):.0f} ms"
    )
