"""What is hard to speak of, who is beside themselves now, and talk of something else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state import off_topic
from interviewrelay.interviewer.state.state import Pending
from interviewrelay.interviewer.understanding import reading
from interviewrelay.interviewer.wording.phrasing import LINES
from tests.interviewer.conftest import CLINIC, SKIP
from tests.interviewer.understanding.test_stop_confirmation import TOLD

Hold = Callable[..., Any]

UPSET = {
    "en": [
        "I am crying now, I can't do this.",
        "I'm having a panic attack",
        "This is too much for me.",
    ],
    "nl": ["Ik zit te huilen.", "Ik kan dit niet meer."],
    "de": ["Ich weine gerade.", "Das wird mir zu viel."],
    "fr": ["Je suis en larmes.", "C'est trop pour moi."],
    "es": ["Estoy llorando.", "Esto es demasiado para mí."],
}
UNEASY = {
    "en": ["This is hard for me to talk about.", "I find this difficult, to be honest."],
    "nl": ["Dit is moeilijk om over te praten."],
    "de": ["Es fällt mir schwer, darüber zu sprechen."],
    "fr": ["C'est difficile d'en parler."],
    "es": ["Me cuesta hablar de eso."],
}


@pytest.mark.parametrize(
    ("language", "said"), [(code, text) for code, some in UPSET.items() for text in some]
)
def test_who_is_beside_themselves_is_heard(language: str, said: str) -> None:
    assert acts.UPSET in detect_acts(said, language).acts


@pytest.mark.parametrize(
    ("language", "said"), [(code, text) for code, some in UNEASY.items() for text in some]
)
def test_what_is_hard_to_speak_of_is_heard(language: str, said: str) -> None:
    assert acts.UNEASY in detect_acts(said, language).acts


@pytest.mark.parametrize(
    "said",
    [
        "It was a hard year for all of us.",
        "I cried for a week.",
        "The stairs were difficult for me.",
        "The work got too much for the team in spring.",
        "It is hard to find a parking place there.",
    ],
)
def test_what_is_told_of_then_is_an_answer(said: str) -> None:
    assert detect_acts(said, "en").acts == ("answer",)


def test_nothing_is_asked_of_who_is_beside_themselves(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, "<skip>", "I am crying now, I can't do this.")
    assert interview.act == acts.COMFORT
    assert "?" not in interview.text
    assert "113, day and night" in interview.text
    assert "BE" not in interview.text
    assert interview.answer("another subject").decision.question_id == "q3"


@pytest.mark.parametrize(("said", "act"), [("stop", acts.CONFIRM_STOP), ("pause", acts.PAUSED)])
def test_who_is_beside_themselves_may_choose(
    clinic: Guide, hold: Hold, said: str, act: str
) -> None:
    assert hold(clinic, "<skip>", "I am crying now.", said).act == act


def test_a_closed_topic_is_not_returned_to(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, "<skip>", "This is too much for me.", "Okay")
    while not interview.move.ends:
        assert interview.move.decision.question_id != "q2"
        interview.answer("That went well enough for somebody like me in those days.")


def test_what_is_hard_to_speak_of_is_offered_to_be_left(clinic: Guide, hold: Hold) -> None:
    interview = hold(clinic, "<skip>", "This is hard for me to talk about.")
    assert interview.text.startswith(LINES["en"]["ease"][0])
    assert interview.text.endswith("How did you get your first appointment?")
    interview.answer("My doctor arranged everything for me in spring.")
    assert interview.asked()[-1] == "q3"
    again = hold(clinic, "<skip>", *["This is hard for me to talk about."] * 2)
    assert again.asked()[-1] == "q3"


CHAT = [
    "The football yesterday was something else, they lost again.",
    "My neighbour has bought a new dog, it barks the whole night long.",
    "I am making soup at the moment, the recipe is from my aunt.",
]


@pytest.mark.parametrize("said", CHAT)
def test_small_talk_is_led_back(clinic: Guide, hold: Hold, said: str) -> None:
    interview = hold(clinic, "<skip>", said)
    assert interview.act == acts.REDIRECT
    assert interview.text.endswith("How did you get your first appointment?")
    assert interview.answer("It has been sunny today, and the dog is in the garden.").decision
    assert interview.act == acts.REDIRECT
    interview.answer("The match today was a draw, the cup is lost.")
    assert interview.asked()[-1] == "q3"


@pytest.mark.parametrize(
    "said",
    [
        "I broke my arm in the garden and my neighbour drove me there at once.",
        "My dog died and I could not sleep, so I went to the doctor.",
        "I watched a series on television in the waiting room for two hours.",
        "It was raining and the parking was full.",
        "We had soup for lunch there, it was fine.",
        "My neighbour told me about the clinic and drove me there in her car.",
    ],
)
def test_an_account_with_everyday_words_is_no_small_talk(clinic: Guide, said: str) -> None:
    asked = Pending(acts.ASK, "q2", None, clinic.questions[1].text)
    assert not off_topic.is_off_topic(
        clinic, asked, said, reading.analyze_answer(clinic, said), []
    )


def test_what_one_does_just_now_is_small_talk_though_it_touches_the_matter(
    clinic: Guide,
) -> None:
    asked = Pending(acts.ASK, "q2", None, clinic.questions[1].text)

    def drifts(said: str) -> bool:
        return off_topic.is_off_topic(
            clinic, asked, said, reading.analyze_answer(clinic, said), []
        )

    assert drifts("I am making soup at the moment, with carrots, as my doctor likes it.")
    assert not drifts(
        "I was making soup with carrots, as my doctor likes it, and waited a moment."
    )
    assert drifts(
        "The dog barks at my neighbour all night, no doctor can help with such noise."
    )


@pytest.mark.parametrize(
    ("said", "drifts"),
    [
        ("It has been raining here for three days now and the garden is a swamp.", True),
        ("It rained for three days and the garden was a swamp.", False),
        ("I am in the garden now when it is not raining.", False),
        ("My neighbour has bought a new dog, it barks the whole night long.", False),
    ],
)
def test_to_daily_life_most_things_are_an_answer(
    clinic: Guide, said: str, drifts: bool
) -> None:
    asked = Pending(acts.ASK, "q3", None, "What has your daily life been like since?")
    assert (
        off_topic.is_off_topic(clinic, asked, said, reading.analyze_answer(clinic, said), [])
        == drifts
    )


GOES_ON = [
    *(("en", s) for s in ("Okay", "yes", "next question please", "skip", "another subject")),
    *(("nl", s) for s in ("ja", "volgende", "verder", "iets anders")),
    *(("de", s) for s in ("weiter", "ja", "nächste Frage", "anderes Thema bitte")),
    *(("fr", s) for s in ("oui", "question suivante", "autre sujet", "parlons d'autre chose")),
    *(("es", s) for s in ("sí", "siguiente", "otro tema", "hablemos de otra cosa")),
]
STAYS = [
    *(("en", s) for s in ("go on", "I can go on now", "let's continue", "please go ahead")),
    *(("en", s) for s in ("I'm fine to carry on", "it's alright, go on", "I'm ok now")),
    *(("nl", s) for s in ("ga verder", "we kunnen doorgaan", "het gaat wel weer")),
    *(
        ("de", s)
        for s in ("Wir können weitermachen", "Es geht wieder", "schon gut, machen wir weiter")
    ),
    *(("fr", s) for s in ("continuons", "on peut continuer", "ça va mieux")),
    *(("es", s) for s in ("sigamos", "podemos continuar", "ya estoy mejor")),
]
NOT_YET = [
    ("en", "It's about my manager, she shouted at me every day."),
    ("en", "I can't go on"),
    ("en", "I don't know"),
    ("en", "sorry"),
    ("en", "It was the second week and nobody helped me."),
    ("en", "I'd rather not talk about it"),
    ("en", "Who reads this?"),
    ("en", "..."),
    ("en", "no"),
    ("en", "You are only a machine."),
    ("nl", "Het gaat over mijn chef, ze schreeuwde elke dag."),
    ("nl", "ik weet het niet"),
    ("nl", "ik kan niet verder"),
    ("de", "Es geht um meine Chefin, sie hat jeden Tag geschrien."),
    ("de", "ich weiß nicht"),
    ("de", "ich kann nicht weiter"),
    ("fr", "C'est à cause de ma cheffe, elle criait tous les jours."),
    ("fr", "je ne sais pas"),
    ("fr", "je ne peux pas continuer"),
    ("es", "Es por mi jefa, me gritaba todos los días."),
    ("es", "no sé"),
    ("es", "no puedo continuar"),
]
CRIES = {
    "en": "I am crying right now.",
    "nl": "Ik zit hier te huilen.",
    "de": "Ich weine gerade.",
    "fr": "Je suis en larmes.",
    "es": "Estoy llorando.",
}


def in_tears(hold: Hold, language: str) -> Any:
    interview = hold(replace(CLINIC, language=language), SKIP, CRIES[language])
    assert interview.act == acts.COMFORT
    return interview


@pytest.mark.parametrize(("language", "said"), GOES_ON)
def test_after_tears_it_goes_on_when_they_say_so(hold: Hold, language: str, said: str) -> None:
    move = in_tears(hold, language).answer(said)
    assert (move.decision.act, move.decision.question_id) == (acts.ASK, "q3")


@pytest.mark.parametrize(("language", "said"), STAYS)
def test_after_tears_the_question_comes_back_when_they_say_so(
    hold: Hold, language: str, said: str
) -> None:
    interview = in_tears(hold, language)
    move = interview.answer(said)
    assert (move.decision.act, move.decision.question_id) == (acts.CARRY_ON, "q2")
    assert interview.answer(TOLD[language]).decision.act != acts.COMFORT


@pytest.mark.parametrize(("language", "said"), NOT_YET)
def test_after_tears_nothing_is_asked_until_they_say_so(
    hold: Hold, language: str, said: str
) -> None:
    interview = in_tears(hold, language)
    interview.answer(said)
    assert interview.act in (acts.COMFORT, acts.CONFIRM_STOP)
    assert interview.act == acts.CONFIRM_STOP or "?" not in interview.text


def test_what_is_asked_after_tears_is_told(hold: Hold) -> None:
    interview = in_tears(hold, "en")
    interview.answer("Who reads this?")
    assert interview.text.startswith("Your answers are read by")


def test_a_stop_after_tears_is_asked_about_once(hold: Hold) -> None:
    interview = in_tears(hold, "en")
    assert interview.answer("stop").decision.act == acts.CONFIRM_STOP
    assert interview.answer("yes").ends


def test_whoever_does_not_stop_after_tears_is_not_asked_the_same_again(hold: Hold) -> None:
    interview = in_tears(hold, "en")
    interview.answer("stop", "no")
    assert interview.act == acts.COMFORT
    assert interview.answer("another subject").decision.question_id == "q3"


@pytest.mark.parametrize("language", CRIES)
def test_while_nothing_is_asked_no_line_comes_twice(hold: Hold, language: str) -> None:
    interview, heard = in_tears(hold, language), []
    for said in (TOLD[language], TOLD[language], CRIES[language], TOLD[language]):
        heard.append(interview.text)
        interview.answer(said)
        assert interview.act == acts.COMFORT
    assert len({*heard, interview.text}) == len(heard) + 1


@pytest.mark.parametrize(
    ("language", "said", "kept"),
    [
        ("en", "No.", "we'll leave it"),
        ("nl", "Nee.", "we laten het"),
        ("de", "Nein.", "wir lassen es"),
        ("fr", "Non.", "laissons cela"),
        ("es", "No.", "lo dejamos"),
    ],
)
def test_a_no_after_tears_is_kept_to_and_a_second_one_asks_whether_to_end(
    hold: Hold, language: str, said: str, kept: str
) -> None:
    interview = in_tears(hold, language)
    interview.answer(said)
    assert kept in interview.text
    interview.answer(said)
    assert interview.act == acts.CONFIRM_STOP


def test_who_never_goes_on_is_asked_whether_to_end_here(hold: Hold) -> None:
    interview = in_tears(hold, "en")
    said = ("It was my boss.", "Every day.", "In the corridor.", "In May.", "Always.")
    interview.answer(*said)
    assert interview.act == acts.CONFIRM_STOP
    assert interview.answer("Yes, please.").ends


@pytest.mark.parametrize(
    "said",
    [
        "The weather has been horrible all week and my garden is flooded.",
        "The cat and the dog of my sister ate all the tomatoes.",
        "The football was on television and the pizza arrived cold.",
        "We had pizza for dinner and watched the football match on TV nonetheless.",
    ],
)
def test_two_subjects_of_small_talk_are_talk_of_something_else(hold: Hold, said: str) -> None:
    assert hold(CLINIC, SKIP, said).act == acts.REDIRECT


@pytest.mark.parametrize(
    "said",
    [
        "The clinic had a garden and a film was playing in the waiting room.",
        "The doctor told me about her dog and her holidays for half an hour.",
        "I had soup and cake in the canteen.",
        "The snow kept them all at home.",
    ],
)
def test_the_same_subjects_within_an_account_are_an_answer(hold: Hold, said: str) -> None:
    assert hold(CLINIC, SKIP, said).act != acts.REDIRECT


def redirects(language: str, asked: str, said: str) -> bool:
    guide = Guide(
        name="Moving",
        language=language,
        questions=(Question("q1", asked, importance="must"), Question("q2", "Et cetera?")),
    )
    pending = Pending(acts.ASK, "q1", None, asked)
    return off_topic.is_off_topic(guide, pending, said, reading.analyze_answer(guide, said), [])


WHO = {
    "en": "Who helped you move, and with what?",
    "nl": "Wie heeft u geholpen, en waarmee?",
    "de": "Wer hat Ihnen geholfen, und womit?",
    "fr": "Qui vous a aidé, et comment ?",
    "es": "¿Quién le ayudó, y cómo?",
}
HELPERS = {
    "en": "My father in law mostly, and two mates from football. My sister cooked a pot of soup.",
    "nl": "Vooral mijn schoonvader en twee vrienden van voetbal. Mijn zus heeft soep gekookt.",
    "de": "Mein Schwager, zwei Freunde vom Fußball, und in der Küche gab es Suppe im Garten.",
    "fr": "Mon beau-père et deux copains du foot, et ma sœur a fait la soupe au jardin.",
    "es": "Mi suegro y dos amigos del fútbol, y mi hermana hizo una sopa en el jardín.",
}


@pytest.mark.parametrize("language", WHO)
def test_persons_answer_who(language: str) -> None:
    assert not redirects(language, WHO[language], HELPERS[language])


UNWIND = "How do you unwind after work?"
IN_THE_WAY = "What got in the way of your training?"
KNOW = "How did you get to know people in the area?"
SWAMP = "It has been raining here for three days now and the garden is a swamp."
FITTING = [
    (UNWIND, "Cooking, mostly pasta, and the garden when the weather is good."),
    (UNWIND, "I watch a series or football on television, or bake a cake."),
    (KNOW, "At the football club, and over dinner at the neighbours'."),
    (IN_THE_WAY, "The weather, it rained for weeks, and then the football season began."),
    (IN_THE_WAY, "It was the rain, the snow and then the holidays at the beach."),
    (
        "What changed in the garden and the kitchen?",
        "The garden got tomatoes, a dog and a cat.",
    ),
    ("What do you do at weekends?", "We watch the match and have a barbecue."),
]


@pytest.mark.parametrize(("asked", "said"), FITTING)
def test_what_fits_what_is_asked_for_is_no_small_talk(asked: str, said: str) -> None:
    assert not redirects("en", asked, said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        *((WHO["en"], said) for said in (*CHAT, SWAMP)),
        *((KNOW, said) for said in (*CHAT, SWAMP)),
        *((UNWIND, said) for said in (*CHAT, SWAMP)),
        (IN_THE_WAY.replace("training", "last visit"), SWAMP),
        ("Please tell me about your last visit.", CHAT[0]),
        ("How were you received?", "We had pizza for dinner and watched the match on TV."),
    ],
)
def test_what_leads_away_from_such_a_question_is_led_back(asked: str, said: str) -> None:
    assert redirects("en", asked, said)
