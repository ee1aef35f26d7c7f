"""Themes and asking on labelled answers: better than chance, and no worse than measured."""

from statistics import fmean

from bench.results import asking, coded_answers, themes


def test_the_coded_answers_are_whole():
    studies = coded_answers.load_studies(coded_answers.DEVELOPED + coded_answers.HELD_OUT)
    assert sum(len(study.texts) for study in studies) == 821
    for study in studies:
        assert set(study.coded) <= set(study.descriptions)
        assert all(max(having) < len(study.texts) for having in study.coded.values())


def test_themes_match_what_people_code():
    """Measured .69 with 20 themes; single words reach .61."""
    studies = coded_answers.load_studies(coded_answers.DEVELOPED)
    best = [f1 for one in studies for f1 in themes.match(one, themes.find(one, 20)).values()]
    assert fmean(best) > 0.67


def test_passages_answer_questions_and_unasked_matters_have_none():
    (study,) = coded_answers.load_studies(coded_answers.HELD_OUT)
    figures = asking.measure([study])
    assert figures.mean_average_precision > 0.7
    assert figures.missed == 0
    assert figures.refused >= 24
