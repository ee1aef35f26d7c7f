"""What participants may do and what is kept of them: asked in any words, answered truly."""

import pytest

from interviewrelay.interviewer.acts import META
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.guide import Guide, Question
from tests.interviewer.conftest import Interview

ASKED = {
    "en": """
        kept: How long will you keep my answers?
        kept: Where are my answers stored?
        kept: For how long is this information kept?
        kept: When will my data be deleted?
        kept: Do you store my answers anywhere?
        kept: Are my replies saved?
        kept: How long does the company hold on to this?
        can_return: May I continue tonight?
        can_return: Could we carry on next week?
        can_return: Can I take a break and come back this evening?
        trouble: The page is frozen
        trouble: This page doesn't load properly
        trouble: I cannot find the send button
        trouble: Nothing happens when I press send
        trouble: Sorry, I can't see the question
        trouble: the button won't work
    """,
    "nl": """
        kept: Hoe lang worden mijn antwoorden bewaard?
        kept: Waar worden mijn gegevens opgeslagen?
        kept: Hoelang bewaren jullie dit?
        kept: Bewaart u mijn antwoorden?
        can_skip: Mag ik deze overslaan?
        can_skip: Kan ik deze vraag overslaan?
        can_return: Kan ik morgen verdergaan?
        can_return: Mag ik later terugkomen?
        can_return: Kan ik dit vanavond afmaken?
        can_change: Kan ik mijn antwoord nog veranderen?
        can_change: Mag ik iets corrigeren?
        can_delete: Kunt u alles wissen?
        trouble: De knop werkt niet
        trouble: Ik zie de knop niet
        trouble: Deze pagina doet het niet meer
    """,
    "de": """
        kept: Wie lange werden meine Antworten gespeichert?
        kept: Wo werden die Daten gespeichert?
        kept: Wann wird das alles gelöscht?
        kept: Speichern Sie meine Antworten?
        can_skip: Darf ich diese Frage überspringen?
        can_skip: Kann ich die auslassen?
        can_return: Kann ich morgen weitermachen?
        can_return: Darf ich später wiederkommen?
        can_return: Könnte ich das heute Abend fortsetzen?
        can_change: Darf ich meine Antwort noch korrigieren?
        can_change: Wie kann ich etwas ändern?
        can_delete: Können Sie meine Antworten löschen?
        trouble: Die Seite lädt nicht
        trouble: Ich finde den Knopf nicht
        trouble: Der Button funktioniert nicht richtig
    """,
    "fr": """
        kept: Combien de temps gardez-vous mes réponses ?
        kept: Où sont stockées mes données ?
        kept: Pendant combien de temps sont-elles conservées ?
        kept: Conservez-vous mes réponses ?
        can_skip: Je peux passer cette question ?
        can_skip: Puis-je sauter celle-ci ?
        can_return: Est-ce que je peux continuer demain ?
        can_return: Puis-je revenir plus tard ?
        can_return: Je peux finir ce soir ?
        can_change: Puis-je modifier ma réponse ?
        can_change: Comment corriger une réponse ?
        can_delete: Pouvez-vous tout effacer ?
        trouble: La page ne charge pas
        trouble: Je ne vois pas le bouton
        trouble: Le bouton ne marche plus
    """,
    "es": """
        kept: ¿Cuánto tiempo guardan mis respuestas?
        kept: ¿Dónde se almacenan mis datos?
        kept: ¿Cuándo se borrarán?
        kept: ¿Se guardan mis respuestas?
        can_skip: ¿Puedo saltarme esta pregunta?
        can_skip: ¿Puedo omitir esta?
        can_return: ¿Puedo seguir mañana?
        can_return: ¿Podría terminar más tarde?
        can_return: ¿Puedo continuar otro día?
        can_change: ¿Puedo corregir una respuesta?
        can_change: ¿Cómo puedo modificar lo que dije?
        can_delete: ¿Pueden borrar mis respuestas?
        trouble: La página no carga
        trouble: No veo el botón
        trouble: El botón no funciona
    """,
}

TOLD = {
    "en": """
        They kept my file for ten years and nobody could say where.
        The page I had to fill in was broken for a week.
        My boss said that I could come back tomorrow.
        We never found out where the records were stored.
        I could not find the button on the machine in the canteen.
        The button on the coffee machine does not work.
        They asked how long the papers must be kept.
        I had to change my answer on the form twice.
        You could skip the queue with a letter.
        The screen was frozen, and I lost an hour of work.
        I cannot see the point of these meetings.
        I can't find the time for the course.
    """,
    "nl": """
        Mijn dossier werd tien jaar bewaard.
        De knop van de lift deed het niet.
        Ik mocht later terugkomen van mijn chef.
        Ik kon het formulier niet meer veranderen.
        Ik zag de balie niet toen ik binnenkwam.
        We hebben toen alles gewist wat er stond.
    """,
    "de": """
        Meine Akte wurde zehn Jahre aufbewahrt.
        Der Knopf am Aufzug ging wochenlang nicht.
        Ich durfte am nächsten Tag wiederkommen.
        Ich konnte das Formular nicht mehr ändern.
        Ich habe den Eingang nicht gefunden.
        Die Seite im Heft war leer.
    """,
    "fr": """
        Mon dossier a été conservé dix ans.
        Le bouton de l'ascenseur ne marchait jamais.
        J'ai pu revenir le lendemain.
        Je n'ai pas pu modifier le formulaire.
        Je ne voyais pas l'accueil en entrant.
        On a tout effacé du tableau.
    """,
    "es": """
        Guardaron mi expediente diez años.
        El botón del ascensor no funcionaba nunca.
        Pude volver al día siguiente.
        No pude cambiar el formulario.
        No vi la recepción al entrar.
        Borramos todo de la pizarra.
    """,
}


def lines(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, one.strip()) for code, text in table.items() for one in text.split("\n") if one.strip()]  # fmt: skip


@pytest.mark.parametrize(("language", "line"), lines(ASKED))
def test_a_right_or_what_is_kept_is_known_in_any_words(language: str, line: str) -> None:
    topic, text = line.split(": ", 1)
    heard = detect_acts(text, language)
    assert META in heard.acts
    assert topic in heard.topics
    assert "how_long" not in heard.topics
    assert "answer" not in heard.acts


@pytest.mark.parametrize(("language", "text"), lines(TOLD))
def test_what_is_told_of_such_things_is_an_answer(language: str, text: str) -> None:
    assert detect_acts(text, language).acts == ("answer",)


def test_who_asks_how_long_it_is_kept_is_not_told_how_long_it_takes() -> None:
    asked = "What did your first day look like?"
    interview = Interview(Guide("Study", (Question("q1", asked),), contact="ann@x.example"))
    interview.answer("How long do you keep my data?")
    for told in (
        "The people who run this study decide",
        "When the interview is over",
        "ann@x.example",
    ):
        assert told in interview.text
    assert "minutes" not in interview.text
    assert not interview.text.startswith("Yes")
    assert interview.text.endswith(asked)


@pytest.mark.parametrize("language", ["en", "nl", "de", "fr", "es"])
def test_trouble_with_the_page_loses_no_question(language: str) -> None:
    asked = "Was?" if language == "de" else "What did it look like?"
    interview = Interview(Guide("Study", (Question("q1", asked),), language=language))
    said = next(one for code, one in lines(ASKED) if code == language and "trouble" in one)
    interview.answer(said.removeprefix("trouble: "))
    assert interview.text.endswith(asked)
    assert len(interview.text) > len(asked) + 30
