"""The participant's own words in a question: what may be taken up, and what never."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.interviewer import weaving


@pytest.mark.parametrize(
    ("said", "phrases"),
    [
        ("I came by the night bus.", ["the night bus"]),
        ("My boss gave me an ultimatum.", ["your boss", "the ultimatum"]),
        ("There was a queue down the stairs.", ["the queue down the stairs"]),
        ("We sort old clothes on Mondays.", []),
        ("We work with old clothes from the attic.", ["the old clothes from the attic"]),
        ("They gave me strong painkillers.", []),
        ("Some stories come home with me.", ["the stories"]),
        ("Parking there is impossible, so the car stayed at home.", ["the car"]),
        ("The nurse told me about these delays.", ["the nurse", "those delays"]),
        ("A line of eleven cars.", ["the line of eleven cars"]),
        ("There was a desk without legs lol", ["the desk without legs"]),
        ("My neighbour has a fence nowadays.", ["your neighbour", "the fence"]),
        ("There is a match on Monday nonetheless.", ["the match on Monday"]),
        ("My neighbour painted his fence purple.", ["your neighbour", "his fence"]),
        ("I painted the purple fence.", ["the purple fence"]),
        ("I left the house early again.", ["the house"]),
        (
            "I told the auditors about the missing invoices.",
            ["the auditors", "the missing invoices"],
        ),
        (
            "I read the letter about the missing invoices.",
            ["the letter about the missing invoices"],
        ),
        (
            "There was a cashier with a list of names.",
            ["the cashier"],
        ),
        ("They talk to each other.", []),
        ("To write better emails.", []),
        ("My boss wants to see heads.", ["your boss"]),
        ("It was an easy yes for me.", []),
        ("We ended up swapping rota spreadsheets.", ["the rota spreadsheets"]),
        ("The building makes noises.", ["the building", "the noises"]),
        ("We went to family parties.", ["the family parties"]),
        ("Some customers spat on the new floor.", ["the customers", "the new floor"]),
    ],
)
def test_noun_phrases_are_found(said: str, phrases: list[str]) -> None:
    assert [p.text for p in weaving.phrases(said, "en")] == phrases


@pytest.mark.parametrize(
    "said",
    [
        "That was a thing.",
        "It took a few minutes.",
        "The receptionist Hilde was there.",
        "He was a stupid bastard.",
        "My mother died in the old hospital.",
        "There was no problem with the booking.",
        "Let me think, in my own words.",
        "The BANANA.",
        "I had 24 of the 36.",
        "",
    ],
)
def test_what_says_little_or_would_hurt_is_left_alone(said: str) -> None:
    found = [p.text for p in weaving.phrases(said, "en")]
    assert not found or found == ["the receptionist"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("I remember the handover well.", weaving.PROCESS),
        ("I remember the training well.", weaving.PROCESS),
        ("I remember the building well.", weaving.THING),
        ("I remember my sister well.", weaving.PERSON),
    ],
)
def test_phrases_are_of_a_kind(said: str, kind: str) -> None:
    assert [p.kind for p in weaving.phrases(said, "en")] == [kind]


@pytest.mark.parametrize(
    ("language", "said", "quoted"),
    [
        ("en", "Well, I feel useful.", "I feel useful"),
        (
            "en",
            "I rang for an hour on one morning because nobody picked up.",
            "nobody picked up",
        ),
        (
            "en",
            "\u0627\u0646\u062a\u0638\u0631\u062a \u0633\u0627\u0639\u0629 \u0647\u0646\u0627\u0643",
            None,
        ),
        ("en", "It was fine, I guess.", None),
        ("en", "Maybe three hours.", None),
        ("en", "Tom again.", None),
        ("en", "Perhaps we asked too late.", "we asked too late"),
        ("en", "She died at home.", None),
        ("en", "My landlord is Rob Smith.", None),
        ("nl", "Ik moest lang wachten op de gang.", "Ik moest lang wachten op de gang"),
        (
            "nl",
            "Ik moest toen heel erg lang wachten op de gang.",
            "Ik moest toen heel erg lang wachten op de gang",
        ),
        ("en", "An hour and a half.", None),
        ("en", "We rang twice but nobody came and they didn't.", None),
        ("en", "When somebody's stuck, and then they aren't.", None),
        ("nl", "Ik had een oude laptop, die steeds vastliep.", "Ik had een oude laptop"),
        (
            "fr",
            "Le chef passait chaque matin et m'expliquait une commande.",
            "le chef passait chaque matin et m'expliquait une commande",
        ),
        ("fr", "J'ai vu une longue liste, qui manquait là.", "j'ai vu une longue liste"),
        (
            "es",
            "En la intranet faltaban casi todas las guías.",
            "en la intranet faltaban casi todas las guías",
        ),
        ("de", "Die Wartezeit war lang.", "die Wartezeit war lang"),
        ("fr", "La salle était pleine.", "la salle était pleine"),
        ("es", "La espera fue larga.", "la espera fue larga"),
        ("nl", "Mijn vader is overleden.", None),
        ("de", "Mein Vater ist gestorben.", None),
        ("fr", "Mon père est mort.", None),
        ("es", "Mi padre murió allí.", None),
        ("en", "And if I can eat before it", None),
        ("en", "Or whether the scan was free.", None),
        (
            "en",
            "Rest it until Thursday, and to not put any weight on it.",
            "Rest it until Thursday",
        ),
        ("nl", "En hoe lang het duurt op de afdeling", None),
        ("de", "Vielleicht, ob ich vorher etwas essen darf", None),
        ("fr", "La date, et comment faut-il venir là", None),
        ("es", "La fecha, y cómo llegar hasta la sala", None),
    ],
)
def test_a_few_words_are_quoted(language: str, said: str, quoted: str | None) -> None:
    found = weaving.quotation(said, language)
    assert (found.text if found else None) == quoted


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I'm leaving in five minutes, make it quick."),
        ("en", "Tell me first what others said."),
        ("en", "I'm not sure I get the question."),
        ("en", "You keep repeating what I say, it's weird."),
        ("en", "I've got a train to catch in ten minutes."),
        ("en", "Ask me again next year!"),
        ("nl", "O nee wacht, het was mijn broer"),
        ("nl", "Maak het alstublieft kort, ik moet zo weg naar huis."),
        ("nl", "Ik weet niet of ik de vraag goed begrijp."),
        ("nl", "U herhaalt steeds wat ik hier zeg."),
        ("de", "Diese Frage überspringe ich gern einmal."),
        ("de", "Machen Sie bitte schnell, ich muss gleich los zum Zug."),
        ("de", "Sie wiederholen immer alles von mir."),
        ("fr", "Dites-moi d'abord la réponse des autres."),
        ("fr", "Vous répétez tout ce que je raconte."),
        ("fr", "Je ne suis pas sûr de comprendre votre question."),
        ("es", "Dígame primero la respuesta de los otros."),
        ("es", "Usted repite siempre todo lo que cuento."),
        ("es", "Tengo prisa, dese prisa por favor."),
    ],
)
def test_talk_to_the_interviewer_is_not_taken_up(language: str, said: str) -> None:
    found = weaving.quotation(said, language)
    assert (weaving.phrases(said, language), found) == ([], None)


@pytest.mark.parametrize(
    ("language", "said", "quoted"),
    [
        ("en", "I waited for the last train home.", "I waited for the last train home"),
        ("en", "The clerk asked about my old car.", "the clerk asked about my old car"),
        (
            "en",
            "I'm not sure I get the question, but I worked on the old printer.",
            "I worked on the old printer",
        ),
        ("nl", "De buurman stelde een rare vraag.", "de buurman stelde een rare vraag"),
        ("de", "Der Chef machte alles viel schneller.", "der Chef machte alles viel schneller"),
        ("fr", "Le train est parti sans moi.", "le train est parti sans moi"),
        ("es", "El jefe repitió todas las órdenes.", "el jefe repitió todas las órdenes"),
    ],
)
def test_what_is_told_beside_talk_is(language: str, said: str, quoted: str) -> None:
    found = weaving.quotation(said, language)
    assert found is not None
    assert found.text == quoted


@pytest.mark.parametrize(
    ("said", "phrases"),
    [
        ("I lost the thread halfway.", []),
        ("I like to see a customer happy.", ["the customer"]),
        ("I like to see the happy customers of the shop.", ["the happy customers of the shop"]),
        ("I found the door open and the lamp alight.", ["the door", "the lamp alight"]),
        ("There was a train to catch.", ["the train"]),
        ("I missed the train to work.", ["the train to work"]),
        ("All was ruined by the rain.", []),
        ("I put on the rain jacket.", ["the rain jacket"]),
    ],
)
def test_what_belongs_to_the_verb_is_no_part_of_a_phrase(said: str, phrases: list[str]) -> None:
    assert [p.text for p in weaving.phrases(said, "en")] == phrases


@pytest.mark.parametrize(
    ("language", "said", "quoted"),
    [
        ("en", "About forty minutes.", None),
        ("en", "About ninety tickets on a normal day.", None),
        ("en", "The paint, and took a whole weekend.", None),
        ("en", "Three nurses came in at once.", "Three nurses came in at once"),
        ("nl", "Ongeveer veertig minuten wachten hier.", None),
        (
            "nl",
            "Er was een aardige bakker, die mij bij naam kende.",
            "er was een aardige bakker",
        ),
        ("nl", "Omdat ik gewoon een rustig mens ben denk ik.", None),
        ("nl", "Dat was een lange rit naar huis.", "dat was een lange rit naar huis"),
        ("nl", "In het begin kende ik niemand uit de straat.", None),
        ("nl", "Niemand had mij iets over het formulier verteld.", None),
        (
            "nl",
            "Iemand had mij over het formulier verteld.",
            "Iemand had mij over het formulier verteld",
        ),
        (
            "de",
            "Das Fahrrad ging mir gestern auf dem Weg zur Arbeit mitten auf der Kreuzung auf.",
            None,
        ),
        ("de", "Ich war sauer, weil der Ersatzbus einfach durchgefahren ist.", None),
        (
            "de",
            "Der Ersatzbus ist einfach durchgefahren.",
            "der Ersatzbus ist einfach durchgefahren",
        ),
        (
            "de",
            "Ich bin am Morgen mit dem Rad zum Bahnhof gefahren und dort war alles gesperrt.",
            "dort war alles gesperrt",
        ),
        ("de", "Ich kannte am Anfang niemanden im Dorf.", None),
        (
            "fr",
            "Le soir je mange souvent seul et je ne dis rien à personne avant le soir.",
            "je ne dis rien à personne avant le soir",
        ),
        ("fr", "Par messagerie surtout, au bureau.", None),
        ("fr", "Personne ne m'avait prévenu du retard.", None),
        ("fr", "Une dame m'avait prévenu du retard.", "une dame m'avait prévenu du retard"),
        ("es", "Me quedé toda la tarde en la biblioteca a estudiar para el examen.", None),
        ("es", "La chica del mostrador muy maja.", None),
        ("es", "La chica del mostrador fue muy maja.", "la chica del mostrador fue muy maja"),
        ("es", "Nadie me avisó del retraso.", None),
    ],
)
def test_only_what_stands_whole_is_quoted(language: str, said: str, quoted: str | None) -> None:
    found = weaving.quotation(said, language)
    assert (found.text if found else None) == quoted


@given(st.text(max_size=300), st.sampled_from(["en", "nl", "de", "fr", "es", "ar", "ja"]))
def test_any_text_is_survived_and_nothing_is_made_up(text: str, language: str) -> None:
    quoted = weaving.quotation(text, language)
    for phrase in [*weaving.phrases(text, language), *([quoted] if quoted else [])]:
        assert len(phrase.text) <= 4 * weaving.LONGEST
        said = {w for w in phrase.said.lower().split() if w.isalpha()}
        assert all(word in text.lower() for word in said)
