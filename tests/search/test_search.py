"""Finding interviews by what was said in them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import delete, func, select

from interviewrelay.analysis import search_terms
from interviewrelay.core import clock
from interviewrelay.core.db.pagination import Window
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import Interview, SearchEntry
from interviewrelay.search import search
from interviewrelay.transcripts import transcripts
from tests.conftest import SERVER
from tests.factories import a_campaign, an_interview

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
CORPUS = {
    "cafe": "We met in the Café Étoile; it was LOUD.",
    "wait": "I waited for forty minutes, and nobody said a word.",
    "order": "A word nobody said: minutes of forty.",
    "mail": "Write me an e-mail, don't call! x@example.com",
    "german": "Die Straße war naß, 3.5 km lang.",
    "hebrew": "שָׁלוֹם לכולם",
    "arabic": "مَرْحَبًا بالعالم",
    "chinese": "我等了四十分钟，没有人来。",
    "greek": "Ωραία μέρα στην Αθήνα",
    "hindi": "मैं चालीस मिनट तक रुका",
    "thai": "ฉันรอสี่สิบนาที",
    "signs": "AND OR NOT NEAR words:* ^ ' \" -- % _ snake_case (brackets)",
    "numbers": "It cost 12 euro 50, in 2024.",
}


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def corpus(services, campaign):
    """One interview for each text, a day apart; the last is the newest."""
    made = {}
    for day, (name, text) in enumerate(CORPUS.items()):
        with clock.freeze_at(NOON + timedelta(days=day)):
            row = an_interview(services, campaign, text, email=f"{name}@x.example", test=True)
        made[row.id] = name
    return made


def found(ann, corpus, q, **more):
    return [corpus[row.id] for row in transcripts.list_sessions(ann.actor, q=q, **more).items]


FOUND = (
    ("cafe", ["cafe"]), ("CAFÉ etoile", ["cafe"]), ("Cafe\u0301", ["cafe"]), ("loud", ["cafe"]),
    ("caf", []), ("forty minutes", ["order", "wait"]), ('"forty minutes"', ["wait"]),
    ('"said a word"', ["wait"]), ('nobody "a word"', ["order", "wait"]), ('"forty', ["order", "wait"]),
    ("e-mail", ["mail"]), ('"mail e"', []), ("don’t", ["mail"]), ("x@example.com", ["mail"]),
    ("strasse", ["german"]), ("NASS", ["german"]), ("3.5", ["german"]), ("5.3", []),
    ("שלום", ["hebrew"]), ("مرحبا", ["arabic"]), ("四十分钟", ["chinese"]), ("分四", []), ("人", ["chinese"]),
    ("αθηνα", ["greek"]), ("मिनट", ["hindi"]), ("สี่สิบ", ["thai"]), ("AND", ["signs", "wait"]),
    ("nothing OR cafe", []), ("NOT cafe", []), ("snake", ["signs"]), ("snake_case", ["signs"]),
    ("１２", ["numbers"]), ("words:*", ["signs"]), ("!!!", []), ('""', []),
)  # fmt: skip


def test_what_is_found(ann, corpus):
    told = {q: found(ann, corpus, q) for q, _ in FOUND}
    assert {q: told[q] for q, names in FOUND if told[q] != names} == {}


def test_only_answers_are_searched_and_only_ones_own(ann, ben, corpus):
    assert (
        transcripts.list_sessions(ann.actor, q="visit").total == 0
    )  # the first question's word
    assert transcripts.list_sessions(ben.actor, q="cafe").total == 0
    label = search_terms.build_labels(ann.actor.org_id)[0]
    assert search_terms.JOINT not in "".join(search_terms.split_words(label))
    assert transcripts.list_sessions(ben.actor, q=label).total == 0


def test_filters_narrow_what_is_found(ann, services, corpus, campaign):
    other = a_campaign(ann)
    row = an_interview(services, other, "Forty again.", email="again@x.example", test=True)
    corpus[row.id] = "again"
    assert found(ann, corpus, "forty") == ["again", "order", "wait"]
    assert found(ann, corpus, "forty", campaign_id=campaign.id) == ["order", "wait"]
    assert found(ann, corpus, "forty", campaign_id="abc") == []
    assert found(ann, corpus, "forty", status="completed") == []
    assert found(ann, corpus, "forty", since=NOON + timedelta(days=2)) == ["again", "order"]
    assert found(ann, corpus, "forty", before=NOON + timedelta(days=2)) == ["wait"]
    assert len(found(ann, corpus, " ")) == len(CORPUS) + 1  # a blank query is none


@pytest.fixture
def many(ann, services, campaign):
    """Twelve interviews with the word, three of them begun in the same moment."""
    for number in range(12):
        with clock.freeze_at(NOON + timedelta(microseconds=max(0, number - 3) // 2)):
            an_interview(
                services,
                campaign,
                "The word.",
                "The word again.",
                email=f"n{number}@x.example",
                test=True,
            )
    rows = db.session.execute(select(Interview)).scalars()
    return [r.id for r in sorted(rows, key=lambda r: (r.started_at, r.id), reverse=True)]


@pytest.mark.gate
@pytest.mark.parametrize(
    ("looked_at", "more"), [(600, {}), (1, {}), (5, {"status": "in_progress"})]
)
def test_pages_walk_the_same_list_as_without_a_query(ann, many, more, looked_at, monkeypatch):
    monkeypatch.setattr(search, "LOOKED_AT", looked_at)
    for limit in (1, 5, 11, 12, 100):
        by_offset, by_cursor, cursor = [], [], None
        while True:
            window = Window(limit, len(by_offset))
            page = transcripts.list_sessions(ann.actor, window, q="word", **more)
            by_offset += [row.id for row in page.items]
            assert page.total == 12
            window = Window(limit, cursor=cursor)
            page = transcripts.list_sessions(ann.actor, window, q="word", **more)
            by_cursor += [row.id for row in page.items]
            cursor = page.next_cursor
            assert page.total == 12
            if cursor is None:
                break
        assert by_offset == by_cursor == many, limit


def test_a_total_that_was_not_counted_to_the_end_says_so(ann, many, monkeypatch):
    monkeypatch.setattr(search, "MOST_COUNTED", 5)
    page = transcripts.list_sessions(ann.actor, Window(4), q="word")
    assert (page.total, page.capped, len(page.items)) == (5, True, 4)
    page = transcripts.list_sessions(ann.actor, Window(4, 8), q="word")
    assert (page.total, [r.id for r in page.items]) == (5, many[8:])


@pytest.mark.parametrize("looked_at", [1, 600])
def test_what_only_the_oldest_said_is_found(ann, corpus, looked_at, monkeypatch):
    monkeypatch.setattr(search, "LOOKED_AT", looked_at)
    assert found(ann, corpus, "etoile") == ["cafe"]
    assert found(ann, corpus, "étoile it", status="in_progress") == ["cafe"]
    assert found(ann, corpus, '"cafe etoile it"') == ["cafe"]
    assert found(ann, corpus, "etoile", since=NOON + timedelta(days=1)) == []


def test_whoever_is_deleted_is_found_no_more(ann, corpus):
    with transaction():
        gone = next(iter(corpus))
        db.session.execute(delete(Interview).where(Interview.id == gone))
    assert found(ann, corpus, "cafe") == []
    assert db.session.execute(select(func.count()).select_from(SearchEntry)).scalar_one() == 12


@given(st.text(max_size=200))
def test_nothing_in_a_query_is_an_error(q):
    for phrase in search_terms.parse_phrases(q):
        assert phrase
        assert not set("'\"\\ ") & set("".join(phrase))
        assert search_terms.split_words(" ".join(phrase)) == phrase


@given(st.text(max_size=200))
def test_the_words_of_words_are_the_same(text):
    once = search_terms.split_words(text)
    assert search_terms.split_words(" ".join(once)) == once


@pytest.mark.gate
@pytest.mark.parametrize(
    "q", ["'", '"', "' | 'x", "a:* & !b", "\\", "%_", "NEAR(a b)", "-x", "^a", "a" * 5_000, "x " * 500,
          "\ud7ff\uffff", "🙂", "\u202e", "{a b}: c", "'; DROP TABLE said; --", "<->", "*"],
)  # fmt: skip
def test_hostile_queries_find_nothing_and_break_nothing(ann, corpus, q):
    assert transcripts.list_sessions(ann.actor, q=q).total <= 2


ALPHABET = st.sampled_from(
    ["a", "b", "B", "é", "e", "a-b", "人", "我", "don't", '"', " ", " ", "ß", "ss", "'", "&"]
)
TEXTS = [
    "a b",
    "b a e",
    "é a-b a",
    "人我 a",
    "我人",
    "don't B",
    "don t",
    "ss ß a b a b",
    "e" * 120,
    "a " * 300 + "b",
]


@pytest.fixture(params=["looking", "by the index, all pairs with one mark"])
def small(request, ann, services, campaign, monkeypatch):
    """Also when the marks of pairs say nothing: they never decide alone."""
    if request.param != "looking":
        monkeypatch.setattr(search, "LOOKED_AT", 1)
        monkeypatch.setattr(search_terms, "crc32", lambda _: 7)
    made = {}
    for number, text in enumerate(TEXTS):
        row = an_interview(services, campaign, text, email=f"n{number}@x.example", test=True)
        made[row.id] = text
    return made


def expected(text, q):
    """What the rules say, reckoned by hand."""
    said = search_terms.split_words(text)
    # PostgreSQL keeps the first 255 places of a word; a phrase needs the places of all its words.
    placed = [w if not SERVER or said[:n].count(w) < 255 else "" for n, w in enumerate(said)]
    return all(
        any(placed[i : i + len(phrase)] == phrase for i in range(len(said)))
        if len(phrase) > 1
        else phrase[0] in said
        for phrase in search_terms.parse_phrases(q)
    )


def test_both_databases_find_what_the_rules_say(ann, small):
    """Run on SQLite and on PostgreSQL: who agrees with the rules agrees with the other."""

    @given(st.lists(ALPHABET, min_size=1, max_size=12).map("".join))
    def agrees(q):
        found = {small[row.id] for row in transcripts.list_sessions(ann.actor, q=q).items}
        wanted = {text for text in TEXTS if expected(text, q)}
        if not search_terms.parse_phrases(q) and q.strip():
            wanted = set()
        assert found == wanted

    agrees()
