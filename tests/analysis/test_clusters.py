"""What several people say: who is counted, in whose words, with which quotes."""

import pytest
from hypothesis import given, settings, strategies as st

from interviewrelay.analysis import clusters, concepts, stemming
from interviewrelay.analysis.clause_table import Answer
from interviewrelay.analysis.sentiment import NEUTRAL, SentimentScore

GOOD, BAD = SentimentScore("positive", 0.6), SentimentScore("negative", -0.5)


def answers(*people, language="en", **more):
    """Answers of people, each with one or a list of them."""
    return [
        Answer(f"s{who}", f"s{who}-{n}", text, language, NEUTRAL, **more)
        for who, said in enumerate(people)
        for n, text in enumerate([said] if isinstance(said, str) else said)
    ]


def found(*people, language="en", asked=(), most=clusters.MOST):
    own = {language: frozenset().union(*(stemming.get_stems(text, language) for text in asked))}
    return clusters.find_clusters(answers(*people, language=language), own, most=most)


def labels(*people, **more):
    return {cluster.label: cluster.groups for cluster in found(*people, **more)}


def test_different_words_for_the_same_thing_come_together():
    (told,) = found(
        "The queue was endless.", "There was a long delay.", "I waited until noon.",
        "They serve good tea.",
    )  # fmt: skip
    assert (told.groups, told.mentions) == (3, 3)
    assert {member.turn_id for member in told.members} == {"s0-0", "s1-0", "s2-0"}


def test_languages_come_together():
    told = clusters.find_clusters(
        [
            Answer("a", "a1", "I was afraid of the results.", "en", NEUTRAL),
            Answer("b", "b1", "Ich hatte Angst vor dem Gespräch.", "de", NEUTRAL),
            Answer("c", "c1", "J'avais peur de tout cela.", "fr", NEUTRAL),
        ],
        {},
    )
    assert [cluster.groups for cluster in told] == [3]


def test_a_label_is_a_statement_that_a_participant_made():
    told = labels(
        "Well, nobody told us why.", "Nobody told me anything about it, which made me angry.",
        "and nobody told them", "I saw a painting.",
    )  # fmt: skip
    assert told == {"nobody told us why": 3}


def test_people_are_counted_and_not_how_often_they_say_it():
    (told,) = found(["The curtain was old.", "That old curtain again."], "An old curtain.")
    assert (told.groups, told.mentions) == (2, 3)


def test_what_one_person_says_is_no_cluster():
    assert found(["The stethoscope was cold.", "A cold stethoscope."], "The curtain.") == ()


def test_the_scripts_own_words_make_a_cluster_only_with_another_one():
    people = ("The doctor spoke fast.", "A doctor spoke very fast.", "The doctor smiled at us.")
    told = found(*people, asked=["What do you remember of the doctor?"])
    assert [cluster.groups for cluster in told] == [2]
    assert "fast" in told[0].label


def test_what_may_not_be_quoted_counts_and_is_no_label():
    quiet = answers("The curtain was blue.", quotable=False)
    loud = Answer("b", "b1", "There was a blue curtain by the window.", "en", NEUTRAL)
    (told,) = clusters.find_clusters([*quiet, loud], {}, most=1)
    assert told.groups == 2
    assert told.label == "There was a blue curtain by the window"
    assert told.stated == ("b1", 0, len(told.label))
    assert [quote.turn_id for quote in told.quotes] == ["b1"]


def test_without_words_that_may_be_quoted_only_the_terms_are_the_label():
    (told, *_) = clusters.find_clusters(
        answers("The curtain was torn.", "A curtain by the lamp.", quotable=False), {}
    )
    assert (told.label, told.stated) == ("curtain", None)
    assert told.quotes == ()


@pytest.mark.parametrize(
    "hidden", ["Our neighbour Sandra had a blue curtain", "Sandra's blue curtain hung"]
)
def test_a_name_that_is_to_be_left_out_is_no_label(hidden):
    other = "The curtain was blue, more or less."
    told = clusters.find_clusters(
        [
            Answer("a", "a1", hidden, "en", NEUTRAL, hidden=frozenset(["sandra"])),
            Answer("b", "b1", other, "en", NEUTRAL),
        ],
        {},
    )
    assert told
    assert not any("Sandra" in cluster.label for cluster in told)


