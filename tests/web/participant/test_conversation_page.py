"""The question's page as a conversation, and the closing summary at the end."""

import re

import pytest
from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.interviews import state
from interviewrelay.interviews.participation import question_parts
from interviewrelay.interviews.turn_store import TurnRecord
from interviewrelay.models import Interview
from tests.factories import a_campaign, a_script, an_invite

QUESTIONS = (
    "How did you get there?",
    "How did the waiting go?",
    "What do you remember of the talk with the doctor?",
)
SAID = {
    "en": (
        "I took the bus at seven, because my car was gone.",
        "Nobody told us anything in the corridor. It was a long wait.",
        "The doctor drew a picture of my knee for me, but it was lost.",
    ),
    "nl": (
        "Ik nam de bus, want niemand had me gezegd dat de auto weg was.",
        "Niemand heeft ons iets gezegd in de gang. Het duurde lang.",
        "De arts tekende mijn knie, maar niemand heeft het bewaard.",
    ),
    "de": (
        "Ich nahm den Bus um sieben, weil mein Auto weg war.",
        "Niemand hat uns im Flur etwas gesagt. Es war lang.",
        "Die Ärztin zeichnete mein Knie, aber das Papier ging verloren.",
    ),
    "fr": (
        "J'ai pris le bus parce que personne ne m'a dit que la voiture était perdue.",
        "Personne ne nous a rien dit dans le couloir. C'était long.",
        "Le médecin a dessiné mon genou, mais la feuille est perdue.",
    ),
    "es": (
        "Tomé el autobús de las siete porque mi coche ya no estaba.",
        "Nadie nos dijo la verdad en el pasillo, pero yo lo sabía.",
        "La médica dibujó mi rodilla, pero nadie me dijo nada más.",
    ),
}
STATEMENTS = [
    "You took the bus at seven, because your car was gone.",
    "Nobody told you anything in the corridor.",
    "The doctor drew a picture of your knee for you, but it was lost.",
]


