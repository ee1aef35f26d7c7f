"""What people say to the interviewer itself: it is no answer, and the question stays."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.dialogue import meta_answers
from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.understanding import narrative_types
from interviewrelay.interviewer.wording.phrasing import LINES, META, Voice
from tests.interviewer.conftest import Interview

Hold = Callable[..., Any]
FIRST = "Please tell me about your last visit to the clinic."
SECOND = "How did the waiting go?"
STUDY = Guide(
    name="Visits",
    contact="study@alder.example",
    questions=(
        Question("q1", FIRST, importance="must"),
        Question("q2", SECOND, importance="must", depth="light"),
        Question("q3", "If you could change one thing, what would it be?", depth="light"),
    ),
)
CLOSING = "What else matters to you that we haven't talked about?"


def ask(hold: Hold, *said: str, language: str = "en", **facts: object) -> Any:
    return hold(replace(STUDY, language=language), *said, **facts)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        *(("en", s) for s in ("Hello!", "Hi there", "ok", "yes", "Good morning", "thanks")),
        *(("nl", s) for s in ("Hallo!", "Goedemorgen", "ja", "oké")),
        *(("de", s) for s in ("Hallo!", "Guten Tag", "ja", "okay")),
        *(("fr", s) for s in ("Bonjour !", "Salut", "oui", "d'accord")),
        *(("es", s) for s in ("¡Hola!", "Buenos días", "sí", "vale")),
    ],
)
def test_a_greeting_is_no_answer(hold: Hold, language: str, said: str) -> None:
    interview = ask(hold, said, language=language)
    assert interview.act == acts.ASIDE
    assert interview.text.endswith(FIRST)
    assert len(interview.text) < len(FIRST) + 30
    assert interview.answer(said, said).decision.question_id == "q2"


def test_who_only_says_ok_is_offered_less_and_then_an_end(hold: Hold) -> None:
    interview = ask(hold, "ok", "ok", "ok")
    assert LINES["en"]["offer_shorter"][0] in interview.text
    assert interview.text.endswith(SECOND)
    interview.answer("ok")
    assert LINES["en"]["offer_shorter"][0] not in interview.text
    interview.answer("ok")
    assert interview.act == acts.CONFIRM_STOP
    assert interview.answer("ok").ends


def test_who_only_says_ok_and_wants_to_go_on_is_not_asked_again(hold: Hold) -> None:
    interview = ask(hold, *["ok"] * 5, "no")
    assert interview.act == acts.CARRY_ON
    interview.answer("It was full, and nobody said a word to us in all that time.", "ok", "ok")
    assert interview.act != acts.CONFIRM_STOP


def test_a_greeting_with_an_answer_is_one(hold: Hold) -> None:
    assert ask(hold, "Hello! I took the bus and it was late.").act == acts.PROBE


def test_ok_answers_what_can_be_answered_with_it(script: Any, hold: Hold) -> None:
    asked = [Question("a", "Did the nurse explain it?"), Question("b", "How was it?")]
    assert hold(script(asked), "yes").move.decision.question_id == "b"
    asked[0] = Question("a", "Hat man es Ihnen erklärt?")
    assert hold(script(asked, language="de"), "ja").move.decision.question_id == "b"


ASKED = [
    ("en", "Can you hear me?", "present"),
    ("en", "Are you listening?", "present"),
    ("en", "Are you even listening?", "present"),
    ("en", "Is it ok if I write in Dutch?", "language"),
    ("en", "Before we start, how long will it take?", "how_long.many"),
    ("en", "How do I know this is anonymous?", "who_sees"),
    ("en", "Do I get paid for this?", "unknown.contact"),
    ("en", "Can I see my answers later?", "unknown.contact"),
    ("en", "Can you send me a copy of this?", "unknown.contact"),
    ("en", "Can you send me a copy?", "unknown.contact"),
    ("en", "Can I talk to a real person?", "human"),
    ("en", "Is that normal?", "unknown.contact"),
    ("en", "how do i know you will not tell my boss", "who_sees"),
    ("en", "what do you get out of this", "unknown.contact"),
    ("en", "how did you get my email", "unknown.contact"),
    ("en", "What's your name?", "human"),
    ("en", "Who pays you?", "organization"),
    ("en", "Who is Alder Research?", "organization"),
    ("en", "Why?", "why.unknown"),
    ("nl", "Voor we beginnen, hoe lang duurt het?", "how_long.many"),
    ("nl", "Hoe weet ik dat dit anoniem is?", "who_sees"),
    ("nl", "Krijg ik hiervoor betaald?", "unknown.contact"),
    ("nl", "Kan ik mijn antwoorden later zien?", "unknown.contact"),
    ("nl", "Kunt u me een kopie sturen?", "unknown.contact"),
    ("nl", "Is dat normaal?", "unknown.contact"),
    ("nl", "Hoe heet u?", "human"),
    ("nl", "Luistert u wel?", "present"),
    ("nl", "Mag ik in het Engels schrijven?", "language"),
    ("nl", "Waarom?", "why.unknown"),
    ("de", "Bevor wir anfangen, wie lange dauert es?", "how_long.many"),
    ("de", "Woher weiß ich, dass das anonym ist?", "who_sees"),
    ("de", "Werde ich dafür bezahlt?", "unknown.contact"),
    ("de", "Kann ich meine Antworten später sehen?", "unknown.contact"),
    ("de", "Können Sie mir eine Kopie schicken?", "unknown.contact"),
    ("de", "Ist das normal?", "unknown.contact"),
    ("de", "Wie heißen Sie?", "human"),
    ("de", "Hören Sie mir zu?", "present"),
    ("de", "Darf ich auf Englisch schreiben?", "language"),
    ("de", "Warum?", "why.unknown"),
    ("fr", "Avant de commencer, combien de temps cela prend-il ?", "how_long.many"),
    ("fr", "Comment savoir si c'est anonyme ?", "who_sees"),
    ("fr", "Suis-je payé pour cela ?", "unknown.contact"),
    ("fr", "Je peux voir mes réponses plus tard ?", "unknown.contact"),
    ("fr", "Pouvez-vous m'envoyer une copie ?", "unknown.contact"),
    ("fr", "C'est normal ?", "unknown.contact"),
    ("fr", "Comment vous appelez-vous ?", "human"),
    ("fr", "Vous m'écoutez ?", "present"),
    ("fr", "Puis-je écrire en néerlandais ?", "language"),
    ("fr", "Pourquoi ?", "why.unknown"),
    ("es", "Antes de empezar, ¿cuánto dura?", "how_long.many"),
    ("es", "¿Cómo sé que esto es anónimo?", "who_sees"),
    ("es", "¿Me pagan por esto?", "unknown.contact"),
    ("es", "¿Puedo ver mis respuestas después?", "unknown.contact"),
    ("es", "¿Puede enviarme una copia?", "unknown.contact"),
    ("es", "¿Es normal?", "unknown.contact"),
    ("es", "¿Cómo se llama?", "human"),
    ("es", "¿Me escucha?", "present"),
    ("es", "¿Puedo escribir en inglés?", "language"),
    ("es", "¿Por qué?", "why.unknown"),
]


@pytest.mark.parametrize(("language", "said", "told"), ASKED)
@pytest.mark.parametrize("before", [(), ("<skip>",)])
def test_a_question_gets_its_reply_and_the_question_stays(
    hold: Hold, language: str, said: str, told: str, before: tuple[str, ...]
) -> None:
    interview = ask(hold, *before, said, language=language, organization="Alder Research")
    assert interview.text.startswith(META[language][told].split("{")[0])
    assert interview.text.endswith(SECOND if before else FIRST)


@pytest.mark.parametrize("said", ["Can you send me a copy?", "Do I get paid for this?"])
def test_a_question_at_the_close_does_not_end_it(hold: Hold, said: str) -> None:
    interview = ask(hold, "<skip>", "<skip>", "<skip>", said)
    assert not interview.move.ends
    assert interview.text.endswith(CLOSING)
    assert interview.answer("Why is there no bus on Sundays?").ends


def test_without_an_address_the_reply_is_honest_too(hold: Hold) -> None:
    interview = hold(replace(STUDY, contact=""), "Do I get paid for this?")
    assert interview.text.startswith("I can't answer that here. ")


UNCLEAR = [
    ("en", "My last visit? Which clinic?"),
    ("en", "Which clinic?"),
    ("en", "My last visit?"),
    ("en", "Do you mean the waiting room?"),
    ("en", "Which visit do you mean, the first or the last?"),
    ("en", "How detailed should I be?"),
    ("en", "What do you mean 'told'?"),
    ("en", "Where do I start?"),
    ("en", "???"),
    ("nl", "Bedoelt u de wachtkamer?"),
    ("nl", "Welk bezoek bedoelt u?"),
    ("nl", "Hoe uitgebreid moet ik zijn?"),
    ("nl", "Wat bedoelt u met bezoek?"),
    ("de", "Meinen Sie das Wartezimmer?"),
    ("de", "Welchen Besuch meinen Sie?"),
    ("de", "Wie ausführlich soll ich sein?"),
    ("fr", "Vous voulez dire la salle d'attente ?"),
    ("fr", "De quelle visite parlez-vous ?"),
    ("fr", "Jusqu'à quel point dois-je détailler ?"),
    ("es", "¿Se refiere a la sala de espera?"),
    ("es", "¿A qué visita se refiere?"),
    ("es", "¿Cómo de detallado debo ser?"),
]


@pytest.mark.parametrize(("language", "said"), UNCLEAR)
def test_who_asks_what_is_meant_may_take_it_as_they_see_it(
    hold: Hold, language: str, said: str
) -> None:
    interview = ask(hold, said, language=language)
    assert interview.move.decision.details["line"] in LINES[language]["as_you_see"]
    assert interview.text.endswith(FIRST)


ARRIVAL = Need("arrival", "how they were received", "How were you received?", cues=("desk",))


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("What do you mean by visit? The lady at the desk took my name.", acts.ASK),
        ("What do you mean by visit? I never thought of it.", acts.SAY_AGAIN),
        ("Can you repeat that? The lady at the desk was talking to me.", acts.SAY_AGAIN),
    ],
)
def test_who_asks_what_is_meant_and_tells_it_is_not_asked_again(
    hold: Hold, said: str, act: str
) -> None:
    first = replace(STUDY.questions[0], needs=(ARRIVAL,), depth="light")
    interview = hold(replace(STUDY, questions=(first, *STUDY.questions[1:])), said)
    assert interview.act == act
    assert interview.text.endswith(FIRST) == (act == acts.SAY_AGAIN)


def test_the_authors_meaning_comes_first(hold: Hold) -> None:
    first = replace(STUDY.questions[0], explain="Any visit will do.", rephrase=("And so?",))
    guide = replace(STUDY, questions=(first, *STUDY.questions[1:]))
    interview = hold(guide, "Which visit do you mean?")
    assert interview.text == f"Any visit will do. {FIRST}"
    assert interview.answer("How detailed should I be?").text == "And so?"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Who would do that? It was awful, nobody spoke."),
        ("en", "Two hours! Can you believe it?"),
        ("en", "The nurse came at ten, and they said, do you have an appointment?"),
        ("en", "Why would anyone do that to a patient who has waited two hours?"),
        ("en", "What was I supposed to do?"),
        ("en", "Forty minutes?"),
        ("en", "Maybe an hour?"),
        ("en", "I forgot my card."),
        ("en", "I don't want to talk to the doctor again, he was rude."),
        ("en", "I don't want to go there again."),
        ("nl", "Een uur of zo?"),
        ("nl", "We zaten er een uur. Wie doet nou zoiets?"),
        ("de", "Eine Stunde?"),
        ("de", "Es war furchtbar. Wer macht denn so etwas?"),
        ("fr", "Une heure ?"),
        ("fr", "Je préfère ne pas attendre si longtemps."),
        ("es", "¿Una hora?"),
        ("es", "Prefiero no esperar tanto tiempo."),
    ],
)
def test_what_only_looks_like_it_is_an_answer(language: str, said: str) -> None:
    assert detect_acts(said, language).acts == ("answer",)


def test_a_long_account_may_ask_itself_things(hold: Hold) -> None:
    told = "We sat in the corridor and the clock went round and nobody came to us. " * 4
    for wondered in ("Do you see what I mean?", "Are you kidding me?", "Can I be angry?"):
        assert detect_acts(told + wondered, "en").acts == ("answer",)


@pytest.mark.parametrize(
    "said",
    [
        "what do you call it, the ward thing",
        "what did you expect I was tired",
        "what are you gonna do",
        "when you are new",
    ],
)
def test_without_a_question_mark_it_may_be_told(said: str) -> None:
    assert "meta" not in detect_acts(said, "en").acts


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("How long did you wait?", "one minute"),
        ("When did they say they would ring?", "back in a week"),
        ("What did your doctor advise?", "take a break"),
        ("What did the message on the screen say?", "wrong number"),
        ("How much was left?", "nothing"),
        ("What does it look like compared with last year?", "same as before"),
        ("What would you change about the meeting?", "make it shorter"),
        ("What was missing on the page?", "help"),
        ("What do you say when they pick up?", "I have a question"),
        ("What happened there?", "where are my glasses, I kept asking"),
        ("What happened there?", "can I help you, they said"),
        ("What were you told?", "no one told me nothing"),
        ("What was your month like?", "I never had a month like it"),
    ],
)
def test_what_fits_its_question_is_an_answer(
    script: Any, hold: Hold, asked: str, said: str
) -> None:
    guide = script([Question("a", asked), Question("b", "And then?")])
    assert hold(guide, said).move.decision.details["reply"] == "answer"


@pytest.mark.parametrize(
    ("asked", "said", "act"),
    [
        ("What did they say?", "can we take a break please", acts.PAUSED),
        ("What did your doctor advise?", "stop", acts.CONFIRM_STOP),
        ("How was the trip?", "one minute", acts.PAUSED),
    ],
)
def test_what_is_asked_of_the_interviewer_is_none(
    script: Any, hold: Hold, asked: str, said: str, act: str
) -> None:
    assert hold(script([Question("a", asked), Question("b", "And then?")]), said).act == act


def test_an_answer_before_a_question_counts(hold: Hold) -> None:
    interview = ask(hold, "<skip>", "About an hour in the corridor. Can you send me a copy?")
    assert interview.text.startswith("I can't answer that here.")
    assert interview.act == acts.PROBE or interview.asked()[-1] == "q3"


def test_a_question_for_questions_may_be_answered_with_one(script: Any, hold: Hold) -> None:
    asked = [Question("a", "Which questions did you still have?", depth="none")]
    guide = script([*asked, Question("b", "And then?")], contact="a@b.example")
    assert hold(guide, "Why is the dose so high?").asked()[-1] == "b"
    assert hold(guide, "Do I get paid for this?").asked()[-1] == "a"


HEARD = [
    ("en", "refusal", "I don't want to talk about the doctor."),
    ("en", "refusal", "Not telling you"),
    ("en", "refusal", "I'd prefer to leave that out"),
    ("en", "refusal", "I don't feel like answering"),
    ("en", "refusal", "Let's not go there"),
    ("en", "refusal", "I can't talk about that for legal reasons"),
    ("nl", "refusal", "Ik wil het niet over de dokter hebben."),
    ("nl", "refusal", "Dat vertel ik u niet"),
    ("nl", "refusal", "Dat laat ik liever weg"),
    ("nl", "refusal", "Laten we daar niet over beginnen"),
    ("de", "refusal", "Ich möchte nicht über den Arzt sprechen."),
    ("de", "refusal", "Das sage ich Ihnen nicht"),
    ("de", "refusal", "Lassen wir das"),
    ("de", "refusal", "Darüber darf ich aus rechtlichen Gründen nicht sprechen"),
    ("fr", "refusal", "Je ne veux pas parler du médecin."),
    ("fr", "refusal", "N'en parlons pas"),
    ("fr", "refusal", "Je n'ai pas envie de répondre"),
    ("es", "refusal", "No quiero hablar del médico."),
    ("es", "refusal", "Mejor no entremos en eso"),
    ("es", "refusal", "No tengo ganas de contestar"),
    ("ar", "refusal", "أفضل ألا أقول"),
    ("en", "refusal", "أفضل ألا أقول"),
    ("en", "stop", "stop asking me things"),
    ("en", "stop", "I don't have time for this"),
    ("en", "stop", "let's finish up"),
    ("en", "stop", "I'm out"),
    ("nl", "stop", "Ik heb hier geen tijd voor"),
    ("nl", "stop", "Laten we afronden"),
    ("de", "stop", "Dafür habe ich keine Zeit"),
    ("de", "stop", "Machen wir Schluss"),
    ("fr", "stop", "On arrête là"),
    ("fr", "stop", "Je n'ai pas le temps pour ça"),
    ("es", "stop", "Lo dejamos aquí"),
    ("es", "stop", "No tengo tiempo para esto"),
    ("ar", "stop", "توقف"),
    ("ar", "skip", "تخطى السؤال"),
    ("en", "dont_know", "I forgot"),
    ("en", "dont_know", "I don't really remember that day"),
    ("en", "dont_know", "not sure what to say"),
    ("nl", "dont_know", "Dat ben ik vergeten"),
    ("de", "dont_know", "Das habe ich vergessen"),
    ("fr", "dont_know", "J'ai oublié"),
    ("es", "dont_know", "Se me olvidó"),
    ("en", "already_told", "Didn't I just say that?"),
    ("nl", "already_told", "dat heb ik toch al gezegd"),
    ("de", "already_told", "hab ich doch schon gesagt"),
    ("fr", "already_told", "je viens de le dire"),
    ("es", "already_told", "acabo de decirlo"),
]


@pytest.mark.parametrize(("language", "act", "said"), HEARD)
def test_it_is_heard_and_is_no_answer(language: str, act: str, said: str) -> None:
    heard = detect_acts(said, language).acts
    assert act in heard
    assert "answer" not in heard


@pytest.mark.parametrize("said", ["لماذا تسأل", "لماذا تسأل؟"])
@pytest.mark.parametrize("language", ["ar", "en", "nl"])
def test_arabic_is_understood_where_it_is_written(language: str, said: str) -> None:
    heard = detect_acts(said, language)
    assert (heard.acts, heard.topics) == (("meta",), ("why",))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "As I said, an hour"),
        ("nl", "Zoals gezegd, een uur"),
        ("de", "Wie gesagt, eine Stunde"),
        ("fr", "Comme je l'ai dit, une heure"),
        ("es", "Como le dije, una hora"),
    ],
)
def test_what_is_said_again_is_an_answer(
    script: Any, hold: Hold, language: str, said: str
) -> None:
    assert detect_acts(said, language).acts == ("already_told", "answer")
    need = Need("long", "the wait", "How long was it?", ("hour", "uur", "heure"))
    guide = script(
        [Question("a", "And the waiting?", needs=(need,)), Question("b", "And then?")],
        language=language,
    )
    interview = hold(guide, said)
    assert interview.asked()[-1] == "b"
    assert not interview.text.startswith(LINES[language]["not_told"][0])


# --- follow-ups that fit --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "question", "said", "kind"),
    [
        ("en", "What would help?", "a nicer waiting room with daylight please", "wish"),
        ("en", STUDY.questions[2].text, "a nicer waiting room with daylight", "wish"),
        ("en", SECOND, "I quite like it, but I miss people", "state"),
        ("en", SECOND, "I sat in the corridor until they called me", "event"),
        ("nl", "Wat zou u veranderen?", "Meer treinen. Minder vertraging.", "wish"),
        ("nl", "Wat vindt u ervan?", "Meer treinen. Minder vertraging.", "wish"),
        ("nl", "Hoe ging het?", "Ik moest een uur wachten op de gang", "event"),
        ("de", "Was würden Sie ändern?", "Ein Wartezimmer mit Fenster", "wish"),
        ("de", "Wie ist das?", "Es ist ruhig, aber mir fehlen die Leute", "state"),
        ("fr", "Que changeriez-vous ?", "une salle avec des fenêtres", "wish"),
        ("fr", "Comment est-ce ?", "C'est calme, les gens me manquent", "state"),
        ("es", "¿Qué cambiaría usted?", "una sala con ventanas", "wish"),
        ("es", "¿Cómo es?", "Me gusta pero echo de menos a la gente", "state"),
    ],
)
def test_what_was_said_is_of_a_kind(language: str, question: str, said: str, kind: str) -> None:
    assert narrative_types.get_narrative_type(question, said, language) == kind


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_a_wish_and_a_feeling_are_not_asked_for_their_course(hold: Hold, seed: str) -> None:
    wish = hold(STUDY, "<skip>", "<skip>", "a nicer waiting room with daylight", seed=seed)
    assert wish.move.decision.target == "wish"
    like = hold(STUDY, "<skip>", "I quite like the place, but I miss people", seed=seed)
    assert like.move.decision.target in ("like", "more")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "They found it too late and my mother died two weeks later."),
        ("nl", "Ze zagen het te laat en mijn moeder is twee weken later overleden."),
        ("de", "Es war zu spät, meine Mutter ist zwei Wochen danach gestorben."),
        ("fr", "C'était trop tard, ma mère est morte deux semaines après."),
        ("es", "Lo vieron tarde y mi madre murió dos semanas después."),
    ],
)
def test_a_death_is_not_gone_into(hold: Hold, language: str, said: str) -> None:
    interview = ask(hold, "<skip>", said, language=language)
    assert interview.move.decision.details["line"] == LINES[language]["grief"][0]
    assert interview.move.decision.target == "gentle"
    assert interview.answer("No.").decision.question_id == "q3"


def test_a_fact_that_was_asked_for_is_enough(script: Any, hold: Hold) -> None:
    guide = script([Question("a", "What did the visit cost you?"), Question("b", "And then?")])
    assert hold(guide, "Half a day off work, and eleven euro for coffee.").asked()[-1] == "b"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Can I skip that one? Actually no. I slept all day."),
        ("en", "Can I skip that one? Actually no, I slept all day."),
        ("nl", "Kan ik die overslaan? Nee, toch niet. Ik sliep de hele dag."),
        (
            "de",
            "Kann ich die Frage überspringen? Doch nicht. Ich habe den ganzen Tag geschlafen.",
        ),
        ("fr", "Je peux passer ? En fait non. J'ai dormi toute la journée."),
        ("es", "¿Puedo saltar esta? Mejor no. Dormí todo el día en casa."),
    ],
)
def test_a_wish_to_skip_may_be_taken_back(hold: Hold, language: str, said: str) -> None:
    assert detect_acts(said, language).acts == ("answer",)
    assert ask(hold, said, language=language).act == acts.PROBE


@pytest.mark.parametrize("back", ["Actually no.", "Never mind.", "On second thoughts..."])
def test_a_wish_to_skip_that_is_only_taken_back_hears_the_question_again(
    hold: Hold, back: str
) -> None:
    interview = ask(hold, f"Can I skip that one? {back}")
    assert interview.act == acts.SAY_AGAIN
    assert interview.asked()[-1] == "q1"


@pytest.mark.parametrize(
    "said",
    ["Can I skip that one?", "No. Can I skip that one?", "Can I skip that? I slept badly."],
)
def test_a_wish_to_skip_that_stands_is_one(hold: Hold, said: str) -> None:
    assert ask(hold, said).asked()[-1] == "q2"


def test_what_is_answered_beside_a_question_is_not_asked_again(hold: Hold) -> None:
    answered = ask(hold, "What do you mean by visit? I worked there, mostly.")
    assert answered.act not in (acts.SAY_AGAIN, acts.REPHRASE, acts.OFFER_SKIP)
    for said in (
        "What do you mean by visit?",
        "What do you mean by visit? I don't quite follow your question.",
        "What do you mean, what was I told? By whom? By the nurse?",
    ):
        assert ask(hold, said).act == acts.SAY_AGAIN


def test_who_wants_the_question_again_and_the_time_is_told_both(hold: Hold) -> None:
    said = "My friend told me so. Could you repeat the question, and how long will this take?"
    both = ask(hold, said)
    assert both.text.endswith(FIRST)
    assert "minute" in both.text
    assert "minute" not in ask(hold, "Could you repeat the question?").text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Kunnen we in het Nederlands praten?"),
        ("en", "Können wir Deutsch sprechen?"),
        ("nl", "Peut-on parler en français ?"),
        ("de", "¿Podemos hablar en español?"),
        ("nl", "Kan dit ook in het Engels?"),
    ],
)
def test_another_language_is_asked_for_in_any(hold: Hold, language: str, said: str) -> None:
    assert detect_acts(said, language).acts == ("language",)
    assert ask(hold, said, language=language).act == acts.ANSWER_META


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "They can speak Dutch at the desk, which helped my mother."),
        ("nl", "Ik kan geen Engels, dus de brief was moeilijk voor mij."),
        ("de", "Der Arzt sprach nur Englisch mit mir und meiner Frau."),
    ],
)
def test_a_language_that_is_told_of_is_an_answer(language: str, said: str) -> None:
    assert detect_acts(said, language).acts == ("answer",)


WAITED = {
    "en": "I waited three hours in the corridor.",
    "nl": "Ik heb drie uur in de gang gewacht.",
    "de": "Ich habe drei Stunden im Flur gewartet.",
    "fr": "J'ai attendu trois heures dans le couloir.",
    "es": "Esper\u00e9 tres horas en el pasillo.",
}


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "Is that normal?"),
        ("en", "Is this even allowed?"),
        ("en", "Does that happen to others too?"),
        ("en", "Do other patients say the same?"),
        ("en", "Does everyone have to wait like that, and have others complained?"),
        ("nl", "Is dat normaal?"),
        ("nl", "Zeggen andere pati\u00ebnten dat ook?"),
        ("nl", "Overkomt dat anderen ook?"),
        ("de", "Ist das normal?"),
        ("de", "Sagen das andere auch?"),
        ("de", "Passiert das auch anderen?"),
        ("fr", "C'est normal ?"),
        ("fr", "Est-ce que c'est normal ?"),
        ("fr", "Est-ce que les autres disent la m\u00eame chose ?"),
        ("es", "\u00bfEs normal?"),
        ("es", "\u00bfEs esto normal?"),
        ("es", "\u00bfLes pasa a otros tambi\u00e9n?"),
    ],
)
def test_what_is_usual_is_not_for_us_to_say_and_the_answer_counts(
    hold: Hold, language: str, asked: str
) -> None:
    interview = ask(hold, f"{WAITED[language]} {asked}", language=language)
    assert STUDY.contact in interview.text
    assert interview.act == acts.PROBE
    assert interview.move.decision.details["kind"] in ("taken_up", "plain")
    assert asked.strip("\u00bf?").lower() not in interview.text.lower()


@pytest.mark.parametrize(
    "told",
    [
        "I waited three hours and asked the nurse, is that normal?",
        'I waited three hours. I said to the nurse "is that normal?"',
        "I waited three hours. Is it any wonder that I left?",
        "I waited three hours, and it is normal there.",
    ],
)
def test_what_others_were_asked_is_a_part_of_the_answer(hold: Hold, told: str) -> None:
    interview = ask(hold, told)
    assert STUDY.contact not in interview.text
    assert interview.act == acts.PROBE


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "Is this going to my team lead?"),
        ("en", "Does any of this get back to my manager?"),
        ("en", "Will this be passed on to HR?"),
        ("nl", "Gaat dit naar mijn baas?"),
        ("de", "Geht das an meinen Chef?"),
        ("fr", "Est-ce que \u00e7a va \u00e0 mon chef ?"),
        ("fr", "\u00c7a remonte \u00e0 la direction ?"),
        ("es", "\u00bfEsto le llega a mi jefe?"),
    ],
)
def test_where_it_goes_is_told(language: str, asked: str) -> None:
    heard = detect_acts(asked, language)
    assert (heard.acts, heard.topics) == (("meta",), ("who_sees",))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "This is going to the shop."),
        ("de", "Das geht an die Substanz."),
        ("fr", "\u00c7a va \u00e0 peu pr\u00e8s."),
        ("fr", "\u00c7a va au travail."),
        ("es", "Va a la oficina y vuelve."),
    ],
)
def test_where_other_things_go_is_an_answer(language: str, told: str) -> None:
    assert detect_acts(told, language).acts == ("answer",)


def test_a_bare_no_to_a_follow_up_leads_no_deeper(hold: Hold) -> None:
    told = (
        "A man sang an old sea shanty to the porter. We sat in the cold corridor by the lift."
    )
    interview = ask(hold, told)
    assert interview.act == acts.PROBE
    interview.answer("No.")
    assert interview.act == acts.ASK
    assert interview.turns[-2].reading["sense"]["response"] == "nothing_more"
    assert interview.text == SECOND  # nobody is thanked for telling nothing


def test_a_bare_no_to_what_it_may_answer_is_an_answer(script: Any, hold: Hold) -> None:
    asked = Question("q1", "How was it?", depth="deep", probes=("Was there a queue?",))
    interview = hold(script([asked]), "We sat in the cold corridor by the lift for an hour.")
    while interview.text.endswith("Was there a queue?") is False:
        interview.answer("The porter lost the green form for the scan.")
    interview.answer("No.")
    assert interview.turns[-2].reading["sense"]["response"] == "answer"


TOPICS = sorted({key.partition(".")[0] for key in META["en"]} | {"unknown", "wondered"})


@pytest.mark.parametrize("language", sorted(META))
@pytest.mark.parametrize("purpose", ["", "to learn more", "We want to learn more of it."])
def test_every_topic_is_told_in_every_language(language: str, purpose: str) -> None:
    interview = Interview(replace(STUDY, language=language, purpose=purpose))
    voice = Voice(language, "seed", 1, [])
    for topic in TOPICS:
        told = meta_answers.answer(
            [topic], interview.guide, State(), interview.context(), voice
        )
        assert told


def test_who_asks_whether_they_may_ask_may(hold: Hold) -> None:
    interview = ask(hold, "Can I ask you something?")
    assert interview.text.startswith(META["en"]["may_ask"])
    assert interview.text.endswith(FIRST)
    interview.answer("Who is behind this?")
    assert interview.text.startswith("This interview is run on behalf of")
    assert interview.text.endswith(FIRST)


def test_who_asks_it_at_once_hears_that_alone(hold: Hold) -> None:
    asked = "Sorry, can I ask something? Who will read my answers?"
    assert META["en"]["may_ask"] not in ask(hold, asked).text
    assert ask(hold, asked).text.startswith("Your answers are read by")
