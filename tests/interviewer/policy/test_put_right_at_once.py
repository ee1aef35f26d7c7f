"""What the next sentence puts right is not said back."""

import pytest

from interviewrelay.interviewer.policy import salience


@pytest.mark.parametrize(
    ("language", "answer", "wrong"),
    [
        (
            "en",
            "We lost everything then. No, wait, not everything.",
            "We lost everything then.",
        ),
        ("de", "Da war niemand mehr. Nein: die Anna war noch da.", "Da war niemand mehr."),
        ("fr", "Personne n'est venu. Je me trompe, Léa est venue.", "Personne n'est venu."),
        ("es", "No vino nadie. Perdón, vino Ana.", "No vino nadie."),
        ("nl", "Er kwam niemand. Ik vergis me, Anna kwam.", "Er kwam niemand."),
    ],
)
def test_what_the_next_sentence_puts_right_weighs_little(language, answer, wrong):
    first, second = salience.weigh_sentences(answer, language)
    assert first.said == wrong
    assert first.weight < second.weight
