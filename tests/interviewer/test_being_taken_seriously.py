"""Ends, refusals, complaints and denials: what people tell the interviewer about the interview."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.demo.content import SCRIPT
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.guide import Condition, Guide, Need, Question, build_guide
from interviewrelay.interviewer.policy import salience
from interviewrelay.interviewer.understanding import avoided_topics, facts
from interviewrelay.interviewer.wording.phrasing import LINES, META, PHRASES, join_parts
from interviewrelay.scripts.document import ScriptDocument

Hold = Callable[..., Any]
SKIP = "<skip>"
FIRST = "What brought you to the company?"
STUDY = Guide(
    name="Work",
    contact="study@alder.example",
    questions=(
        Question("q1", FIRST, importance="must"),
        Question("q2", "Which course did you take last?", importance="must"),
        Question("q3", "What would you change?"),
    ),
)
DEMO = build_guide(ScriptDocument.model_validate(SCRIPT).model_dump())


def line(interview: Any) -> str:
    return str(interview.move.decision.details["line"])


# --- stopping, taking back, pausing ---------------------------------------------------------------

STOPS = {
    "en": [
        "I changed my mind, I don't want to take part",
        "I don't want to take part any more",
        "I'd rather not continue",
        "I've had enough",
        "I have had enough of these questions",
        "cancel the interview",
        "Please cancel this",
        "please no more",
        "We're done",
        "abort",
        "May I stop?",
        "Can I end it here?",
        "How do I stop?",
        "I'm done, bye",
        "Get me out of here",
        "That's it, I'm leaving",
        "gotta go",
        "I'd like to leave",
        "no longer interested",
    ],
    "de": [
        "Ich will nicht mehr",
        "Ich möchte nicht mehr teilnehmen",
        "Ich will nicht weitermachen",
        "Hör auf",
        "Ende",
        "Es reicht",
        "Jetzt reicht's",
        "Ich breche ab",
        "Kann ich aufhören?",
        "Darf ich abbrechen?",
        "Ich habe meine Meinung geändert, ich möchte nicht teilnehmen",
        "Ich mache nicht mehr mit",
    ],
    "nl": [
        "Stop maar",
        "ik ga stoppen",
        "Ik wil ermee ophouden",
        "Ik wil niet meer meedoen",
        "Ik wil niet meer",
        "Klaar",
        "Hou maar op",
        "Kan ik stoppen?",
        "Ik doe niet meer mee",
        "Ik heb me bedacht, ik wil niet meer",
    ],
    "fr": [
        "Je ne veux plus continuer",
        "Je ne souhaite plus participer",
        "J'abandonne",
        "Est-ce que je peux arrêter ?",
        "Puis-je arrêter ?",
        "J'ai changé d'avis, je ne veux plus",
        "Je préfère arrêter",
    ],
    "es": [
        "ya no quiero participar",
        "No quiero seguir",
        "No quiero más",
        "¿Puedo dejarlo?",
        "He cambiado de opinión, no quiero seguir",
    ],
    "ar": ["أريد التوقف", "أوقف المقابلة", "هل يمكنني التوقف؟", "لا أريد المشاركة"],
}
TOLD_OF = [
    "I changed my mind about the doctor.",
    "I'm done with that doctor.",
    "He told me to get out of here.",
]


@pytest.mark.parametrize(
    ("language", "said"), [(code, s) for code, some in STOPS.items() for s in some]
)
def test_a_wish_to_stop_is_never_an_answer(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(STUDY, language=language), said)
    assert interview.act == acts.CONFIRM_STOP
    assert interview.answer("stop").ends


@pytest.mark.parametrize("said", TOLD_OF)
def test_what_is_told_of_an_end_ends_nothing(hold: Hold, said: str) -> None:
    assert hold(STUDY, said).act != acts.CONFIRM_STOP


@pytest.mark.parametrize(
    "said",
    ["no go on", "No, go on", "no carry on", "no proceed", "No I want to finish it", "not yet"],
)
def test_who_wants_to_go_on_goes_on(hold: Hold, said: str) -> None:
    interview = hold(STUDY, "I want to stop", said)
    assert interview.act == acts.CARRY_ON
    assert FIRST in interview.text


@pytest.mark.parametrize("said", ["no, stop", "no I'm done", "No I will not go on", "yes"])
def test_who_wants_to_end_it_ends_it(hold: Hold, said: str) -> None:
    assert hold(STUDY, "I want to stop", said).move.ends


WAITED = (
    "No wait",
    "I didn't wait",
    "Zero minutes",
    "I was seen immediately",
    "I never had to wait",
    "They took me straight in",
    "straight in",
)


@pytest.mark.parametrize("said", WAITED)
def test_of_what_never_was_nothing_more_is_asked(hold: Hold, said: str) -> None:
    told = "I took the bus and found the desk easily by the signs at reception."
    interview = hold(DEMO, told).past_leads()
    interview.answer(said)
    assert interview.asked()[-2:] == ["waiting", "conversation"]


@pytest.mark.parametrize("said", ["2h", "45min", "1.5 hrs"])
def test_a_length_may_be_written_short(said: str) -> None:
    assert facts.is_told("How long did you wait?", [said])


@pytest.mark.parametrize(
    ("said", "topic"),
    [("are you ChatGPT?", "human"), ("where can I read the results?", acts.UNKNOWN)],
)
def test_a_question_is_no_answer(said: str, topic: str) -> None:
    heard = detect_acts(said, "en")
    assert (acts.META in heard.acts, acts.ANSWER in heard.acts) == (True, False)
    assert heard.topics == (topic,)


TAKEN_BACK = [
    ("en", "I changed my mind, I don't want to participate"),
    ("en", "I don't consent"),
    ("en", "I do not consent to this"),
    ("en", "I withdraw my consent"),
    ("en", "I want to withdraw"),
    ("en", "I no longer agree to this"),
    ("en", "please forget everything I said"),
    ("en", "Please delete my answers"),
    ("de", "Löschen Sie meine Daten"),
    ("de", "Ich widerrufe meine Einwilligung"),
    ("nl", "Wis mijn gegevens"),
    ("nl", "Ik trek mijn toestemming in"),
    ("fr", "Je veux me retirer"),
    ("fr", "Effacez mes réponses"),
    ("es", "Borre mis datos"),
    ("es", "Retiro mi consentimiento"),
]


@pytest.mark.parametrize(("language", "said"), TAKEN_BACK)
def test_who_takes_it_back_is_told_how(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(STUDY, language=language), SKIP, said)
    own = LINES[language]
    assert interview.text == join_parts(own["withdraw.note"][0], own["confirm_stop"][0])
    interview.answer("stop")
    assert interview.move.ends
    assert interview.text.endswith(own["withdraw.how"][0])


PAUSES = [
    ("en", "How do I pause?"),
    ("en", "May I take a short break?"),
    ("de", "Kann ich eine Pause machen?"),
    ("nl", "Mag ik even pauzeren?"),
    ("fr", "Je peux faire une pause ?"),
    ("es", "¿Puedo hacer una pausa?"),
    ("ar", "هل يمكنني أخذ استراحة؟"),
]


@pytest.mark.parametrize(("language", "said"), PAUSES)
def test_who_asks_to_pause_may(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(STUDY, language=language), said)
    assert (interview.act, interview.text.endswith(FIRST)) == (acts.PAUSED, True)


@pytest.mark.parametrize("said", ["back", "ok, here again", "I'm back", "ready"])
def test_who_comes_back_from_a_break_is_greeted_and_asked_again(hold: Hold, said: str) -> None:
    interview = hold(STUDY, "brb", said)
    assert (interview.act, interview.text.endswith(FIRST)) == (acts.ASIDE, True)
    # Where it hurts may well be the back.
    assert hold(STUDY, "back").move.decision.details["reply"] == "answer"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I've had enough of the waiting in that corridor"),
        ("en", "the project came to an end"),
        ("en", "we're done with the kitchen by May"),
        ("en", "They cancelled the interview and I went home"),
        ("en", "I want to take part in the choir again"),
        ("en", "I did not agree to the price"),
        ("en", "It was a waste of time"),
        ("de", "Ich will nicht mehr dort arbeiten"),
        ("de", "Es reicht für zwei Wochen"),
        ("nl", "Ik wil niet meer naar die arts"),
        ("nl", "Ik ging stoppen met roken"),
        ("fr", "Je ne veux plus y aller"),
        ("es", "No quiero seguir con ese médico"),
        ("es", "A mi hijo le gusta el fútbol"),
    ],
)
def test_a_mere_mention_ends_nothing(language: str, said: str) -> None:
    assert detect_acts(said, language).acts == ("answer",)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "no, wait, I can go on"),
        ("en", "later"),
        ("en", "sure, one more question is fine"),
        ("de", "Nein, ich kann noch weitermachen"),
        ("nl", "nee hoor, ik kan nog wel even verder"),
        ("fr", "non, on peut poursuivre"),
        ("es", "no, podemos seguir un poco"),
    ],
)
def test_who_does_not_end_gets_the_question_back(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(STUDY, language=language), SKIP, "stop", said)
    assert interview.act == acts.CARRY_ON
    assert interview.text.endswith("Which course did you take last?")


@pytest.mark.parametrize("said", ["yes, that would be good", "I can't go on", "no more"])
def test_who_ends_is_obeyed(hold: Hold, said: str) -> None:
    assert hold(STUDY, "stop", said).move.ends


# --- what was told, and what never was ------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "wait", "follows"),
    [
        ("I took the bus and a porter took me to the right room.", "There was no waiting.", ""),
        ("By bus. No problem finding it.", "I was called in right away, no wait at all.", ""),
        (
            "I cycled, and I know the building by heart.",
            "Quarter past nine until eleven, with only a poster to read.",
            "What were you told while you waited?",
        ),
    ],
)
def test_the_demonstration_asks_nothing_that_was_just_told(
    hold: Hold, way: str, wait: str, follows: str
) -> None:
    interview = hold(DEMO, way).past_leads()
    assert interview.asked() == ["arrival", "waiting"]
    interview.answer(wait)
    if not follows:
        interview.past_leads()
    assert interview.text.endswith(follows or DEMO.questions[2].text)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How long did you wait?", "There was no queue."),
        ("How long did it take?", "From nine until half past ten."),
        ("Hoe lang heeft u gewacht?", "We waren meteen aan de beurt."),
        ("Wie lange haben Sie gewartet?", "Von neun bis elf."),
        ("Combien de temps avez-vous attendu ?", "Pas d'attente, tout de suite."),
        ("¿Cuánto tiempo esperó?", "No hubo espera."),
        ("When did you move?", "We moved in March last year."),
        ("Wanneer bent u verhuisd?", "Vorig jaar in maart."),
        ("Wann sind Sie umgezogen?", "Letztes Jahr."),
        ("Quand avez-vous déménagé ?", "Il y a deux ans."),
        ("¿Cuándo se mudó?", "Hace dos años."),
        ("And who paid?", "The company paid."),
        ("What was it like to find your way?", "They led us to the desk."),
    ],
)
def test_more_facts_are_known_when_told(question: str, answer: str) -> None:
    assert facts.is_told(question, [answer])
    assert not facts.is_told(question, ["It was all rather confusing."])


def paid(importance: Any, text: str = "How much did it cost, and who paid?") -> Guide:
    course = Question("b", "How did the course go?", depth="none")
    rest = (Question("c", text, importance=importance), Question("d", "And then?"))
    return Guide(name="S", questions=(STUDY.questions[0], course, *rest))


def test_a_question_that_was_told_in_full_is_not_asked(hold: Hold) -> None:
    told = "It cost 400 euros, the company paid."
    interview = hold(paid("should"), SKIP, told)
    assert interview.asked()[-1] == "d"
    assert interview.move.decision.details["passed"] == {"c": "covered"}
    must = hold(paid("must"), SKIP, told)
    assert must.asked()[-1] == "c"
    assert line(must) in LINES["en"]["residual"]
    assert hold(paid("should"), SKIP, "It cost 400 euros.").asked()[-1] == "c"
    hotel = paid("should", "How much did the hotel cost, and who paid?")
    assert hold(hotel, SKIP, told).asked()[-1] == "c"


@pytest.mark.parametrize(
    ("language", "question", "said"),
    [
        ("en", "Which course did you take last?", "I haven't taken any course"),
        ("en", "Which course did you take last?", "There was no course!"),
        ("en", "Where did you go on holiday?", "I have never been on holiday"),
        ("nl", "Welke cursus heeft u gevolgd?", "Ik heb geen cursus gevolgd"),
        ("de", "Welchen Kurs haben Sie besucht?", "Ich habe keinen Kurs besucht"),
        ("fr", "Quel cours avez-vous suivi ?", "Je n'ai suivi aucun cours"),
        ("fr", "Quel cours avez-vous suivi ?", "Il n'y avait pas de cours"),
        ("es", "¿Qué curso hizo?", "No he hecho ningún curso"),
    ],
)
def test_what_never_was_is_not_gone_into(
    script: Any, hold: Hold, language: str, question: str, said: str
) -> None:
    asked = [Question("a", question), Question("b", "?"), Question("c", "??")]
    interview = hold(script(asked, language=language), said)
    assert line(interview) == LINES[language]["misfit"][0]
    assert interview.asked() == ["a", "b"]


@pytest.mark.parametrize(
    "said",
    ["I didn't like the course", "I haven't had any problems", "There was no hurry about it"],
)
def test_a_denial_of_something_else_is_an_answer(hold: Hold, said: str) -> None:
    assert hold(STUDY, SKIP, said).move.decision.details["reply"] == "answer"


@pytest.mark.parametrize(
    ("language", "question", "said"),
    [
        (
            "en",
            "Please tell me of a time you used it.",
            "i havent used any of it. It was useless",
        ),
        (
            "en",
            "Please tell me of a time you used it.",
            "We didn't get to use any of it, so far.",
        ),
        (
            "nl",
            "Vertel over een keer dat u het gebruikte.",
            "Ik heb er nog niets van gebruikt.",
        ),
        ("de", "Wann haben Sie es genutzt?", "Ich habe noch nichts davon genutzt."),
        ("fr", "Quand l'avez-vous utilisé ?", "Je n'ai encore rien utilisé."),
        ("es", "¿Cuándo lo ha usado?", "No he usado nada todavía."),
    ],
)
def test_what_was_never_done_is_heard_and_left(
    script: Any, hold: Hold, language: str, question: str, said: str
) -> None:
    needs = (Need("result", "the result", "What came of it?", ("worked",)),)
    asked = [Question("a", question, needs=needs, probes=("Who saw it?",)), Question("b", "?")]
    interview = hold(script(asked, language=language), said)
    assert interview.asked() == ["a", "b"]
    assert interview.move.decision.details["reply"] == "answer"


@pytest.mark.parametrize(
    "said",
    [
        "I haven't used it since March, but then I did every week and it helped.",
        "I never saw it, but I used the rest.",
        "We used all of it.",
    ],
)
def test_what_was_done_at_some_time_is_gone_into(script: Any, hold: Hold, said: str) -> None:
    needs = (Need("result", "the result", "What came of it?", ("worked",)),)
    asked = [
        Question("a", "Please tell me of a time you used it.", needs=needs),
        Question("b", "?"),
    ]
    probe = hold(script(asked), said).move.decision
    assert (probe.act, probe.question_id) == (acts.PROBE, "a")


def test_who_denied_it_and_says_so_again_gets_an_apology(hold: Hold) -> None:
    later = Question("q4", "Whose idea was it?")
    guide = replace(STUDY, questions=(*STUDY.questions[:2], later, STUDY.questions[2]))
    interview = hold(guide, SKIP, "I haven't taken any course", "I told you, none")
    assert line(interview) in LINES["en"]["apology"]
    assert interview.asked()[-1] == "q3"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I told you, none"),
        ("en", "I already said three months"),
        ("en", "you keep asking the same thing"),
        ("en", "we've been over this"),
        ("nl", "U vraagt steeds hetzelfde"),
        ("nl", "Dat hebben we al gehad"),
        ("de", "Sie fragen immer dasselbe"),
        ("de", "Das hatten wir schon"),
        ("fr", "Vous répétez la même question"),
        ("fr", "On en a déjà parlé"),
        ("es", "Siempre pregunta lo mismo"),
        ("es", "Ya hablamos de eso"),
    ],
)
def test_a_complaint_of_repetition_is_apologised_for(
    hold: Hold, language: str, said: str
) -> None:
    told = "That would be the long one on safety at work in the spring."
    interview = hold(replace(STUDY, language=language), SKIP, told, said)
    assert line(interview) in LINES[language]["apology"]
    assert interview.asked()[-1] == "q3"


# --- what is left aside, put off, or asked beside an answer ---------------------------------------


MONEY = Guide(
    name="Home",
    questions=(
        Question("q1", "How did the move go?"),
        Question("q2", "How do you manage the costs of the new place?"),
        Question("q3", "What does the rent mean for you?", importance="must"),
        Question("q4", "What are the neighbours like?"),
    ),
)


def test_a_refused_subject_is_left_alone(hold: Hold) -> None:
    interview = hold(MONEY, "I'd rather not talk about money")
    assert interview.asked() == ["q1", "q3"]
    assert interview.move.decision.details["passed"] == {"q2": "declined"}
    assert LINES["en"]["may_skip"][0] in line(interview)
    assert interview.answer(SKIP).decision.question_id == "q4"
    assert hold(MONEY, "I'd rather not say").asked() == ["q1", "q2"]


@pytest.mark.parametrize(
    ("language", "said", "question"),
    [
        ("en", "I don't want to discuss my father", "What did your father do?"),
        ("en", "I don't want to talk about work, it was bad", "How was work?"),
        ("nl", "Ik wil het niet over geld hebben", "Wat betaalt u aan huur?"),
        ("de", "Ich möchte nicht über Geld sprechen", "Was kostet die Wohnung?"),
        ("fr", "Je ne veux pas parler d'argent", "Quel est votre loyer ?"),
        ("es", "No quiero hablar de dinero", "¿Cuál es el precio?"),
    ],
)
def test_what_a_refusal_names_is_known(language: str, said: str, question: str) -> None:
    named = avoided_topics.find_refused_topic(said, language)
    assert avoided_topics.is_about(question, named, language)
    assert not avoided_topics.is_about("What is the weather like?", named, language)


def test_what_must_be_asked_comes_again_after_many_questions_back(hold: Hold) -> None:
    interview = hold(STUDY, *["Are you human?"] * 6)
    assert interview.asked() == ["q1", "q2"]
    assert line(interview).endswith(LINES["en"]["put_off"][0])
    interview.answer(SKIP, SKIP)
    assert (interview.act, interview.move.decision.question_id) == (acts.RETURN, "q1")
    assert interview.text.endswith(FIRST)
    interview.answer(*["Are you human?"] * 6)
    assert interview.act == acts.ANYTHING_TO_ADD


def test_a_question_about_a_word_gets_its_reply_and_the_answer_stays(hold: Hold) -> None:
    said = "I watched videos for two weeks. What's a typical day supposed to mean?"
    interview = hold(STUDY, SKIP, said)
    assert line(interview) in LINES["en"]["as_you_see"]
    assert interview.text.endswith("Which course did you take last?")
    assert "answer" in detect_acts(said, "en").acts


# --- manners --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "you stupid robot"),
        ("en", "You're not listening"),
        ("nl", "U luistert niet"),
        ("de", "Du blöder Roboter"),
        ("fr", "Vous ne m'écoutez pas"),
        ("es", "Robot estúpido"),
    ],
)
def test_anger_gets_one_offer_and_no_probe(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(STUDY, language=language), SKIP, said)
    assert interview.text == LINES[language]["complaint"][0]
    assert interview.answer(said).decision.question_id == "q3"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I cried every day"),
        ("en", "I got lost and cried"),
        ("nl", "Ik heb elke dag gehuild"),
        ("de", "Ich habe jeden Tag geweint"),
        ("fr", "J'ai pleuré tous les jours"),
        ("es", "Lloré todos los días"),
    ],
)
def test_tears_are_not_asked_for_details(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(STUDY, language=language), said)
    assert line(interview) == LINES[language]["gently"][0]
    assert interview.text.endswith(tuple(PHRASES[language]["gentle"]))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The deadlines were suicide"),
        ("nl", "De deadlines waren zelfmoord"),
        ("de", "Die Fristen waren Selbstmord"),
        ("fr", "Les délais étaient un suicide"),
        ("es", "Los plazos eran un suicidio"),
    ],
)
def test_a_figure_of_speech_is_no_danger(language: str, said: str) -> None:
    assert "safety" not in detect_acts(said, language).acts
    assert "safety" in detect_acts(f"{said} and I want to kill myself", language).acts


@pytest.mark.parametrize(
    "said", ["My plan is suicide", "suicide", "I think of suicide", "It was suicide"]
)
def test_danger_is_still_heard(said: str) -> None:
    assert detect_acts(said, "en").acts[0] == "safety"


def test_who_asks_whether_it_is_anonymous_hears_the_truth(hold: Hold) -> None:
    own = META["en"]
    asked = {
        "Is this anonymous?": "who_sees.anonymous",
        "Can my boss see this?": "who_sees.others",
    }
    for said, key in asked.items():
        assert own[key] in hold(STUDY, said).text
    plainly = hold(STUDY, "Who will read this?").text
    assert not any(own[key] in plainly for key in asked.values())
    without = hold(STUDY, "Is this anonymous?", returning_by_link=False).text
    assert own["who_sees.anonymous"] not in without


@pytest.mark.parametrize(
    "said",
    [
        "Does not quoted mean it's taken out?",
        "Is it still read, or not?",
        'I meant all of the nights. Does "not quoted" mean it\'s taken out, or do they still read it?',
    ],
)
def test_who_asks_what_not_quoted_means_is_told_that_it_is_read(hold: Hold, said: str) -> None:
    assert META["en"]["unquoted"] in hold(STUDY, "Please do not quote that.", said).text


def test_who_asks_whether_anything_is_needed_still_hears_how_much(hold: Hold) -> None:
    told = hold(STUDY, "It was fine. Is there anything you still need?").text
    assert META["en"]["unknown"] not in told
    assert "more topic" in told or META["en"]["how_many.none"] in told


def test_nobody_is_asked_how_it_was_to_do_what_they_would_do() -> None:
    assert salience.happened_once("i offered mirela a place in the car", "en")
    assert not salience.happened_once("i would offer mirela a place, which she refused", "en")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Do you like Python?"),
        ("nl", "Houdt u van muziek?"),
        ("de", "Haben Sie Kinder?"),
        ("fr", "Aimez-vous la musique ?"),
        ("es", "¿Cuántos años tiene usted?"),
    ],
)
def test_the_interviewer_has_no_life_to_tell_of(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(STUDY, language=language), said)
    assert interview.text.startswith(META[language]["self"])


def test_pardon_asks_for_the_question(hold: Hold) -> None:
    for code, said in (("es", "¿Perdón?"), ("fr", "Pardon ?"), ("de", "Entschuldigung?")):
        assert hold(replace(STUDY, language=code), said).act == acts.SAY_AGAIN


def test_a_number_beside_the_scale_is_asked_about_once(script: Any, hold: Hold) -> None:
    rated = Question("a", "From 1 to 10, how was it?", kind="scale")
    guide = script([rated, Question("b", "And then?")])
    assert hold(guide, "10").asked()[-1] == "b"
    interview = hold(guide, "11")
    assert "from 1 to 10." in line(interview)
    assert interview.text.endswith(rated.text)
    assert interview.answer("11").decision.question_id == "b"


WITHOUT_A_NUMBER = {
    "en": ("On a scale of 1 to 10, how well were you prepared?", "The lack of a list of names"),
    "nl": ("Op een schaal van 1 tot 10, hoe goed was u voorbereid?", "Het was wel redelijk"),
    "de": ("Auf einer Skala von 1 bis 10, wie gut waren Sie vorbereitet?", "Es war in Ordnung"),
    "fr": ("Sur une échelle de 1 à 10, étiez-vous bien préparé ?", "C'était assez correct"),
    "es": ("En una escala de 1 a 10, ¿estaba bien preparado?", "Estuvo bastante bien"),
}


@pytest.mark.parametrize("language", WITHOUT_A_NUMBER)
def test_a_scale_without_a_number_is_asked_about_once_and_then_stands(
    script: Any, hold: Hold, language: str
) -> None:
    asked, said = WITHOUT_A_NUMBER[language]
    later = Question("c", "???", ask_if=Condition("a", "contains", said))
    rated = Question("a", asked, kind="scale")
    guide = script([rated, Question("b", "..?"), later], language=language)
    interview = hold(guide, said)
    assert "10" in line(interview)
    assert interview.text.endswith(asked)
    assert interview.answer(said).decision.question_id == "b"
    assert interview.answer(SKIP).decision.question_id == "c"  # a condition knows what stands


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Seven."), ("en", "I would say an eight"), ("en", "7 out of 10"), ("en", "seven and a half"),
        ("nl", "Een zeven, denk ik"), ("nl", "acht"), ("de", "Sieben"), ("de", "Eine Acht von zehn"),
        ("de", "eins"), ("fr", "sept"), ("fr", "Je dirais huit"), ("es", "siete"), ("es", "uno"),
        ("es", "Un ocho, quizás"),
    ],
)  # fmt: skip
def test_a_number_in_words_is_one(script: Any, hold: Hold, language: str, said: str) -> None:
    rated = Question("a", WITHOUT_A_NUMBER[language][0], kind="scale")
    guide = script([rated, Question("b", "..?")], language=language)
    assert hold(guide, said).asked()[-1] == "b"


def test_numbers_written_together_are_numbers(script: Any, hold: Hold) -> None:
    for language, said in (("de", "Fünfundsiebzig"), ("nl", "vijfenzeventig, denk ik")):
        rated = Question("a", "0 - 100?", kind="scale")
        guide = script([rated, Question("b", "..?")], language=language)
        assert hold(guide, said).asked()[-1] == "b"


def test_a_scale_without_numbers_takes_words(script: Any, hold: Hold) -> None:
    rated = Question("a", "How satisfied were you?", kind="scale")
    guide = script([rated, Question("b", "And then?")])
    assert hold(guide, "Very much so, all in all").asked()[-1] == "b"


def test_who_will_not_rate_is_not_asked_again(script: Any, hold: Hold) -> None:
    rated = Question("a", "From 1 to 10, how was it?", kind="scale")
    guide = script([rated, Question("b", "And then?")])
    for said in ("skip", "I would rather not say"):
        assert hold(guide, said).asked()[-1] == "b"
    assert "from 1 to 10" in line(hold(guide, "ok"))


def test_ok_before_an_invitation_reads_well(hold: Hold) -> None:
    interview = hold(STUDY, "ok")
    assert interview.text == f"Whenever you're ready. {FIRST}"


@pytest.mark.parametrize(
    "said",
    [
        "ok. i drove. parking was a joke, 20 mins going round and 4 pounds 50",
        "Yes. The desk was full, so we waited in the corridor.",
        "Sure. It took two hours from door to door.",
    ],
)
def test_an_answer_that_begins_with_ok_is_one(hold: Hold, said: str) -> None:
    interview = hold(STUDY, said)
    assert FIRST not in interview.text
    assert not interview.text.startswith("Whenever")


def test_a_language_without_phrases_hears_the_scripts_questions_only(
    script: Any, hold: Hold
) -> None:
    asked = [Question("a", "ما الذي أتى بك؟"), Question("b", "كيف كان؟", probes=("متى؟",))]
    interview = hold(
        script([*asked, Question("c", "ثم؟")], language="fa"), "جئت لأن المكان قريب"
    )
    assert interview.text == "كيف كان؟"
    assert interview.answer("كان الأسبوع جيدا جدا").text == "متى؟"
    assert interview.answer("لا أعرف").text == "ثم؟"
    assert interview.answer(SKIP).decision.act == acts.ANYTHING_TO_ADD


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How long have you worked there?", "I liked it immediately, from the first hello"),
        ("Which one did they choose?", "No one told us anything about it"),
        ("How was it when you moved?", "We moved in March last year"),
    ],
)
def test_other_questions_stay_open(question: str, said: str) -> None:
    assert not facts.is_told(question, [said])


RUDE = sorted((Path(__file__).parent / "rude").glob("*.txt"))


def listed(mark: str) -> list[tuple[str, str]]:
    """The lines with this mark, each with its language."""
    return [
        (path.stem, line[2:])
        for path in RUDE
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"{mark} ")
    ]


@pytest.mark.parametrize(("language", "said"), listed("+"))
def test_abuse_is_not_gone_into(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(STUDY, language=language), SKIP, said)
    assert interview.act == acts.ASIDE
    assert interview.text.startswith(LINES[language]["complaint"][0])


@pytest.mark.parametrize(("language", "said"), listed("-"))
def test_strong_words_about_others_are_an_answer(hold: Hold, language: str, said: str) -> None:
    interview = hold(replace(STUDY, language=language), SKIP, said)
    assert acts.COMPLAINT not in interview.move.reading["acts"]
    assert acts.ANSWER in interview.move.reading["acts"]


def test_whoever_goes_on_scolding_is_not_thanked(hold: Hold) -> None:
    interview = hold(STUDY, "You never listen.", "You never listen.")
    assert any(interview.text.startswith(line) for line in LINES["en"]["leave"])


def test_a_laugh_is_no_part_of_what_is_taken_up(hold: Hold, script: Any) -> None:
    guide = script([Question("q1", "First?", depth="none"), Question("q2", "What was hard?")])
    interview = hold(
        guide, "It was in May.", "They gave me a wobbly desk without legs lol. It stood there."
    )
    assert "desk" in interview.text
    assert "lol" not in interview.text
