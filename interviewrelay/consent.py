"""What a participant is asked to agree to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.words import base_language


@dataclass(frozen=True, slots=True)
class ConsentText:
    """`version` names this very text, so that a record of it says which words were agreed to;
    `language` is the one that the text is in.
    """

    version: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class _Standard:
    """Our text in one language, with the two sentences that need something of the author's."""

    text: str
    purpose: str
    contact: str


def words(guide: Guide, organization: str, minutes: int) -> ConsentText:
    """The author's text, in the script's language; ours when there is none, in the participant's or
    else in English.
    """
    if guide.consent_text:
        text, language = guide.consent_text, guide.language
    else:
        base = base_language(guide.language)
        spoken = base if base in _STANDARD else "en"
        language = guide.language if base == spoken else spoken
        text = _standard(guide, organization, minutes, _STANDARD[spoken])
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return ConsentText(version, text, language)


def _standard(guide: Guide, organization: str, minutes: int, ours: _Standard) -> str:
    # One pass only: what authors and organizations call themselves is never read as a form.
    return ours.text.format(
        organization=organization,
        minutes=minutes,
        purpose=ours.purpose.format(purpose=guide.purpose) if guide.purpose else "",
        contact=ours.contact.format(contact=guide.contact) if guide.contact else "",
    )


_STANDARD: Mapping[str, _Standard] = {
    "en": _Standard(
        "{organization} asks you to take part in an interview.{purpose}\n\n"
        "An automated interviewer, not a person, will ask you questions in writing. It takes about "
        "{minutes} minutes. Your answers are stored as you give them, and the people of "
        "{organization} who run this study will read them. The mood of each answer is estimated "
        "from its words alone.\n\n"
        "Taking part is voluntary. You can skip any question, pause and come back by the same link, "
        "stop at any time, or have everything that you said deleted.{contact}",
        " It is about this: {purpose}",
        " Questions: {contact}.",
    ),
    "nl": _Standard(
        "{organization} vraagt u mee te doen aan een interview.{purpose}\n\n"
        "Een automatische interviewer, geen mens, stelt u schriftelijk vragen. Het duurt ongeveer "
        "{minutes} minuten. Uw antwoorden worden bewaard zoals u ze geeft, en de mensen van "
        "{organization} die dit onderzoek doen, lezen ze. De stemming van elk antwoord wordt "
        "geschat, alleen uit de woorden ervan.\n\n"
        "Meedoen is vrijwillig. U kunt elke vraag overslaan, pauzeren en met dezelfde link "
        "terugkomen, op elk moment stoppen, of alles wat u zei laten wissen.{contact}",
        " Het gaat hierover: {purpose}",
        " Vragen: {contact}.",
    ),
    "de": _Standard(
        "{organization} bittet Sie um Ihre Teilnahme an einem Interview.{purpose}\n\n"
        "Ein automatischer Interviewer, kein Mensch, stellt Ihnen schriftlich Fragen. Es dauert etwa "
        "{minutes} Minuten. Ihre Antworten werden so gespeichert, wie Sie sie geben, und die "
        "Menschen bei {organization}, die diese Studie durchführen, lesen sie. Die Stimmung jeder "
        "Antwort wird allein aus ihren Worten geschätzt.\n\n"
        "Die Teilnahme ist freiwillig. Sie können jede Frage überspringen, eine Pause machen und "
        "mit demselben Link zurückkommen, jederzeit aufhören oder alles löschen lassen, was Sie "
        "gesagt haben.{contact}",
        " Darum geht es: {purpose}",
        " Fragen: {contact}.",
    ),
    "fr": _Standard(
        "{organization} vous invite à participer à un entretien.{purpose}\n\n"
        "Un intervieweur automatique, et non une personne, vous pose des questions par écrit. Cela "
        "prend environ {minutes} minutes. Vos réponses sont enregistrées telles que vous les "
        "donnez, et les personnes de {organization} qui mènent cette étude les liront. Le ton de "
        "chaque réponse (positif ou négatif) est estimé à partir de ses seuls mots.\n\n"
        "La participation est volontaire. Vous pouvez passer une question, faire une pause et "
        "revenir par le même lien, arrêter à tout moment, ou faire effacer tout ce que vous avez "
        "dit.{contact}",
        " En voici le sujet : {purpose}",
        " Questions : {contact}.",
    ),
    "es": _Standard(
        "{organization} le invita a participar en una entrevista.{purpose}\n\n"
        "Un entrevistador automático, no una persona, le hará preguntas por escrito. Dura unos "
        "{minutes} minutos. Sus respuestas se guardan tal como las da, y las personas de "
        "{organization} que llevan este estudio las leerán. El ánimo de cada respuesta se estima "
        "solo a partir de sus palabras.\n\n"
        "La participación es voluntaria. Puede saltar cualquier pregunta, hacer una pausa y volver "
        "con el mismo enlace, parar en cualquier momento o hacer que se borre todo lo que ha "
        "dicho.{contact}",
        " Trata de esto: {purpose}",
        " Preguntas: {contact}.",
    ),
    # \u2068 and \u2069 keep what is not Arabic in one piece, in its own direction.
    "ar": _Standard(
        "تدعوك جهة \u2068{organization}\u2069 إلى المشاركة في مقابلة.{purpose}\n\n"
        "تطرح عليك الأسئلةَ كتابةً أداةُ مقابلة آلية، وليست شخصًا. المدة التقريبية بالدقائق: "
        "{minutes}. تُحفظ إجاباتك كما تكتبها، ويقرؤها القائمون على هذه الدراسة في "
        "\u2068{organization}\u2069. ويُقدَّر مزاج كل إجابة من كلماتها وحدها.\n\n"
        "المشاركة طوعية. يمكنك تخطّي أي سؤال، أو التوقف مؤقتًا والعودة بالرابط نفسه، أو الإنهاء "
        "في أي وقت، أو طلب حذف كل ما قلته.{contact}",
        " موضوعها: \u2068{purpose}\u2069",
        " للأسئلة: \u2068{contact}\u2069.",
    ),
}
