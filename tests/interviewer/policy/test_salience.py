"""Which sentence of an answer carries weight, and which answers hold none that does."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.policy import salience
from interviewrelay.interviewer.policy.salient_follow_ups import WEIGHTY
from interviewrelay.interviewer.text.tokenization import split_sentences

CODES = ("de", "en", "es", "fr", "nl")

# The foremost sentence of each answer stands between bars.
FOREMOST = {
    "en": (
        "Cottage pie, peas, the usual. It was hot. |I take mine in my room now, nobody asks.| There was a sponge after.",
        "The invoice lands in the inbox and the tool reads it. |I keep my own list as well, but they don't know.| It goes out on Friday.",
        "We met at the lake. The food was good. |My brother never said a word to me again.|",
        "|I was ashamed, because I had told him it was safe.| Then lunch came.",
        "It is a nice building with a garden. The rooms are bright. |They promised me a key and I never got one.|",
        "The nurse came at eight. |She gave me the wrong tablets and I was scared.| Breakfast was at nine.",
    ),
    "de": (
        "Es gab Suppe und Brot. Das war warm. |Ich esse seit dem Sommer nicht mehr mit den anderen.| Danach kam Kuchen.",
        "Die Rechnung kommt per Post. |Ich führe aber noch meine eigene Liste, weil das niemand prüft.| Am Freitag geht sie raus.",
        "Wir trafen uns am See. Das Essen war gut. |Mein Bruder hat nie wieder etwas zu mir gesagt.|",
        "Das Haus hat einen Garten. Die Zimmer sind hell. |Man hatte mir einen Schlüssel versprochen, und ich habe ihn nie bekommen.|",
    ),
    "nl": (
        "Er was soep met brood. Dat was warm. |Ik eet sinds de zomer niet meer met de anderen.| Daarna kwam er taart.",
        "De rekening komt met de post. |Ik houd zelf ook nog een lijst bij, want niemand kijkt ernaar.| Vrijdag gaat hij weg.",
        "We zagen elkaar bij het meer. Het eten was goed. |Mijn broer heeft nooit meer iets tegen mij gezegd.|",
        "Het huis heeft een tuin. De kamers zijn licht. |Ze hadden mij een sleutel beloofd en ik heb hem nooit gekregen.|",
    ),
    "fr": (
        "Il y avait de la soupe et du pain. C'était chaud. |Depuis l'été je ne mange plus avec personne.| Ensuite il y a eu du gâteau.",
        "La facture arrive par la poste. |Moi je garde ma propre liste, mais personne ne le sait.| Elle part vendredi.",
        "Nous étions au bord du lac. Le repas était bon. |Mon frère ne m'a jamais plus rien dit.|",
        "La maison a un jardin. Les chambres sont claires. |On m'avait promis une clé et je ne l'ai jamais reçue.|",
    ),
    "es": (
        "Había sopa con pan. Estaba caliente. |Desde el verano ya no como con nadie.| Luego hubo tarta.",
        "La factura llega por correo. |Yo llevo mi propia lista, pero nadie lo sabe.| El viernes sale.",
        "Nos vimos junto al lago. La comida estuvo rica. |Mi hermano nunca más me dijo nada.|",
        "La casa tiene jardín. Las habitaciones son claras. |Me prometieron una llave y nunca me la dieron.|",
    ),
}  # fmt: skip

NOT_WEIGHTY = {
    "en": (
        "The bus comes every ten minutes.",
        "We sat at the long table by the window and had soup.",
        "It is a two-storey house with a garden at the back.",
        "The meeting begins at nine and takes an hour.",
        "There are eleven people in the team.",
    ),
    "de": (
        "Der Bus kommt alle zehn Minuten.",
        "Am langen Tisch am Fenster gab es Suppe.",
        "Das Haus hat zwei Stockwerke und hinten einen Garten.",
        "Die Besprechung beginnt um neun und dauert eine Stunde.",
    ),
    "nl": (
        "De bus komt om de tien minuten.",
        "Aan de lange tafel bij het raam was er soep.",
        "Het huis heeft twee verdiepingen en een tuin.",
        "De vergadering begint om negen uur en duurt een uur.",
    ),
    "fr": (
        "Le bus passe toutes les dix minutes.",
        "À la longue table près de la fenêtre il y avait de la soupe.",
        "La maison a deux étages et un jardin.",
        "La réunion commence à neuf heures et dure une heure.",
    ),
    "es": (
        "El autobús pasa cada diez minutos.",
        "En la mesa larga junto a la ventana había sopa.",
        "La casa tiene dos plantas y un jardín.",
        "La reunión empieza a las nueve y dura una hora.",
    ),
}


def each(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, said) for language, some in table.items() for said in some]


@pytest.mark.parametrize(("language", "marked"), each(FOREMOST))
def test_what_was_said_in_passing_is_foremost(language: str, marked: str) -> None:
    found = salience.find_weightiest(marked.replace("|", ""), language)
    assert found is not None
    assert found.said == marked.split("|")[1]
    assert found.weight >= WEIGHTY


@pytest.mark.parametrize(("language", "said"), each(NOT_WEIGHTY))
def test_what_only_describes_carries_no_weight(language: str, said: str) -> None:
    found = salience.find_weightiest(said, language)
    assert found is not None
    assert found.weight < WEIGHTY


# A sign with a word of its own, and the like of it that is none.
SIGNS = {
    "en": {
        salience.ABSENCE: ("Nobody came.", "The nobleman came."),
        salience.CHANGE: ("It stopped in May.", "The bus stop in May."),
        salience.CONTRAST: ("Except for one.", "The exception to one."),
        salience.FEELING: ("She was proud of it.", "She proved it."),
        salience.KEPT_QUIET: ("She pretended to sleep.", "She preferred to sleep."),
        salience.HARM: ("The tape was missing.", "The mission was long."),
        salience.CAUSE: ("Because of the rain.", "The cause of the rain."),
        salience.SELF: ("They saw my cat.", "They saw a myth."),
    },
    "de": {
        salience.ABSENCE: ("Niemand kam.", "Jemand kam."),
        salience.FEELING: ("Sie war stolz darauf.", "Sie stolperte darauf."),
        salience.HARM: ("Das war kaputt.", "Das war blau."),
        salience.SELF: ("Das war meine Katze.", "Das war eine Katze."),
    },
    "nl": {
        salience.ABSENCE: ("Niemand kwam.", "Iemand kwam."),
        salience.FEELING: ("Zij was trots.", "Zij was groot."),
        salience.HARM: ("Het was kapot.", "Het was blauw."),
        salience.SELF: ("Dat was mijn kat.", "Dat was een kat."),
    },
    "fr": {
        salience.ABSENCE: ("Rien ne venait.", "Le train venait."),
        salience.FEELING: ("Elle était fière.", "Elle était grande."),
        salience.HARM: ("La vitre était cassée.", "La vitre était bleue."),
        salience.SELF: ("C'était mon chat.", "C'était un chat."),
    },
    "es": {
        salience.ABSENCE: ("Nadie vino.", "Alguien vino."),
        salience.FEELING: ("Tenía miedo.", "Tenía medio."),
        salience.HARM: ("Estaba roto.", "Estaba azul."),
        salience.SELF: ("Era mi gato.", "Era un gato."),
    },
}


@pytest.mark.parametrize(
    ("language", "sign", "yes", "no"),
    [(code, sign, *pair) for code, some in SIGNS.items() for sign, pair in some.items()],
)
def test_a_sign_is_seen_by_its_words(language: str, sign: str, yes: str, no: str) -> None:
    assert [sign in one.signs for one in salience.weigh_sentences(yes, language)] == [True]
    assert [sign in one.signs for one in salience.weigh_sentences(no, language)] == [False]


@pytest.mark.parametrize("language", CODES)
def test_each_language_has_words_for_every_sign(language: str) -> None:
    found = languages.load_table(language, "salience")
    told = salience.WEIGHTS.keys() - {salience.DROPPED, salience.RECURRING}
    assert found["signs"].keys() == told
    assert found["turning_away"]["words"]
    assert all(found["signs"].values())
    assert found["unsaid"]["words"]
    assert found["clauses"].keys() >= {"subjects", "hanging", "joining", "cut_off"}


def test_each_sign_counts_once_in_a_sentence() -> None:
    (once,) = salience.weigh_sentences(
        "Nobody came to the big old house on the hill at all.", "en"
    )
    (twice,) = salience.weigh_sentences(
        "Nobody ever came, never, to the big old house on the hill.", "en"
    )
    assert once.weight == twice.weight


def test_of_equals_the_later_comes_first() -> None:
    said = "The desk was closed. Nobody knew us there. Nobody knew us there."
    assert [one.last for one in salience.weigh_sentences(said, "en")] == [False, False, True]
    found = salience.find_weightiest(said, "en")
    assert found is not None
    assert found.last


def test_a_language_without_signs_has_no_passages() -> None:
    assert salience.weigh_sentences("Nobody came. I was afraid.", "tr") == []
    assert salience.find_weightiest("Nobody came. I was afraid.", "ar") is None
    assert salience.find_weightiest("", "en") is None


def test_a_region_of_a_language_goes_by_the_language() -> None:
    said = "Nobody told me that it was gone."
    assert salience.weigh_sentences(said, "en-GB") == salience.weigh_sentences(said, "en")


@given(st.text(max_size=400), st.sampled_from([*CODES, "ar", "ja"]))
def test_any_text_is_survived_and_no_sentence_is_made_up(text: str, language: str) -> None:
    found = salience.weigh_sentences(text, language)
    assert [one.said for one in found] in (
        split_sentences(text)[-salience.MOST_SENTENCES :],
        [],
    )
    assert salience.weigh_sentences(text, language) == found


def test_what_somebody_turns_away_from_carries_weight() -> None:
    said = (
        "We used the map a lot and it saved diesel. But Terry was not himself that winter, so."
    )
    found = salience.find_weightiest(f"{said} Anyway.", "en")
    assert found is not None
    assert salience.DROPPED in found.signs
    assert found.said.startswith("But Terry")


def test_what_somebody_comes_back_to_carries_weight() -> None:
    said = "Terry had the ledger in the office. The vans stood in the yard all day."
    plain, again = (
        salience.find_weightiest(said, "en", stems) for stems in (frozenset(), {"terri"})
    )
    assert plain is not None
    assert again is not None
    assert again.said.startswith("Terry")
    assert salience.RECURRING in again.signs


HOOKS = {
    "en": (
        "We drove there in the van. The road was long and the sun was out. |So I solved it on Saturday.|",
        "We never saw him open it any less. |He had the keys in a tin.| Anyway, that's how it was.",
        "Cottage pie, peas, the usual. |I take mine in my room now, nobody asks.| There was a sponge after.",
    ),
    "de": (
        "Wir waren um acht dort. Es gab Kaffee und die Stühle standen im Kreis. |Auf dem Blatt stand etwas anderes.|",
        "Es war voll. |Eine Unbekannte saß an dem Abend neben mir.| Das nur der Vollständigkeit halber.",
    ),
    "nl": (
        "We waren er om acht uur. |Op het blad stond iets anders.| Dat was het.",
    ),
    "fr": (
        "Nous sommes arrivés à huit heures. |Sur la feuille, c'était autre chose.| C'est tout.",
    ),
    "es": (
        "Llegamos a las ocho. |En la hoja ponía otra cosa.| Eso es todo.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "marked"), [(code, text) for code, texts in HOOKS.items() for text in texts]
)
def test_what_an_answer_ends_with_ranks_first(language: str, marked: str) -> None:
    before, meant, after = marked.split("|")
    found = salience.weigh_sentences(before + meant + after, language)
    assert max(found, key=lambda one: one.rank).said.strip() == meant.strip()