def part(page, name, tag="div"):
    """The text of one part of the page; None where it is not there."""
    found = re.search(rf'<{tag} [^>]*(?:id|class)="{name}".*?</{tag}>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else None


def read_back(page):
    found = re.search(r'<ul class="read-back">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", found[1]) if found else None


@pytest.fixture
def study(services, ann, client):
    """A way to the page of an interview whose answers are read back, and to its next pages."""

    def begin(language="en"):
        questions = [{"text": q, "depth": "none", "importance": "must"} for q in QUESTIONS]
        script = a_script(ann, language=language, questions=questions)
        link = f"/interview/{an_invite(services, a_campaign(ann, script=script))[1]}"

        def do(verb="", **fields):
            if verb:
                answer = client.post(f"{link}/{verb}", data=fields)
                assert answer.status_code == 303, answer.text
            return client.get(link).text

        do("start", consent="true")
        for place, text in enumerate(SAID[language], 1):
            do("turns", number=str(2 * place), text=text)
        return do

    return begin


def held():
    db.session.rollback()
    return db.session.execute(select(Interview)).scalar_one()


def test_what_was_heard_stands_apart_from_the_question(begun):
    assert part(begun, "question", "h1") == "Please tell me about your last visit."
    assert "automated interviewer" in part(begun, "heard")
    assert begun.index('id="heard"') < begun.index('id="question"')
    assert 'aria-describedby="heard question"' in begun


def test_the_last_answer_stands_above_the_next_question(send, begun):
    assert part(begun, "last yours") is None
    send("turns", number="2", text="We waited in the corridor.")
    page = send("turns", number="4", text="It was about forty minutes.")
    assert part(page, "last yours").startswith("You It was about forty minutes.")
    assert page.index('class="last yours"') < page.index('id="question"')
    earlier = part(page, "earlier", "ol")
    assert "corridor" in earlier
    assert "forty" not in earlier
    page = send("skip", number="6")
    assert part(page, "last yours") == "You Skipped"


def test_everything_but_answering_is_in_one_menu(client, link, send, begun):
    page = send("turns", number="2", text="We waited.")
    menu = re.search(r'<details class="menu".*', page, re.DOTALL)[0].partition("</form>")[0]
    acts = set(re.findall(rf'(?:formaction|href)="{link}/(\w+)"', menu))
    assert acts == {"skip", "pause", "review", "code", "complete", "withdraw"}
    assert 'href="#question"' in menu
    assert not re.findall(rf'(?:formaction|href)="{link}/', page.replace(menu, ""))


def test_what_is_read_back_is_a_list_and_is_confirmed_with_one_press(study):
    do = study()
    page = do()
    assert read_back(page) == STATEMENTS
    assert part(page, "question", "h1") == "What would you correct or add?"
    assert "some of what I&#39;ve heard." in part(page, "heard")


@pytest.mark.parametrize("language", SAID)
def test_the_confirmation_is_understood_in_every_language(study, language):
    do = study(language)
    form = re.search(r'<form id="confirm-form".*?</form>', do(), re.DOTALL)[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    do("turns", **fields)
    turns = state.list_turns(held())
    assert turns[7].reading["sense"]["response"] == "nothing_more"
    assert turns[8].decision["act"] == "anything_to_add"
    assert question_parts.build_closing_summary(turns).reply == ""


def test_the_end_shows_the_summary_and_what_was_put_right(study):
    do = study()
    do("turns", number="8", text="It was the train, not the bus.")
    page = do("complete")
    assert read_back(page) == STATEMENTS
    assert "<q" in page
    assert "It was the train, not the bus." in page


def test_what_was_corrected_or_struck_later_is_not_in_the_summary(study, client):
    do = study()
    do("turns", number="8", text="No, that is right.")
    link = re.search(r'action="([^"]+)/turns"', do())[1]
    for sent in (
        {"act": "strike", "number": "2"},
        {"act": "correct", "number": "4", "text": "They told us once."},
    ):
        assert client.post(f"{link}/review", data=sent).status_code == 303
    assert read_back(do("complete")) == STATEMENTS[2:]


def test_a_summary_is_rated_once_and_the_people_of_the_study_see_it(study, client, desk, ann):
    do = study()
    page = do("complete")
    assert page.count('name="summary_rating"') == 5
    do("feedback", rating="4", summary_rating="2")
    told = client.get(f"/api/sessions/{held().id}", headers=ann.auth).json["feedback"]
    assert told == {"rating": 4, "comment": None, "summary_rating": 2}
    shown = desk.get(f"/sessions/{held().id}").text
    assert "Closing summary: <b>2 of 5</b>" in shown


def test_the_rating_of_the_summary_is_optional(study, client, ann):
    do = study()
    do("complete")
    do("feedback", rating="4")
    told = client.get(f"/api/sessions/{held().id}", headers=ann.auth).json["feedback"]
    assert told["summary_rating"] is None


@pytest.mark.parametrize("rating", [0, 6, "5", 4.5, True])
def test_a_rating_of_the_summary_is_one_of_five(pat, rating):
    pat.start()
    pat("complete")
    sent = {"rating": 4, "summary_rating": rating}
    assert pat("feedback", sent, 400)["error"]["details"]["field"] == "summary_rating"


def test_without_a_summary_none_is_shown_or_rated(send, begun):
    page = send("complete")
    assert read_back(page) is None
    assert "summary_rating" not in page


def spoken(text, **details):
    return TurnRecord(
        *("turn", "interview", 3, "ai"),
        at=clock.parse_iso("2026-01-01T09:00:00Z"),
        elapsed=0.0,
        text=text,
        decision={"act": "check_back", "details": details} if details else None,
    )


@pytest.mark.parametrize(
    "turn",
    [
        spoken("How was it? I see."),
        spoken("Fine. How was …?", question="How was Ibrahim?"),
        spoken("You … it. What else?", question="What other?", statements=[{"text": "You took it."}]),
    ],
    ids=["no decision", "gaps after a strike", "gaps in a statement"],
)  # fmt: skip
def test_what_cannot_be_told_apart_is_shown_as_the_question(turn):
    assert question_parts.split_question(turn) == question_parts.QuestionParts(turn.text)
