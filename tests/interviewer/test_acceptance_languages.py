"""The rules for a model's words hold in the other languages of the interviewer as they do in English."""

import json

import pytest

from interviewrelay.interviewer.acceptance import judge
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.model_task import task_of
from tests.interviewer.conftest import Interview

RULES = (
    *(
        "",
        "",
        "",
        "V4 double-barrelled",
        "V4 closed",
        "V4 praise",
        "V10 claim",
        "V7 introduced",
    ),
    *("V11 ends", "V8 language"),
)
"""What each line of the talks below breaks, in their order."""

TALKS = {
    "nl": (
        "Hoe verliep uw laatste bezoek aan de huisarts?",
        "Ik zat een uur in de wachtkamer en de assistente riep me toen eindelijk binnen.",
        "Wat gebeurde er in de wachtkamer?",
        "Hoe was het uur in de wachtkamer voor u?",
        "Kunt u beschrijven wat de assistente toen zei?",
        "Wat deed u in de wachtkamer en hoe voelde dat?",
        "Was het lang in de wachtkamer?",
        "Geweldig, wat gebeurde er in de wachtkamer?",
        "Ik zat daar ook, wat gebeurde er?",
        "Wat gebeurde er in de ambulance?",
        "Dat was het einde van het interview?",
        "What happened in the wachtkamer?",
    ),
    "de": (
        "Wie verlief Ihr letzter Besuch beim Arzt?",
        "Ich saß eine Stunde im Wartezimmer und dann rief mich die Assistentin endlich auf.",
        "Was geschah im Wartezimmer?",
        "Wie war die Stunde im Wartezimmer für Sie?",
        "Können Sie beschreiben, was die Assistentin sagte?",
        "Was taten Sie im Wartezimmer und wie war das?",
        "War die Stunde lang?",
        "Toll, was geschah im Wartezimmer?",
        "Ich kenne das, was geschah?",
        "Was geschah im Krankenwagen?",
        "Auf Wiedersehen, was geschah?",
        "What happened in the Wartezimmer?",
    ),
    "fr": (
        "Comment s'est passée votre dernière visite chez le médecin ?",
        "J'ai attendu une heure dans la salle et la secrétaire m'a enfin appelé.",
        "Que s'est-il passé dans la salle ?",
        "Comment était cette heure dans la salle pour vous ?",
        "Pouvez-vous décrire ce que la secrétaire a dit ?",
        "Qu'avez-vous fait dans la salle et comment était-ce ?",
        "Avez-vous attendu dans la salle ?",
        "Magnifique, que s'est-il passé dans la salle ?",
        "Je connais cela, que s'est-il passé ?",
        "Que s'est-il passé dans l'ambulance ?",
        "Au revoir, que s'est-il passé ?",
        "What happened in the salle?",
    ),
    "es": (
        "¿Cómo fue su última visita al médico?",
        "Esperé una hora en la sala y la secretaria por fin me llamó.",
        "¿Qué pasó en la sala?",
        "¿Cómo fue esa hora en la sala para usted?",
        "¿Puede describir lo que dijo la secretaria?",
        "¿Qué hizo en la sala y cómo fue?",
        "¿Esperó mucho en la sala?",
        "Maravilloso, ¿qué pasó en la sala?",
        "Yo creo que fue largo, ¿qué pasó?",
        "¿Qué pasó en la ambulancia?",
        "Adiós, ¿qué pasó?",
        "What happened in the sala?",
    ),
}


@pytest.mark.parametrize("language", TALKS)
def test_good_words_are_said_and_others_refused_by_their_rule(language: str) -> None:
    scripted, answer, *proposed = TALKS[language]
    interview = Interview(Guide("S", (Question("q1", scripted),), language=language))
    interview.answer(answer)
    task = task_of(interview.guide, interview.turns[:-1], interview.move)
    assert task is not None
    for question, rule in zip(proposed, RULES, strict=True):
        said = {"act": task.act, "target": task.target, "question": question}
        assert (question, judge(task, json.dumps(said), "mark").refused) == (question, rule)