@pytest.mark.parametrize(
    ("language", "curse", "clean"),
    [
        ("en", "The shit coffee was cold", "There was cold coffee from the machine"),
        ("de", "Der Scheiß Kaffee war kalt", "Es gab nur kalten Kaffee"),
        ("fr", "Le café de merde était froid", "Il y avait du café froid"),
    ],
)
def test_a_curse_is_in_no_label(language, curse, clean):
    told = found(curse, clean, language=language)
    assert told
    assert not any(curse in cluster.label for cluster in told)


def test_contact_details_are_in_no_label():
    told = found(
        "Write to ann@x.example about the curtain, please do.", "The curtain was torn again."
    )
    assert [cluster.label for cluster in told] == ["The curtain was torn again"]


def test_quotes_are_of_different_people_and_moods_first():
    told = [
        Answer(who, f"{who}{n}", f"I remember the curtain number {n}.", "en", mood)
        for who, mood in (("a", BAD), ("b", BAD), ("c", BAD), ("d", GOOD))
        for n in (1, 2)
    ]
    (cluster, *_) = clusters.find_clusters(told, {})
    assert sorted(quote.turn_id[0] for quote in cluster.quotes) == ["a", "b", "c", "d"]
    assert "d" in {quote.turn_id[0] for quote in cluster.quotes[:2]}
    assert cluster.moods == (BAD,) * 6 + (GOOD,) * 2


@pytest.mark.parametrize(
    ("language", "people"),
    [
        ("nl", ("Niemand vertelde me waarom.", "Niemand vertelde ons iets over het wachten.")),
        ("es", ("Los carteles no se ven.", "El cartel estaba en otro sitio.")),
        ("ar", ("انتظرت في غرفة الانتظار", "كانت غرفة الانتظار مليئة")),
        ("zh", ("我在候诊室等了很久。", "候诊室很冷。")),
        ("ja", ("駐車場がありません。", "駐車場は高いです。")),
        ("xx", ("zu lka parkolo", "da parkolo")),
    ],
)
def test_other_languages_and_scripts_have_clusters(language, people):
    assert [cluster.groups for cluster in found(*people, language=language)][:1] == [2]


def test_kin_are_derived_words_and_no_chance_neighbours():
    kin = concepts.find_kin(["religi", "religion", "health", "healthcar", "break", "breakfast"])
    assert kin["religi"] == {"religion"}
    assert kin["healthcar"] == {"health"}
    assert "break" not in kin


@pytest.mark.parametrize("language", ["en", "nl", "de", "fr", "es", "ar"])
def test_every_concept_has_words(language):
    named = {name for names in concepts.load_concepts(language).values() for name in names}
    assert named == set(concepts.list_concepts())


WORDS = st.sampled_from(
    ["the", "not", "curtain", "windows", "window", "parking", "waited", "nobody", "told", ".", ",",
     "and", "I", "7", "l'eau", "候", "诊", "的", "é", "غرفة"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)


@given(
    st.lists(st.lists(TEXTS, max_size=3), max_size=6), st.sampled_from(["en", "de", "xx", ""])
)
@settings(max_examples=200)
def test_any_text_gives_clusters_whose_counts_and_places_hold(people, language):
    told = found(*people, language=language)
    texts = {f"s{w}-{n}": text for w, said in enumerate(people) for n, text in enumerate(said)}
    assert told == found(*people, language=language)
    for cluster in told:
        assert 2 <= cluster.groups <= len(people)
        assert cluster.mentions == len(cluster.members) >= len(cluster.moods)
        assert len(cluster.quotes) == cluster.groups
        assert cluster.label.strip()
        assert all(0 <= m.start < m.end <= len(texts[m.turn_id]) for m in cluster.members)
        assert (
            len({member.turn_id.split("-")[0] for member in cluster.members}) == cluster.groups
        )


@given(st.permutations(range(5)))
def test_the_order_of_people_changes_no_count(order):
    people = [
        "The waiting room was cold.", "Parking, and a cold waiting room.", "No parking space.",
        "A parking space is dear.", "The parking was full.",
    ]  # fmt: skip
    assert sorted(c.groups for c in found(*(people[n] for n in order))) == sorted(
        c.groups for c in found(*people)
    )
