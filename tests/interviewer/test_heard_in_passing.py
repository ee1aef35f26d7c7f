"""What people in trials said in passing, and the interviewer did not hear."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.policy import salience
from interviewrelay.interviewer.policy.quotation import breaks_off
from interviewrelay.interviewer.safety import disclosures

Hold = Callable[..., Any]
STUDY = Guide(
    name="Visits",
    contact="study@alder.example",
    questions=(
        Question("q1", "Please tell me about your last visit to the clinic."),
        Question("q2", "How did the waiting go?", importance="must"),
        Question("q3", "What would you change?"),
    ),
)


@pytest.mark.parametrize(
    ("language", "said", "act"),
    [
        ("de", "Ist so. können wir abkürzen, ich sitz im zug", "shorten"),
        ("de", "käsebrot und zwei seiten brief. so, endstation", "stop"),
        ("de", "Da kann ich nicht zu spät kommen.", "stop"),
        ("de", "Jetzt haben Sie mir aber nicht geantwortet.", "complaint"),
        ("en", "that's for other people. nearly out of time", "shorten"),
        ("en", "Left at fifteen, learned the trade. Hang on, phone. Two minutes.", "pause"),
        ("en", "There's nowt to take you through.", "nothing_more"),
    ],
)
def test_a_wish_is_heard(language: str, said: str, act: str) -> None:
    assert act in detect_acts(said, language).acts


@pytest.mark.parametrize("said", ["Right, back. Student, left his keys.", "nothing happened."])
def test_what_is_told_is_no_wish(said: str) -> None:
    assert detect_acts(said, "en").acts == (acts.ANSWER,)


@pytest.mark.parametrize(
    ("language", "said", "topic"),
    [
        (
            "de",
            "Danach hab ichs gelassen. wird sowas mal jemandem gesagt da drin",
            "who_sees",
        ),
        (
            "de",
            "Das plagt mich. Wo tät man denn mit so etwas hingehen, wissen Sie das?",
            "report",
        ),
        (
            "en",
            "It ought to be known. What can you actually do with this, you?",
            "consequences",
        ),
    ],
)
def test_a_question_at_the_end_is_heard(language: str, said: str, topic: str) -> None:
    assert topic in detect_acts(said, language).topics


def test_a_protest_that_a_question_was_not_answered_gets_its_answer(hold: Hold) -> None:
    protest = "You didn't answer me. I asked who will read this, and that matters to me."
    interview = hold(STUDY, "I went by bus.", protest)
    assert "Your answers are read by Acme Labs" in interview.text


def test_where_the_author_says_who_does_not_see_it_that_is_told(hold: Hold) -> None:
    said = "Your manager will not see what you have said."
    guide = replace(STUDY, closing=replace(STUDY.closing, thank_text=said))
    interview = hold(guide, "I went by bus. Is this shared with line managers at all?")
    assert said in interview.text


def test_a_tag_breaks_nothing_off() -> None:
    assert not breaks_off("it was a joke mate. if nan's in the car i'd pay it wouldnt i", "en")
    assert breaks_off("he stops, smells my breath, and then he", "en")


def test_what_was_pushed_away_is_not_gone_into_once_more(hold: Hold) -> None:
    long = replace(STUDY.questions[0], depth="deep")
    heavy = "I was ashamed and told nobody that I had lost the letter. It was Friday."
    interview = hold(replace(STUDY, questions=(long, *STUDY.questions[1:])), heavy)
    assert interview.act == acts.PROBE
    interview.answer("It was only a line, nothing behind it. I never told my wife about it.")
    assert interview.move.decision.details.get("kind") != "taken_up"


def test_what_an_answer_ends_with_needs_no_quotation(hold: Hold) -> None:
    interview = hold(STUDY, "We waited long. Nobody ever told me that the letter was lost.")
    assert interview.act == acts.PROBE
    assert "You said" not in interview.text


@pytest.mark.parametrize(
    ("said", "heaviest"),
    [
        (
            "There were five of us on. My daughter was alone with it and told nobody. We left.",
            "My daughter was alone with it and told nobody.",
        ),
    ],
)
def test_somebody_close_weighs_more(said: str, heaviest: str) -> None:
    assert salience.find_weightiest(said, "en").said == heaviest


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Rab was sorry to lose it."),
        ("en", "I cannot speak of it quite as cheerfully as the people in the leaflet do."),
        ("en", "Somebody with forty vans and an accountant can stand it, I can't."),
        (
            "en",
            "You can't put a lass who can't get her breath on one side and wages on the other.",
        ),
        ("en", "It is game between us, she likes it and I also."),
        ("en", "Don't put me in a box, mind."),
        ("en", "You can't really take him out of it, he was there from the start."),
        ("de", "mir war schwarz vor den Augen, und dann lag ich auf der Treppe"),
        ("de", "Ich musste es zweimal sagen: dass ich schwanger bin, und dass ich blute."),
        ("de", "31 warens dann am ende, das gerät hielten die für kaputt."),
    ],
)
def test_no_distress_no_secret_and_no_wish_in_what_is_told(language: str, said: str) -> None:
    assert detect_acts(said, language).acts == (acts.ANSWER,)
    assert disclosures.classify_disclosure(said, language) == ""


@pytest.mark.parametrize(
    ("language", "wish", "taken_back"),
    [
        (
            "en",
            "Please don't quote that.",
            "No, you can quote it. I only meant the other thing.",
        ),
        ("de", "Bitte zitieren Sie das nicht.", "Nein, das könnt ihr ruhig zitieren."),
    ],
)
def test_a_mark_is_taken_off_where_it_was_not_meant(
    hold: Hold, language: str, wish: str, taken_back: str
) -> None:
    interview = hold(replace(STUDY, language=language), "Bus 7. " + wish)
    assert interview.move.unquoted == (2,)
    interview.answer(taken_back)
    assert (interview.move.unquoted, interview.move.requoted) == ((), (2,))
    assert interview.text.startswith(
        ("Sorry, I've removed that mark", "Entschuldigung, die Markierung")
    )


def test_a_question_at_the_head_is_heard() -> None:
    said = "Vorab eine Rückfrage. Spreche ich mit einem Menschen? Ich gebe Ihnen den Ablauf. Es war im "
    said += "April. Ich bin um sechs gefahren. Am Empfang war niemand. Ich habe lange gewartet."
    assert detect_acts(said, "de").topics == ("human",)


def test_a_question_is_looked_for_in_what_was_said_before(hold: Hold) -> None:
    asked = "Who will read this? I went by bus at seven, it was cold, and then I walked."
    interview = hold(STUDY, "It was fine there.", asked)
    assert "are read by" in interview.text
    interview.answer("You did not answer my question, and that is not all right with me.")
    assert "are read by" in interview.text


ASKED_IN_PASSING = [
    "That's a Harrow Lane address, though. Who is at the other end of it?",
    "I would wish to know where such a thing can be reported, it stood there for fifty minutes.",
    "So I lie awake a bit. I would write to the authority, if somebody told me who that is here.",
    "If a resident was injured and the record was changed, does anybody do anything, or does it sit in a study?",
    "drive mostly haha, corsa with one odd door. is this the thing that gets you the voucher",
    "I suppose it's settled already, isn't it? You tell me.",
]


@pytest.mark.parametrize("said", ASKED_IN_PASSING)
def test_what_people_ask_beside_their_answer_is_a_question(said: str) -> None:
    assert acts.META in detect_acts(said, "en").acts


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The letter was late. Please don't quote me on that.", "won't be quoted"),
        ("One thing: I had switched it off. Who reads this?", "are read by"),
        ("Nothing, you have it. Who reads this?", "are read by"),
    ],
)
def test_what_is_asked_with_the_last_words_is_answered_before_the_thanks(
    hold: Hold, said: str, told: str
) -> None:
    interview = hold(STUDY, "By bus.", "Fine.", "Nothing.")
    while interview.move.decision.act != acts.ANYTHING_TO_ADD:
        interview.answer("Nothing more.")
    interview.answer(said)
    assert told in (interview.move.closing or interview.move.text)


def test_a_goodbye_where_all_has_been_asked_is_not_asked_back(hold: Hold) -> None:
    interview = hold(STUDY, "By bus.", "Fine.", "Nothing.")
    while interview.move.decision.act != acts.ANYTHING_TO_ADD:
        interview.answer("Nothing more.")
    interview.answer("No, I have to go now, bye.")
    assert interview.move.ends
    assert interview.move.complete


def test_whoever_has_a_part_of_a_long_account_left_out_keeps_the_word(hold: Hold) -> None:
    told = (
        "We waited there for two hours and a half, and nobody came to say anything at all. " * 3
    )
    interview = hold(STUDY, f"{told}Please don't quote me on that.")
    assert interview.text.endswith("won't be quoted. Please go on, if you like.")
    interview.answer("No, that was all.")
    assert interview.move.decision.question_id == "q2"


@pytest.mark.parametrize(
    ("language", "said", "topic"),
    [
        ("en", "So who gets their eyes on all this then?", "who_sees"),
        ("en", "Who do I report the nurse to?", "report"),
        ("en", "Am I typing to a robot or is there somebody there?", "human"),
        ("de", "Sitzt da jemand oder tippe ich mit einem Automaten?", "human"),
    ],
)
def test_a_question_that_is_all_that_is_said_has_its_topic(
    language: str, said: str, topic: str
) -> None:
    assert detect_acts(said, language).topics == (topic,)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Please keep that last part off your transcript."),
        ("en", "I'd rather that didn't turn up in your report."),
        ("en", "Don't go putting my name to any of that."),
        ("de", "Meinen Namen lassen Sie da bitte raus."),
    ],
)
def test_a_wish_not_to_be_quoted_is_heard_in_other_words(language: str, said: str) -> None:
    assert detect_acts(said, language).acts == (acts.LEAVE_OUT,)
