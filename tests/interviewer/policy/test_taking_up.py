"""How a clause is said back, and what is never said back to anybody."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.interviewer.policy import quotation, salience
from interviewrelay.interviewer.policy.quotation import QuotedClause
from interviewrelay.interviewer.text.tokenization import normalize, split_words


def retold(said: str, language: str = "en") -> QuotedClause | None:
    """How the weightiest sentence of an answer is said back."""
    found = salience.find_weightiest(said, language)
    return None if found is None else quotation.quote_clause(found, language)


# --- the second person in English -----------------------------------------------------------------

SECOND_PERSON = [
    ("I was late and my bus was gone.", "you were late and your bus was gone"),
    ("I'm always the first in our office.", "you're always the first in your office"),
    ("I am the only one who knows it.", "you are the only one who knows it"),
    ("I was never told about it.", "you were never told about it"),
    ("We were told nothing by the staff.", "you were told nothing by the staff"),
    ("We're on our own at night.", "you're on your own at night"),
    ("I've never told them.", "you've never told them"),
    ("I'd been sick twice by then.", "you'd been sick twice by then"),
    ("Nobody told us anything in the corridor.", "nobody told you anything in the corridor"),
    ("The nurse took it from me.", "the nurse took it from you"),
    ("My son had to carry mine.", "your son had to carry yours"),
    ("I did it by myself.", "you did it by yourself"),
    ("The tape was gone by Monday.", "the tape was gone by Monday"),
    ("She said I was late again.", "she said you were late again"),
    ("I still was the only one there.", "you still were the only one there"),
    ("I waited an hour and was told twenty minutes.", "you waited an hour and were told twenty minutes"),
    ("it was my fault i never told him", "it was your fault you never told him"),
    ("im not the one who lost it", "you're not the one who lost it"),
    ("But nobody came to see it.", "nobody came to see it"),
    ("So then I kept quiet about it.", "you kept quiet about it"),
    ("Well, I never went back there.", "you never went back there"),
    ("They gave me a desk without legs lol", "they gave you a desk without legs"),
    ("Nobody had ever treated us like that.", "nobody had ever treated you like that"),
    ("I always knew it, even back then.", "you always knew it, even back then"),
    ("I never said so.", "you never said so"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "text"), SECOND_PERSON)
def test_in_english_it_is_put_into_the_second_person(said: str, text: str) -> None:
    found = retold(said)
    assert found is not None
    assert (found.text, found.indirect) == (text, True)


@pytest.mark.parametrize(
    "said",
    [
        "A doctor who looks at me and not at the computer.",
        "An hour and twenty minutes with a tired child.",
        "More time with my own doctor.",
        "Never again in my life.",
        "Had to do it all by myself.",
    ],
)
def test_what_is_no_clause_is_quoted_as_it_was_said(said: str) -> None:
    found = retold(said)
    assert found is None or (found.text, found.indirect) == (said.rstrip("."), False)


def test_what_somebody_said_needs_no_you_said() -> None:
    told = retold("My boss said I was late again.")
    assert told is not None
    assert told.reports
    assert told.as_sentence == "Your boss said you were late again."
    other = retold("I was late again.")
    assert other is not None
    assert not other.reports


# --- elsewhere it is quoted -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said", "clause"),
    [
        ("de", "Aber niemand hat uns etwas gesagt.", "niemand hat uns etwas gesagt"),
        ("de", "Ich hatte Angst um meinen Sohn.", "Ich hatte Angst um meinen Sohn"),
        ("nl", "Maar niemand heeft ons iets gezegd.", "niemand heeft ons iets gezegd"),
        ("nl", "Ik was bang voor mijn baas.", "Ik was bang voor mijn baas"),
        ("fr", "Mais personne ne nous a rien dit.", "personne ne nous a rien dit"),
        ("fr", "J'avais peur pour mon fils.", "J'avais peur pour mon fils"),
        ("es", "Pero nadie nos dijo nada.", "nadie nos dijo nada"),
        ("es", "Tenía miedo por mi hijo.", "Tenía miedo por mi hijo"),
    ],
)
def test_elsewhere_it_is_quoted_as_it_was_said(language: str, said: str, clause: str) -> None:
    found = retold(said, language)
    assert found is not None
    assert (found.clause, found.text, found.indirect) == (clause, clause, False)


# --- long sentences -------------------------------------------------------------------------------

LONG = [
    ("en",
     "We drove out there on a Sunday with the whole family in two cars and a trailer full of chairs, nobody had told us that it was over, and then we ate on the grass behind the church.",
     "nobody had told us that it was over"),
    ("de",
     "Wir sind an einem Sonntag mit der ganzen Familie in zwei Autos und einem Anhänger voller Stühle hinausgefahren, niemand von uns hatte noch einen Schlüssel, und dann haben wir hinter der Kirche gegessen.",
     "niemand von uns hatte noch einen Schlüssel"),
    ("nl",
     "We reden op een zondag met de hele familie in twee auto's en een aanhanger vol stoelen erheen, niemand had ons gezegd dat het voorbij was, en toen hebben we achter de kerk gegeten.",
     "niemand had ons gezegd dat het voorbij was"),
    ("fr",
     "Un dimanche nous sommes partis avec toute la famille dans deux voitures et une remorque pleine de chaises, personne ne nous avait dit que c'était fini, et puis on a mangé derrière l'église.",
     "personne ne nous avait dit que c'était fini"),
    ("es",
     "Un domingo salimos con toda la familia en dos coches y un remolque lleno de sillas y de mesas, nadie nos había dicho que ya no había nada, y luego comimos detrás de la iglesia.",
     "nadie nos había dicho que ya no había nada"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said", "clause"), LONG)
def test_of_a_long_sentence_one_clause_is_said_back(
    language: str, said: str, clause: str
) -> None:
    assert len(split_words(said)) > quotation.MOST
    found = retold(said, language)
    assert found is not None
    assert found.clause == clause


def test_a_long_sentence_without_a_weighty_clause_is_not_said_back() -> None:
    said = (
        "The family went there in two cars and a trailer full of chairs, the road was long and"
        " straight, the sun was out all day, and the grass was high."
    )
    assert len(split_words(said)) > quotation.MOST
    assert retold(said) is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Because nobody had told me."),
        ("en", "When I lost it all there."),
        ("de", "Weil mir niemand etwas gesagt hat."),
        ("nl", "Omdat niemand mij iets had gezegd."),
        ("fr", "Quand personne ne m'a rien dit."),
        ("es", "Porque nadie me dijo nada."),
        ("en", "Nobody at all."),
    ],
)
def test_what_cannot_stand_by_itself_is_not_said_back(language: str, said: str) -> None:
    assert retold(said, language) is None


# --- what is not said back ------------------------------------------------------------------------

UNSAID = {
    "en": (
        # data and secrets
        "I lost my password and nobody knew it was hunter2.",
        "I never told anybody but my number is 0612345678.",
        "I sold the hives without telling my wife.",
        "I was ashamed and kept it secret from everybody.",
        # what would hurt to hear again
        "My cat died in the same week and I was alone.",
        "I was raped and nobody believed me.",
        # insults, of others and of oneself
        "My boss was a bastard and I hated him.",
        "You stupid robot, you never listen to me.",
        "I was so stupid to believe them.",
        # questions
        "Would you believe nobody told me?",
        "Nobody told me, is that normal?",
        # wishes, and talk to the interviewer
        "I don't want to talk about that any more.",
        "I have to go now, sorry.",
        "I don't know what you mean, sorry.",
        "Please leave out what I said about my boss.",
        "Like I said, nobody told me.",
        # what no sentence of ours can hold
        'He said "never" to me and I was afraid.',
        "Nobody told me <b>anything</b> at all.",
        "I was afraid of https://bad.example there.",
        "Nobody knew {contact} but me there.",
    ),
    "de": (
        "Ich habe niemandem mein Passwort gesagt.",
        "Ich habe es heimlich getan und mich geschämt.",
        "Mein Vater ist gestorben und ich war allein.",
        "Mein Chef war ein Arschloch und hat mich nie gegrüßt.",
        "Hat Ihnen das niemand gesagt?",
        "Ich möchte darüber nicht sprechen.",
        "Ich muss jetzt leider los.",
        "Wie gesagt, niemand hat mir etwas gesagt.",
    ),
    "nl": (
        "Ik heb niemand mijn wachtwoord gezegd.",
        "Ik heb het stiekem gedaan en ik was bang.",
        "Mijn vader is overleden en ik was alleen.",
        "Mijn baas was een klootzak en ik was bang.",
        "Heeft niemand u dat gezegd?",
        "Ik wil daar niet over praten.",
        "Ik moet nu helaas weg.",
        "Zoals gezegd, niemand heeft mij iets gezegd.",
    ),
    "fr": (
        "Je n'ai dit mon mot de passe à personne.",
        "Je l'ai fait en cachette et j'avais peur.",
        "Mon père est mort et j'étais seul.",
        "Mon chef était un connard et j'avais peur.",
        "Personne ne vous l'a dit ?",
        "Je ne veux pas en parler.",
        "Je dois partir maintenant, désolé.",
        "Comme je l'ai dit, personne ne m'a rien dit.",
    ),
    "es": (
        "No le dije mi contraseña a nadie.",
        "Lo hice a escondidas y tenía miedo.",
        "Mi padre murió y yo estaba sola.",
        "Mi jefe era un cabrón y yo tenía miedo.",
        "¿Nadie se lo dijo a usted?",
        "No quiero hablar de eso.",
        "Tengo que irme ahora, lo siento.",
        "Como dije, nadie me dijo nada.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"), [(code, said) for code, some in UNSAID.items() for said in some]
)
def test_it_is_not_said_back(language: str, said: str) -> None:
    told = (
        quotation.quote_clause(one, language)
        for one in salience.weigh_sentences(said, language)
    )
    assert [one for one in told if one is not None] == []


# --- once, and letter by letter -------------------------------------------------------------------


def test_what_was_said_back_is_known_again() -> None:
    found = retold("But nobody came to see it.")
    assert found is not None
    assert quotation.is_said(found.clause, ["Nobody came to see it"])
    assert not quotation.is_said(found.clause, ["somebody came"])


PARTS = st.sampled_from(
    [
        "I was", "nobody told me", "because", "my  own", "the tape was gone", "but", ",", ".",
        "and then", "; ", " - ", "lol", "I'm", "afraid", "we never", "…", "\n", "(", ")", "NATO",
        "had lost it", "I kept quiet", "they promised us a key and never came", "ß", "\u00a0", "é",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(PARTS, max_size=30).map(" ".join),
    st.lists(PARTS).map("".join),
)


@given(TEXTS, st.sampled_from(["en", "nl", "de", "fr", "es", "ar", "ja"]))
def test_a_clause_is_a_part_of_what_was_said(text: str, language: str) -> None:
    for passage in salience.weigh_sentences(text, language):
        found = quotation.quote_clause(passage, language)
        if found is None:
            continue
        assert found.clause in text
        assert quotation.FEWEST <= len(split_words(found.clause)) <= quotation.MOST
        assert found.signs <= passage.signs
        if found.indirect:
            assert language == "en"
            assert not {"i", "me", "my", "i'm", "we"} & set(split_words(normalize(found.text)))
        else:
            assert found.text == found.clause
