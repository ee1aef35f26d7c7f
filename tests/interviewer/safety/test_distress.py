"""Distress, "not now" and "leave that out", in the words people write, in six languages.

`distress/LANGUAGE.toml` holds the answers: the lexicon was written on `first`. Each of `held_out`,
`later` and `last` was measured once before the lexicon was mended on it; only `later` and `last`
were written after the lexicon.
"""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.patterns.token_patterns import (
    Sentence,
    compile_pattern,
    list_typos,
)
from interviewrelay.interviewer.safety import care_lexicon
from interviewrelay.interviewer.understanding.redaction_wishes import redact_names
from interviewrelay.interviewer.wording.phrasing import LINES
from tests.interviewer.conftest import CLINIC, SKIP

FILES = sorted((Path(__file__).parent / "distress").glob("*.toml"))
LANGUAGES = [path.stem for path in FILES]
CARED = frozenset({acts.UPSET, acts.NOT_NOW})
MOST_FALSE = 1 / 300
Hold = Callable[..., Any]


def answers(language: str, kind: str) -> list[str]:
    data = tomllib.loads((FILES[0].parent / f"{language}.toml").read_text(encoding="utf-8"))
    return [text for part in data[kind].values() for text in part]


def missed(language: str, kind: str, wanted: frozenset[str]) -> list[str]:
    heard = ((text, detect_acts(text, language).acts) for text in answers(language, kind))
    return [text for text, found in heard if wanted.isdisjoint(found)]


