"""What people say beside their answers, in the five languages that the interviewer speaks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.dialogue.controller import compute_progress
from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.understanding import facts
from interviewrelay.interviewer.wording.phrasing import LINES, META, join_parts

Hold = Callable[..., Any]
SKIP = "<skip>"
LONG = "I had been in pain for several months after a fall on the stairs at work."

WAY = Need("way", "how you got there", "How did you get there?", ("bus", "car", "train"))
WITH = Need("with", "who came along", "Who came with you?", ("sister", "alone", "wife"))
WAIT = Need("wait", "the wait", "How long did you wait?", ("wait", "minutes", "queue"))
VISIT = Guide(
    name="Visits",
    target_minutes=15,
    purpose="We want to learn how first visits go",
    contact="study@alder.example",
    questions=(
        Question("q1", "What brought you to the clinic?", importance="must"),
        Question(
            "q2", "How did your first visit go?", importance="must", needs=(WAY, WITH, WAIT)
        ),
        Question("q3", "How was the trip?", probes=("How did you get there?",)),
        Question("q4", "What did the visit cost you?"),
        Question("q5", "Did you go back?", kind="closed"),
        Question("q6", "What would you change?", importance="could"),
    ),
)


@pytest.fixture
def visit() -> Guide:
    return VISIT


def line(interview: Any) -> str:
    return str(interview.move.decision.details["line"])


# --- questions about the interview ----------------------------------------------------------------

ASKED = [
    ("en", "why", "Why should I tell you that?"),
    ("en", "why", "What is this study about?"),
    ("en", "who_sees", "is my boss going to see this"),
    ("en", "who_sees", "will my manager read this"),
    ("en", "who_sees", "who sees my answers"),
    ("en", "who_sees", "Will anyone else see this?"),
    ("en", "help", "help"),
    ("nl", "why", "Waarom zou ik u dat vertellen?"),
    ("nl", "why", "Waar gaat dit onderzoek over?"),
    ("nl", "who_sees", "Gaat mijn baas dit lezen?"),
    ("nl", "who_sees", "Wie ziet mijn antwoorden?"),
    ("nl", "help", "help"),
    ("de", "why", "Warum sollte ich Ihnen das sagen?"),
    ("de", "why", "Worum geht es in dieser Studie?"),
    ("de", "who_sees", "Sieht mein Chef das?"),
    ("de", "who_sees", "Wer liest meine Antworten?"),
    ("de", "help", "Hilfe"),
    ("fr", "why", "Pourquoi devrais-je vous le dire ?"),
    ("fr", "why", "Sur quoi porte cette étude ?"),
    ("fr", "who_sees", "Est-ce que mon chef va voir mes réponses ?"),
    ("fr", "who_sees", "Qui lit mes réponses ?"),
    ("fr", "help", "aide"),
    ("es", "why", "¿Por qué debería decirle eso?"),
    ("es", "why", "¿De qué trata este estudio?"),
    ("es", "who_sees", "¿Va a ver esto mi jefe?"),
    ("es", "who_sees", "¿Quién lee mis respuestas?"),
    ("es", "help", "ayuda"),
]


@pytest.mark.parametrize(("language", "topic", "said"), ASKED)
def test_a_question_about_the_interview_is_no_answer(
    language: str, topic: str, said: str
) -> None:
    heard = detect_acts(said, language)
    assert (heard.acts, heard.topics) == (("meta",), (topic,))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I took the bus, why do you ask that?"),
        ("en", "By bus. Why do you ask?"),
        ("en", "By bus but why do you ask that"),
        ("nl", "Ik ging met de bus, waarom vraagt u dat?"),
        ("de", "Ich kam mit dem Bus, warum fragen Sie das?"),
        ("fr", "J'ai pris le bus, pourquoi demandez-vous cela ?"),
        ("es", "Tomé el autobús, ¿por qué pregunta eso?"),
    ],
)
def test_an_answer_and_a_question_in_one_breath_are_both_honoured(
    visit: Guide, hold: Hold, language: str, said: str
) -> None:
    heard = detect_acts(said, language)
    assert (heard.acts, heard.topics) == (("meta", "answer"), ("why",))
    assert "bus" in heard.rest.replace("ú", "u")
    interview = hold(replace(visit, language=language), SKIP, said)
    assert interview.text.startswith(META[language]["why.sentence"])
    assert interview.text.endswith("Who came with you?")


@pytest.mark.parametrize(
    "said",
    [
        "He asked me, are you human, and we laughed about it",
        "She said, why do you want this job",
    ],
)
def test_a_question_that_is_told_of_is_not_asked(said: str) -> None:
    assert "answer" in detect_acts(said, "en").acts


def test_a_greeting_before_a_question_is_no_answer(visit: Guide, hold: Hold) -> None:
    interview = hold(visit, "Hello. Who sees my answers?")
    assert interview.text.endswith("What brought you to the clinic?")


@pytest.mark.parametrize(("said", "follows"), [("No, why do you ask?", "q6"), ("Why?", "q5")])
def test_a_closed_question_is_answered_in_the_same_breath(
    visit: Guide, hold: Hold, said: str, follows: str
) -> None:
    interview = hold(visit, SKIP, SKIP, SKIP, SKIP, said.replace("Why?", "Why do you ask?"))
    assert interview.asked()[-1] == follows


@pytest.mark.parametrize(
    ("purpose", "language", "said"),
    [
        ("We want to learn", "en", "Here's what this study is for. We want to learn."),
        ("To learn more.", "en", "The purpose of this study is to learn more."),
        ("first visits", "en", "The purpose of this study: first visits."),
        ("om meer te leren", "nl", "Dit onderzoek is bedoeld om meer te leren."),
        ("Wir lernen", "de", "Darum geht es in dieser Studie. Wir lernen."),
        ("comprendre cela", "fr", "Le but de cette étude est de comprendre cela."),
        ("saber más", "es", "El propósito de este estudio es saber más."),
    ],
)
def test_the_purpose_reads_as_a_sentence(
    visit: Guide, hold: Hold, purpose: str, language: str, said: str
) -> None:
    why = {s: t for s, topic, t in ASKED if topic == "why"}[language]
    interview = hold(replace(visit, purpose=purpose, language=language), why)
    assert interview.text.startswith(said + " ")


def test_what_is_joined_ends_as_sentences_do(visit: Guide, hold: Hold) -> None:
    assert "study@alder.example. " in hold(visit, "Can I delete my answers?").text
    assert join_parts("a@b.example", 'He said "yes."', "Why?") == (
        'a@b.example. He said "yes." Why?'
    )


# --- not willing, not the right person ------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "This question is too personal"),
        ("en", "that's too personal"),
        ("en", "I'd prefer to keep that private"),
        ("en", "That is a bit too private for me."),
        ("nl", "Dat is te persoonlijk"),
        ("nl", "Dat houd ik liever privé"),
        ("de", "Das ist mir zu persönlich"),
        ("de", "Das möchte ich lieber für mich behalten"),
        ("fr", "C'est trop personnel"),
        ("fr", "Je préfère garder cela pour moi"),
        ("es", "Es demasiado personal"),
        ("es", "Prefiero guardármelo"),
    ],
)
def test_a_refusal_is_accepted(visit: Guide, hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(visit, language=language), SKIP, said)
    assert line(interview) in LINES[language]["declined"]
    assert interview.asked()[-1] == "q3"


def test_a_refusal_with_a_question_gets_both_replies(visit: Guide, hold: Hold) -> None:
    interview = hold(visit, "I'd rather not, why do you ask?")
    assert line(interview).startswith("Here's what this study is for.")
    assert interview.asked()[-1] == "q2"


@pytest.mark.parametrize("language", sorted(LINES))
def test_a_skip_is_not_thanked_for_words(visit: Guide, hold: Hold, language: str) -> None:
    thanks = ("thank", "dank", "merci", "gracias")
    assert not any(t in p.lower() for p in LINES[language]["skipped"] for t in thanks)
    assert line(hold(replace(visit, language=language), SKIP)) in LINES[language]["skipped"]


@pytest.mark.parametrize("said", ["skip", "next", "no, go on"])
def test_a_skip_in_words_is_a_skip(visit: Guide, hold: Hold, said: str) -> None:
    assert line(hold(visit, said)) in LINES["en"]["skipped"]


MISFITS = [
    ("en", "I have never been to a clinic"),
    ("en", "That does not apply to me."),
    ("nl", "Ik ben nog nooit in een kliniek geweest"),
    ("de", "Ich war noch nie in einer Klinik"),
    ("fr", "Je n'ai jamais été dans une clinique"),
    ("es", "Nunca he estado en una clínica"),
]


@pytest.mark.parametrize(("language", "said"), MISFITS)
def test_who_does_not_fit_is_not_probed(
    visit: Guide, hold: Hold, language: str, said: str
) -> None:
    interview = hold(replace(visit, language=language), SKIP, said)
    assert line(interview) == LINES[language]["misfit"][0]
    assert interview.asked()[-1] == "q3"
    interview.answer(said)
    assert interview.act == acts.CONFIRM_STOP
    interview.answer("no")
    assert interview.asked()[-1] == "q4"
    interview.answer(said)
    assert interview.asked()[-1] == "q5"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "you have the wrong person"),
        ("nl", "U heeft de verkeerde persoon"),
        ("de", "Sie haben die falsche Person"),
        ("fr", "Vous vous trompez de personne"),
        ("es", "Se equivoca de persona"),
    ],
)
def test_the_wrong_person_may_end_it(
    visit: Guide, hold: Hold, language: str, said: str
) -> None:
    interview = hold(replace(visit, language=language), said)
    assert interview.text == join_parts(
        LINES[language]["misfit.again"][0], LINES[language]["confirm_stop"][0]
    )
    assert interview.answer("yes").ends


@pytest.mark.parametrize(
    "said",
    [
        "I have never been treated so well.",
        "I have never used so many words for a letter, but they asked for each detail twice.",
    ],
)
def test_never_is_also_said_in_answers(visit: Guide, hold: Hold, said: str) -> None:
    assert hold(visit, said).act == acts.PROBE


# --- stopping and going on ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "stop", "on"),
    [
        ("en", "stop", "no, go on"),
        ("en", "stop", "continue"),
        ("nl", "stop", "nee, ga door"),
        ("de", "stopp", "nein, weiter"),
        ("fr", "stop", "non, continuez"),
        ("es", "parar", "no, siga"),
    ],
)
def test_the_question_comes_again_after_going_on(
    visit: Guide, hold: Hold, language: str, stop: str, on: str
) -> None:
    interview = hold(replace(visit, language=language), SKIP, stop, on)
    assert interview.act == acts.CARRY_ON
    assert interview.text.endswith("How did your first visit go?")


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("overslaan", "skip"),
        ("volgende vraag", "skip"),
        ("stoppen", "stop"),
        ("überspringen", "skip"),
        ("nächste Frage bitte", "skip"),
        ("aufhören", "stop"),
        ("question suivante", "skip"),
        ("arrêter", "stop"),
        ("siguiente pregunta", "skip"),
        ("parar", "stop"),
        ("pauze", "pause"),
        ("korter", "shorten"),
    ],
)
@pytest.mark.parametrize("language", sorted(LINES))
def test_commands_are_understood_in_every_language(said: str, act: str, language: str) -> None:
    heard = detect_acts(said, language)
    assert act in heard.acts
    assert "answer" not in heard.acts


@pytest.mark.parametrize("said", ["Alto.", "Dag", "I sang alto", "Volgende vraag was moeilijk"])
def test_what_is_a_word_elsewhere_stays_an_answer(said: str) -> None:
    assert detect_acts(said, "en").acts == ("answer",)


# --- what was told --------------------------------------------------------------------------------


def test_a_short_answer_fills_what_it_tells(visit: Guide, hold: Hold) -> None:
    interview = hold(visit, SKIP, "By bus.")
    assert interview.text.endswith("Who came with you?")
    assert interview.answer("Alone.").text.endswith("How long did you wait?")


def test_one_answer_fills_several_needs(visit: Guide, hold: Hold) -> None:
    told = "I went by bus with my sister and we waited forty minutes before it was our turn."
    assert hold(visit, SKIP, told).past_leads().asked()[-1] == "q3"


def test_a_topic_that_is_only_named_is_still_asked_for(script: Any, hold: Hold) -> None:
    price = Need("price", "the price", "What was the price like?", ("price", "euro"))
    guide = script([Question("a", "?"), Question("b", "How was it?", needs=(price,))])
    assert hold(guide, SKIP, "The price.").act == acts.PROBE
    assert hold(guide, SKIP, "Eleven euro.").act == acts.ANYTHING_TO_ADD


@pytest.mark.parametrize("before", ["By bus.", SKIP])
def test_an_authors_probe_is_not_asked_for_what_was_told(
    visit: Guide, hold: Hold, before: str
) -> None:
    some = replace(visit, questions=(visit.questions[0], *visit.questions[2:4]))
    assert hold(some, SKIP, "We went by train, it was fine.").past_leads().asked()[-1] == "q4"
    assert hold(some, SKIP, "It was fine.").text.endswith("How did you get there?")
    told = hold(visit, SKIP, "By bus, alone, and I waited ten minutes.").past_leads()
    told.answer("It was fine.")
    assert told.past_leads().asked()[-1] == "q4"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How did you get there?", "On foot"),
        ("How long did it take?", "Half an hour"),
        ("What did it cost?", "€11"),
        ("Hoe bent u daar gekomen?", "met de fiets"),
        ("Hoe lang duurde het?", "twee weken"),
        ("Wat heeft het gekost?", "elf euro"),
        ("Wie sind Sie hingekommen?", "zu Fuß"),
        ("Wie lange hat es gedauert?", "zwei Stunden"),
        ("Was hat es gekostet?", "elf Euro"),
        ("Comment y êtes-vous allé ?", "à pied"),
        ("Combien de temps avez-vous attendu ?", "deux heures"),
        ("Combien cela a-t-il coûté ?", "onze euros"),
        ("¿Cómo llegó allí?", "en autobús"),
        ("¿Cuánto tiempo esperó?", "dos horas"),
        ("¿Cuánto costó?", "once euros"),
    ],
)
def test_facts_are_known_when_told(question: str, answer: str) -> None:
    assert facts.is_told(question, [answer])
    assert not facts.is_told(question, ["It was all rather confusing."])


@pytest.mark.parametrize("said", ["Eleven euro.", "no", "11", "Nothing"])
def test_a_short_fact_is_a_whole_answer(visit: Guide, hold: Hold, said: str) -> None:
    interview = hold(visit, SKIP, SKIP, SKIP, said)
    assert interview.asked()[-1] == "q5"


@pytest.mark.parametrize(
    ("question", "language", "fact"),
    [
        ("To begin with, when did you go?", "en", True),
        ("Which bus was it?", "en", True),
        ("How was it?", "en", False),
        ("Wanneer was dat?", "nl", True),
        ("Hoe was dat?", "nl", False),
        ("Wann war das?", "de", True),
        ("Wie war das?", "de", False),
        ("Quand était-ce ?", "fr", True),
        ("Comment était-ce ?", "fr", False),
        ("¿Cuándo fue?", "es", True),
        ("¿Cómo fue?", "es", False),
    ],
)
def test_questions_for_facts_are_known(question: str, language: str, fact: bool) -> None:
    assert facts.asks_for_fact(question, language) is fact


@pytest.mark.parametrize("said", ["x", "asdf", "aaaa", "blah blah", "qwerty"])
def test_what_has_no_meaning_is_asked_about_once(visit: Guide, hold: Hold, said: str) -> None:
    interview = hold(visit, SKIP, said)
    assert line(interview) in LINES["en"]["garbled"]
    assert interview.text.endswith("How did your first visit go?")
    assert interview.answer(said).decision.question_id == "q3"


def test_other_words_help_where_the_author_gave_some(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, SKIP, "x")
    assert interview.text.endswith("What had to happen before the first visit?")


def test_nothing_is_claimed_that_was_not_told(visit: Guide, hold: Hold) -> None:
    interview = hold(visit, "I already told you")
    assert interview.text == join_parts(
        LINES["en"]["not_told"][0], "What brought you to the clinic?"
    )
    interview.answer("I already told you that")
    assert line(interview) in LINES["en"]["leave"]
    assert interview.asked()[-1] == "q2"
    told = hold(visit, LONG, "I already told you that")
    assert line(told) in LINES["en"]["apology"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Dat heb ik al gezegd"),
        ("de", "Das habe ich schon gesagt"),
        ("fr", "Je vous l'ai déjà dit"),
        ("es", "Ya se lo dije"),
    ],
)
def test_having_told_is_understood_in_every_language(language: str, said: str) -> None:
    assert detect_acts(said, language).acts == ("already_told",)


# --- the clock ------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [1, 5, 15, 60])
def test_the_time_left_begins_with_the_time_agreed_to(
    visit: Guide, hold: Hold, minutes: int
) -> None:
    guide = replace(visit, target_minutes=minutes)
    interview = hold(guide)
    assert compute_progress(guide, interview.turns, interview.context()).minutes_left == minutes
