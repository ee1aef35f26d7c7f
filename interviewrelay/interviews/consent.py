"""Consent text: what a participant agrees to before an interview."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.text.tokenization import get_base_language


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A consent text. `version` identifies this exact text, so that a record shows which words were
    agreed to; `language` is the language of the text.
    """

    version: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class _Standard:
    """The built-in text in one language, with its optional sentences."""

    text: str
    structured: str
    adaptive: str
    purpose: str
    contact: str


def build_consent_text(
    guide: Guide, organization: str, minutes: int, *, adaptive: bool = False
) -> ConsentText:
    """The author's consent text, in the script's language. Without one, the built-in text in that
    language, or in English; it says whether a language model is used (`adaptive`).
    """
    if guide.consent_text:
        text, language = guide.consent_text, guide.language
    else:
        base = get_base_language(guide.language)
        spoken = base if base in _STANDARD else "en"
        language = guide.language if base == spoken else spoken
        ours = _STANDARD[spoken]
        kind = ours.adaptive if adaptive else ours.structured
        text = _standard(guide, organization, minutes, ours, kind)
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return ConsentText(version, text, language)


def _standard(guide: Guide, organization: str, minutes: int, ours: _Standard, kind: str) -> str:
    # One pass only: a name or a purpose that holds braces is never read as a template.
    return ours.text.format(
        organization=organization,
        minutes=minutes,
        kind=kind,
        purpose=ours.purpose.format(purpose=guide.purpose) if guide.purpose else "",
        contact=ours.contact.format(contact=guide.contact) if guide.contact else "",
    )


