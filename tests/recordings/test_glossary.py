"""Names and terms that a recogniser should expect."""

from dataclasses import replace

from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.recordings import glossary


class Snapshot:
    version_id = "1"
    organization = "Alder Research"

    def __init__(self, *questions, language="en", **settings):
        self.settings = settings
        self.guide = Guide(
            name="Visits", questions=tuple(Question(str(n), q) for n, q in enumerate(questions)),
            language=language,
        )  # fmt: skip


def test_the_studys_own_terms_come_first_then_the_names_of_its_script():
    seen = Snapshot(
        "How did you hear about Xarelto? And Dr. Okafor?", "Tell me about Amsterdam.",
        glossary=["apixaban", "Alder Research"],
    )  # fmt: skip
    assert glossary.build_glossary(seen) == (
        "apixaban", "Alder Research", "Xarelto", "Okafor", "Amsterdam",
    )  # fmt: skip


def test_words_at_the_beginning_of_a_sentence_are_no_names():
    assert glossary.build_glossary(
        Snapshot("Why? Because. “When” did it end? And what did I’m or Dr. mean?")
    ) == ("Alder Research",)


def test_german_capitalises_every_noun():
    seen = Snapshot("Wie war der Termin in der Praxis?", language="de-AT")
    assert glossary.build_glossary(seen) == ("Alder Research",)


def test_there_are_not_too_many():
    seen = Snapshot(
        *(f"And Name{chr(97 + n % 26)}{chr(97 + n // 26)} too?" for n in range(300))
    )
    assert len(glossary.build_glossary(seen)) == glossary.MOST_TERMS
    assert replace(seen.guide, name="x").name == "x"
