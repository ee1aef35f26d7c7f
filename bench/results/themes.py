"""Themes against human codes: for each frequent code the cluster that matches it best, by F1."""

import argparse
import random
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby
from statistics import fmean
from typing import Final

from bench.results import coded_answers
from bench.results.coded_answers import CodedStudy
from interviewrelay.analysis import clusters, quotes, stemming
from interviewrelay.analysis.clause_table import Answer
from interviewrelay.analysis.clusters import Cluster
from interviewrelay.analysis.sentiment import NEUTRAL
from interviewrelay.demo import content

SHOWN: Final = (12, clusters.MOST, 30)
"""Numbers of clusters."""
DRAWN: Final = 200
"""Random clusters of the same sizes for the chance level."""
PEOPLE, ANSWERS = 1_000, 20
"""Size of the study that is timed."""


def run(given: argparse.Namespace) -> None:
    """Print the figures, and the clusters of the demonstration study to read."""
    del given
    print(
        "Themes: mean best F1 of frequent codes [chance], share of codes with F1 of .5 or more"
    )
    for label, names in (
        ("developed", coded_answers.DEVELOPED), ("held out", coded_answers.HELD_OUT),
    ):  # fmt: skip
        studies = coded_answers.load_studies(names)
        for most in SHOWN:
            found = [(study, find(study, most)) for study in studies]
            best = [f1 for study, made in found for f1 in match(study, made).values()]
            chance = fmean(_chance(study, made) for study, made in found)
            share = sum(value >= 0.5 for value in best) / len(best)
            print(
                f"  {label:10} {most:3} clusters: {fmean(best):.3f} [{chance:.3f}], {share:.0%}"
                f" of {len(best)} codes"
            )
        for study in studies:
            told = match(study, find(study, SHOWN[-1]))
            for code, f1 in sorted(told.items(), key=lambda item: -item[1]):
                size = len(study.coded[code])
                print(f"    {f1:.2f}  {size:3}  {study.name}: {study.descriptions[code]}")
    _print_demonstration()
    _print_time()


def find(study: CodedStudy, most: int) -> list[set[int]]:
    """Answers of each cluster, by number."""
    told = [
        Answer(str(number), str(number), text, "en", NEUTRAL)
        for number, text in enumerate(study.texts)
    ]
    made = clusters.find_clusters(told, {"en": study.asked}, most=most)
    return [{int(member.turn_id) for member in cluster.members} for cluster in made]


def match(study: CodedStudy, found: Sequence[Collection[int]]) -> dict[str, float]:
    """Best F1 of each frequent code."""
    return {
        code: max((_f1(having, one) for one in found), default=0.0)
        for code, having in study.frequent.items()
    }


def _f1(one: Collection[int], other: Collection[int]) -> float:
    return 2 * len(set(one) & set(other)) / (len(one) + len(other))


def _chance(study: CodedStudy, found: Sequence[Collection[int]]) -> float:
    """Mean best F1 of random clusters of the same sizes."""
    drawing = random.Random(1)
    everything = range(len(study.texts))
    values = []
    for _ in range(DRAWN):
        drawn = [drawing.sample(everything, len(one)) for one in found]
        values.append(fmean(match(study, drawn).values()))
    return fmean(values)


def read_demonstration() -> tuple[list[Answer], frozenset[str]]:
    """Answers of the demonstration study with its follow-ups, and the stems of its script."""
    asked = [
        text
        for question in content.SCRIPT["questions"]
        for text in (
            question["text"], *question.get("probes", ()),
            *(need["ask"] for need in question.get("needs", ())),
        )
    ]  # fmt: skip
    told = []
    for who, said in (*content.PEOPLE, *content.MORE_PEOPLE, content.LEAVES):
        for number, text in enumerate(said):
            turns = [text, *_follow_up(text)]
            told += [
                Answer(who, f"{who}/{number}/{turn}", answer, "en", NEUTRAL)
                for turn, answer in enumerate(turns)
            ]
    return told, frozenset().union(*(stemming.get_stems(text, "en") for text in asked))


def _follow_up(text: str) -> list[str]:
    """Answer to a follow-up on this answer, if the study has one."""
    sentences = (text[start:end].rstrip(".") for start, end in quotes.split_sentences(text))
    taken_up = ({"kind": "taken_up", "anchor": one} for one in sentences)
    said = (content.write_follow_up_answer(details) for details in taken_up)
    no_more = content.write_follow_up_answer({"kind": "plain", "anchor": ""})
    return [answer for answer in said if answer != no_more][:1]


def _print_demonstration() -> None:
    told, asked = read_demonstration()
    texts = {answer.turn_id: answer.text for answer in told}
    people = len(list(groupby(told, lambda answer: answer.group)))
    print(f"Clusters of the demonstration study ({people} people)")
    for cluster in clusters.find_clusters(told, {"en": asked}):
        print(f"  {cluster.groups} people: {cluster.label}")
        _print_quotes(cluster, texts)


def _print_quotes(cluster: Cluster, texts: Mapping[str, str]) -> None:
    for quote in cluster.quotes[:4]:
        print(f"      – {texts[quote.turn_id][quote.start : quote.end]}")


def build_large_study(people: int = PEOPLE, answers: int = ANSWERS) -> list[Answer]:
    """Answers of many invented people, mixed from all coded answers, with rare words."""
    drawing = random.Random(1)
    names = coded_answers.DEVELOPED + coded_answers.HELD_OUT
    base = [t for study in coded_answers.load_studies(names) for t in study.texts]
    base += [answer.text for answer in read_demonstration()[0]]
    words = [word for text in base for word in text.split()]

    def mixed() -> str:
        told = " ".join(drawing.choices(base, k=drawing.choice((1, 1, 2, 3)))).split()
        return " ".join(_replace(word, words, drawing) for word in told)

    return [
        Answer(f"s{person}", f"s{person}/{number}", mixed(), "en", NEUTRAL)
        for person in range(people)
        for number in range(answers)
    ]


def _replace(word: str, words: Sequence[str], drawing: random.Random) -> str:
    chance = drawing.random()
    if chance < 0.02:
        return f"w{drawing.randrange(20_000)}x"
    return drawing.choice(words) if chance < 0.15 else word


def measure_time(act: Callable[[], object]) -> float:
    """Processor seconds."""
    began = time.process_time()
    act()
    return time.process_time() - began


def _print_time() -> None:
    told = build_large_study()
    seconds = measure_time(lambda: clusters.find_clusters(told, {}))
    print(f"{PEOPLE} people, {len(told)} answers: {seconds:.1f} s")