_STANDARD: Mapping[str, _Standard] = {
    "en": _Standard(
        "{organization} invites you to take part in an interview.{purpose}\n\n"
        "An automated interviewer, not a person, will ask you questions in writing. {kind} It takes "
        "about {minutes} minutes. Your answers are saved as you give them, and the people at "
        "{organization} who run this study will read them. The sentiment of each answer (positive or "
        "negative) is estimated from its words alone.\n\n"
        "Taking part is voluntary. You can skip any question, pause and come back with the same "
        "link, stop at any time, or have everything you said deleted.{contact}",
        "This is a structured interview: the questions and follow-ups are prepared in advance.",
        "This is an adaptive interview: a language model reads your answers and "
        "suggests what to ask next.",
        " What it is about: {purpose}",
        " Questions: {contact}.",
    ),
    "nl": _Standard(
        "{organization} nodigt u uit om mee te doen aan een interview.{purpose}\n\n"
        "Een automatische interviewer, geen mens, stelt u schriftelijk vragen. {kind} Het duurt "
        "ongeveer {minutes} minuten. Uw antwoorden worden bewaard zoals u ze geeft, en de mensen bij "
        "{organization} die dit onderzoek uitvoeren, lezen ze. Het sentiment van elk antwoord "
        "(positief of negatief) wordt alleen uit de woorden ervan afgeleid.\n\n"
        "Meedoen is vrijwillig. U kunt elke vraag overslaan, pauzeren en met dezelfde link "
        "terugkomen, op elk moment stoppen, of alles wat u hebt gezegd laten verwijderen.{contact}",
        "Dit is een gestructureerd interview: de vragen en vervolgvragen zijn van tevoren opgesteld.",
        "Dit is een adaptief interview: een taalmodel leest uw antwoorden en stelt "
        "voor wat er daarna wordt gevraagd.",
        " Waar het over gaat: {purpose}",
        " Vragen: {contact}.",
    ),
    "de": _Standard(
        "{organization} lädt Sie ein, an einem Interview teilzunehmen.{purpose}\n\n"
        "Ein automatischer Interviewer, kein Mensch, stellt Ihnen schriftlich Fragen. {kind} Das "
        "Interview dauert etwa {minutes} Minuten. Ihre Antworten werden so gespeichert, wie Sie sie "
        "geben, und von den Verantwortlichen dieser Studie bei {organization} gelesen. Die Stimmung "
        "jeder Antwort (positiv oder negativ) wird allein aus ihrem Wortlaut geschätzt.\n\n"
        "Die Teilnahme ist freiwillig. Sie können jede Frage überspringen, pausieren und über "
        "denselben Link zurückkommen, jederzeit aufhören oder alles löschen lassen, was Sie "
        "gesagt haben.{contact}",
        "Dies ist ein strukturiertes Interview: Die Fragen und Nachfragen sind vorbereitet.",
        "Dies ist ein adaptives Interview: Ein Sprachmodell liest Ihre Antworten und "
        "schlägt die nächste Frage vor.",
        " Darum geht es: {purpose}",
        " Fragen: {contact}.",
    ),
    "fr": _Standard(
        "{organization} vous invite à participer à un entretien.{purpose}\n\n"
        "Un intervieweur automatique, et non une personne, vous posera des questions par écrit. "
        "{kind} L'entretien dure environ {minutes} minutes. Vos réponses sont enregistrées telles que "
        "vous les donnez, et les personnes chargées de cette étude chez {organization} les liront. "
        "La tonalité de chaque réponse (positive ou négative) est estimée à partir de ses seuls "
        "mots.\n\n"
        "La participation est volontaire. Vous pouvez passer n'importe quelle question, faire une "
        "pause et revenir avec le même lien, arrêter à tout moment, ou faire supprimer tout ce que "
        "vous avez dit.{contact}",
        "Il s'agit d'un entretien structuré : les questions et les relances sont "
        "préparées à l'avance.",
        "Il s'agit d'un entretien adaptatif : un modèle de langage lit vos réponses et "
        "propose la question suivante.",
        " En voici le sujet : {purpose}",
        " Questions : {contact}.",
    ),
    "es": _Standard(
        "{organization} le invita a participar en una entrevista.{purpose}\n\n"
        "Un entrevistador automático, no una persona, le hará preguntas por escrito. {kind} La "
        "entrevista dura unos {minutes} minutos. Sus respuestas se guardan tal como las da, y las "
        "leerán las personas de {organization} responsables de este estudio. El tono de cada "
        "respuesta (positivo o negativo) se estima solo a partir de sus palabras.\n\n"
        "La participación es voluntaria. Puede saltar cualquier pregunta, hacer una pausa y volver "
        "con el mismo enlace, parar en cualquier momento o pedir que se borre todo lo que ha "
        "dicho.{contact}",
        "Es una entrevista estructurada: las preguntas y las de seguimiento están "
        "preparadas de antemano.",
        "Es una entrevista adaptativa: un modelo de lenguaje lee sus respuestas y "
        "propone la siguiente pregunta.",
        " De qué trata: {purpose}",
        " Preguntas: {contact}.",
    ),
    # \u2068 and \u2069 isolate left-to-right parts in Arabic text.
    "ar": _Standard(
        "تدعوك جهة \u2068{organization}\u2069 إلى المشاركة في مقابلة.{purpose}\n\n"
        "تطرح عليك الأسئلةَ كتابةً أداةُ مقابلة آلية، وليست شخصًا. {kind} المدة التقريبية بالدقائق: "
        "{minutes}. تُحفظ إجاباتك كما تكتبها، ويقرؤها القائمون على هذه الدراسة في "
        "\u2068{organization}\u2069. وتُقدَّر نبرة كل إجابة (إيجابية أو سلبية) من كلماتها وحدها.\n\n"
        "المشاركة طوعية. يمكنك تخطّي أي سؤال، أو التوقف مؤقتًا والعودة بالرابط نفسه، أو الإنهاء "
        "في أي وقت، أو طلب حذف كل ما قلته.{contact}",
        "هذه مقابلة منظَّمة: أسئلتها وأسئلة المتابعة فيها معدّة مسبقًا.",
        "هذه مقابلة تكيُّفية: يقرأ نموذج لغوي إجاباتك ويقترح السؤال التالي.",
        " موضوعها: \u2068{purpose}\u2069",
        " للأسئلة: \u2068{contact}\u2069.",
    ),
}