def test_every_language_has_enough_answers() -> None:
    least = {"distress": 60, "not_now": 15, "leave_out": 25, "ordinary": 300}
    for language in care_lexicon.LANGUAGES:
        for kind, number in least.items():
            assert len(set(answers(language, kind))) >= number, (language, kind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("distress", CARED),
        ("not_now", CARED),
        ("leave_out", frozenset({acts.LEAVE_OUT})),
    ],
)
def test_it_is_heard_in_whatever_sentence_it_stands(
    language: str, kind: str, wanted: frozenset[str]
) -> None:
    assert not missed(language, kind, wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_answers_are_answers(language: str) -> None:
    texts = answers(language, "ordinary")
    heard = ((text, detect_acts(text, language).acts) for text in texts)
    false = [text for text, found in heard if {*CARED, acts.LEAVE_OUT}.intersection(found)]
    assert len(false) <= MOST_FALSE * len(texts), false


@pytest.mark.parametrize("language", LANGUAGES)
def test_distress_within_a_long_answer_is_heard(language: str) -> None:
    calm = " ".join(answers(language, "ordinary")[:20])
    for text in answers(language, "distress")[:20]:
        said = text if text.endswith((".", "!", "?")) else f"{text}."
        found = detect_acts(f"{calm} {said} {calm}", language).acts
        assert not CARED.isdisjoint(found), text


# --- whole dialogues -------------------------------------------------------------------------

CRIES = {
    "ar": "عذرًا. لا أستطيع الآن. أنا في المكتب ولا أستطيع التوقف عن البكاء.",
    "de": "Entschuldigung. Ich kann gerade nicht. Ich sitze im Büro und kann nicht aufhören zu weinen.",
    "en": "Sorry. I can't right now. I'm sitting in the office and I can't stop crying.",
    "es": "Perdone. Ahora no puedo. Estoy en la oficina y no puedo parar de llorar.",
    "fr": "Excusez-moi. Là je ne peux pas. Je suis au bureau et je n'arrive pas à m'arrêter de pleurer.",
    "nl": "Sorry. Ik kan even niet. Ik zit op kantoor en kan niet stoppen met huilen.",
}
PAUSE = {
    "ar": "استراحة", "de": "Pause", "en": "pause", "es": "pausa", "fr": "pause", "nl": "pauze"
}  # fmt: skip
BACK = {"de": "bin wieder da", "en": "back", "es": "ya estoy de vuelta", "fr": "me voilà de retour", "nl": "terug"}  # fmt: skip
OTHER = [
    ("ar", "موضوع آخر"), ("ar", "لنتحدث عن شيء آخر"), ("ar", "التالي"), ("de", "anderes Thema"),
    ("de", "Weiter."), ("de", "etwas anderes bitte"), ("en", "another subject"),
    ("en", "Something else please"), ("en", "can we talk about something else"), ("es", "otro tema"),
    ("es", "otra cosa por favor"), ("es", "siguiente"), ("fr", "autre sujet"),
    ("fr", "parlons d'autre chose"), ("nl", "ander onderwerp"), ("nl", "verder"),
]  # fmt: skip
STOP = {"ar": "توقف", "de": "Stopp", "en": "stop", "es": "parar", "fr": "stop", "nl": "stop"}
ON = [
    ("ar", "استمر"), ("ar", "أنا بخير الآن، استمر"), ("de", "Es geht wieder"),
    ("de", "Schon gut, machen wir weiter"), ("en", "go on"), ("en", "It's alright, go on."),
    ("es", "sigamos"), ("es", "ya estoy mejor"), ("fr", "ça va mieux, continuons"),
    ("nl", "het gaat wel weer, ga verder"),
]  # fmt: skip
TELLS = {
    "ar": "كان الأمر يتعلق بمديرتي، كانت تصرخ في وجهي كل يوم أمام الجميع.",
    "de": "Es ging um meine Chefin, sie hat mich jeden Tag vor allen angeschrien.",
    "en": "It was about my manager, she shouted at me in front of everyone every day.",
    "es": "Era mi jefa, me gritaba todos los días delante de todos.",
    "fr": "C'était ma cheffe, elle me criait dessus tous les jours devant tout le monde.",
    "nl": "Het ging over mijn chef, die schreeuwde elke dag tegen me waar iedereen bij was.",
}


def in_tears(hold: Hold, language: str, *then: str) -> Any:
    return hold(replace(CLINIC, language=language), SKIP, CRIES[language], *then)


def assert_nothing_asked(interview: Any) -> None:
    assert interview.act == acts.COMFORT
    assert not {"?", "؟"}.intersection(interview.text)
    assert CLINIC.questions[1].text not in interview.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pause_another_subject_and_a_stop_are_offered_at_once(
    hold: Hold, language: str
) -> None:
    interview = in_tears(hold, language)
    assert_nothing_asked(interview)
    assert interview.text.startswith(LINES[language]["comfort"][0])
    assert "113, day and night" in interview.text
    without = hold(replace(CLINIC, language=language, resources={}), SKIP, CRIES[language])
    assert without.text == LINES[language]["comfort"][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_now_is_offered_the_same(hold: Hold, language: str) -> None:
    for text in answers(language, "not_now"):
        interview = hold(replace(CLINIC, language=language), SKIP, text)
        assert_nothing_asked(interview)
        offers = LINES[language]["not_now"][0], LINES[language]["comfort"][0]
        assert interview.text.startswith(offers), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_tears_a_pause_is_one(hold: Hold, language: str) -> None:
    interview = in_tears(hold, language, PAUSE[language])
    assert interview.act == acts.PAUSED
    assert interview.text == LINES[language]["comfort.pause"][0]
    if language in BACK:
        interview.answer(BACK[language])
        assert_nothing_asked(interview)


@pytest.mark.parametrize(("language", "said"), OTHER)
def test_after_tears_another_subject_closes_the_matter(
    hold: Hold, language: str, said: str
) -> None:
    interview = in_tears(hold, language, said)
    while not interview.move.ends:
        assert interview.move.decision.question_id != "q2"
        interview.answer(TELLS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_tears_a_stop_is_asked_about_once(hold: Hold, language: str) -> None:
    interview = in_tears(hold, language, STOP[language])
    assert interview.act == acts.CONFIRM_STOP
    assert interview.answer(STOP[language]).ends


@pytest.mark.parametrize(("language", "said"), ON)
def test_after_tears_the_question_comes_back_if_they_want_it(
    hold: Hold, language: str, said: str
) -> None:
    interview = in_tears(hold, language, said)
    assert interview.act == acts.CARRY_ON
    assert interview.text.endswith(CLINIC.questions[1].text)
    assert interview.answer(TELLS[language]).decision.question_id != "q2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_tears_silence_and_not_now_bring_no_question(hold: Hold, language: str) -> None:
    interview = in_tears(hold, language)
    for said in ("...", answers(language, "not_now")[0], "hm"):
        interview.answer(said)
        assert_nothing_asked(interview)


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_tears_an_answer_is_one(hold: Hold, language: str) -> None:
    interview = in_tears(hold, language, TELLS[language])
    assert_nothing_asked(interview)
    assert interview.text in LINES[language]["comfort.told"]
    assert interview.move.reading["sense"]["answered"] is True
    on = next(said for code, said in ON if code == language)
    assert interview.answer(on).decision.question_id == "q3"  # it has its answer


def test_danger_comes_first(hold: Hold) -> None:
    said = "I can't stop crying. I want to kill myself."
    assert hold(CLINIC, SKIP, said).act == acts.CARE
    assert in_tears(hold, "en", "I want to kill myself").act == acts.CARE


def test_not_now_answers_a_closed_question(hold: Hold) -> None:
    assert hold(CLINIC, SKIP, SKIP, "Not now.").act != acts.COMFORT
    assert hold(CLINIC, "The bus was late that day.", "stop", "Not yet").act != acts.COMFORT


# --- leaving something out -------------------------------------------------------------------


def unquoted(interview: Any) -> tuple[int, ...]:
    return tuple(interview.move.unquoted)


def unnamed(interview: Any) -> tuple[str, ...]:
    return tuple(interview.move.reading["sense"].get("unnamed", ()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_to_be_left_out_is_marked_and_said_so(hold: Hold, language: str) -> None:
    guide: Guide = replace(CLINIC, language=language)
    for text in answers(language, "leave_out"):
        interview = hold(guide, TELLS[language], text)
        if unnamed(interview):
            assert not unquoted(interview), text
            assert interview.text.startswith(LINES[language]["left_out.name"][0]), text
            continue
        assert {2, 4} >= set(unquoted(interview)) >= {4}, text
        key = "left_out.before" if len(unquoted(interview)) > 1 else "left_out"
        assert interview.text.startswith(LINES[language][key][0]), text


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ("Strike that.", (2, 4)),
        ("We waited two hours in the cold corridor. Please don't quote that.", (4,)),
        ("We waited in the corridor for hours. Please leave out what I said before.", (2, 4)),
    ],
)
def test_the_answer_that_is_meant_is_marked(
    hold: Hold, said: str, marked: tuple[int, ...]
) -> None:
    told = "My neighbour Sandra drove me because my knee was bad."
    assert unquoted(hold(CLINIC, told, said)) == marked


NAMED = [
    ("en", "My neighbour Sandra drove me.", "Please don't write down her name.", ("sandra",)),
    ("en", "My neighbour Sandra drove me.", "leave her name out of it", ("sandra",)),
    ("en", "My neighbour Sandra drove me.", "Please leave out Sandra.", ("sandra",)),
    ("en", "It was hard.", "I was with Peter Miller all day. Please don't write his name.", ("miller", "peter")),
    ("de", "Es war Frau Schmidt am Empfang.", "Bitte schreiben Sie ihren Namen nicht auf", ("schmidt",)),
    ("nl", "Mijn baas Karin de Boer schreeuwde.", "Laat haar naam er alsjeblieft uit.", ("karin",)),
    ("en", "They said it was Peter.", "Please don't write down his name.", ("peter",)),
    ("fr", "Ma cheffe Claire criait.", "N'écrivez pas son nom s'il vous plaît.", ("claire",)),
    ("es", "Mi jefa Lucía gritaba.", "Por favor, no escriba su nombre.", ("lucía",)),
]  # fmt: skip


@pytest.mark.parametrize(("language", "told", "said", "names"), NAMED)
def test_where_only_a_name_is_to_be_left_out_the_answers_may_be_quoted_without_it(
    hold: Hold, language: str, told: str, said: str, names: tuple[str, ...]
) -> None:
    interview = hold(replace(CLINIC, language=language), told, said)
    assert unnamed(interview) == names
    assert unquoted(interview) == ()
    assert interview.text.startswith(LINES[language]["left_out.name"][0])
    while not interview.move.ends:
        interview.answer(SKIP)
        assert not any(name in interview.text.casefold() for name in names)


def test_a_quote_has_a_gap_in_the_place_of_the_name() -> None:
    assert (
        redact_names("Sandra's car and sandra, Sandras", ["sandra"]) == "…'s car and …, Sandras"
    )


def test_what_is_left_out_is_not_taken_up(hold: Hold) -> None:
    told = "The receptionist shouted at us because the computer system was down again."
    interview = hold(CLINIC, told, "Leave that out please.")
    while not interview.move.ends:
        interview.answer("skip")
        assert "receptionist" not in interview.text


def test_an_answer_that_asks_for_nothing_marks_nothing(hold: Hold) -> None:
    assert unquoted(hold(CLINIC, TELLS["en"])) == ()


# --- token patterns --------------------------------------------------------------------------


def fits(line: str, said: str, lead: int = 0) -> bool:
    tokens = said.split()
    ends = frozenset({0, len(tokens)})
    sentence = Sentence(tokens, ends, ends, lead, len(tokens))
    pattern = compile_pattern("kind", line, {"adv": frozenset({"so", "very"})})
    return any(pattern.fits(sentence, at) for at in range(len(tokens)))


@pytest.mark.parametrize(
    ("line", "said", "found"),
    [
        ("i am @adv* sad", "i am so very so sad", True),
        ("i am @adv* sad", "i am not sad", False),
        ("i .. cry|weep", "i could only weep", True),
        ("i .. cry", "i could only just about cry", False),
        ("go on? now", "go now", True),
        ("^ stop $", "stop", True),
        ("^ stop $", "please stop", False),
        ("stop >", "stop it", False),
    ],
)
def test_a_pattern_fits_what_it_says(line: str, said: str, found: bool) -> None:
    assert fits(line, said) is found


def test_a_pattern_begins_with_a_word() -> None:
    for line in (".. stop", "@adv* stop", "go? stop", "^ $"):
        with pytest.raises(ValueError, match="must start with a word"):
            compile_pattern("kind", line, {"adv": frozenset({"so"})})


def test_typos_are_read_as_what_is_meant() -> None:
    known = list_typos(frozenset({"crying", "trying"}))
    assert known["cryng"] == known["cryying"] == known["cyring"] == "crying"
    assert "trying" not in known
