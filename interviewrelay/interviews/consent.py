"""What a participant is asked to agree to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.text.tokenization import base_language


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
    """Our text in one language, with the sentences that it has or has not."""

    text: str
    structured: str
    adaptive: str
    purpose: str
    contact: str


def words(
    guide: Guide, organization: str, minutes: int, *, adaptive: bool = False
) -> ConsentText:
    """The author's text, in the script's language; ours when there is none, in the participant's or
    else in English. Ours says whether a language model listens (`adaptive`).
    """
    if guide.consent_text:
        text, language = guide.consent_text, guide.language
    else:
        base = base_language(guide.language)
        spoken = base if base in _STANDARD else "en"
        language = guide.language if base == spoken else spoken
        ours = _STANDARD[spoken]
        kind = ours.adaptive if adaptive else ours.structured
        text = _standard(guide, organization, minutes, ours, kind)
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return ConsentText(version, text, language)


def _standard(guide: Guide, organization: str, minutes: int, ours: _Standard, kind: str) -> str:
    # One pass only: what authors and organizations call themselves is never read as a form.
    return ours.text.format(
        organization=organization,
        minutes=minutes,
        kind=kind,
        purpose=ours.purpose.format(purpose=guide.purpose) if guide.purpose else "",
        contact=ours.contact.format(contact=guide.contact) if guide.contact else "",
    )


_STANDARD: Mapping[str, _Standard] = {
    "en": _Standard(
        "{organization} asks you to take part in an interview.{purpose}\n\n"
        "An automated interviewer, not a person, will ask you questions in writing. {kind} It takes "
        "about {minutes} minutes. Your answers are stored as you give them, and the people of "
        "{organization} who run this study will read them. The mood of each answer is estimated "
        "from its words alone.\n\n"
        "Taking part is voluntary. You can skip any question, pause and come back by the same link, "
        "stop at any time, or have everything that you said deleted.{contact}",
        "This is a structured interview: it asks prepared questions and follow-ups.",
        "This is an adaptive interview: a language model reads your answers and "
        "proposes what is asked next.",
        " It is about this: {purpose}",
        " Questions: {contact}.",
    ),
    "nl": _Standard(
        "{organization} vraagt u mee te doen aan een interview.{purpose}\n\n"
        "Een automatische interviewer, geen mens, stelt u schriftelijk vragen. {kind} Het duurt "
        "ongeveer {minutes} minuten. Uw antwoorden worden bewaard zoals u ze geeft, en de mensen van "
        "{organization} die dit onderzoek doen, lezen ze. De stemming van elk antwoord wordt "
        "geschat, alleen uit de woorden ervan.\n\n"
        "Meedoen is vrijwillig. U kunt elke vraag overslaan, pauzeren en met dezelfde link "
        "terugkomen, op elk moment stoppen, of alles wat u zei laten wissen.{contact}",
        "Dit is een gestructureerd interview: het stelt vragen en vervolgvragen die "
        "van tevoren zijn opgesteld.",
        "Dit is een adaptief interview: een taalmodel leest uw antwoorden en stelt "
        "voor wat er daarna wordt gevraagd.",
        " Het gaat hierover: {purpose}",
        " Vragen: {contact}.",
    ),
    "de": _Standard(
        "{organization} bittet Sie um Ihre Teilnahme an einem Interview.{purpose}\n\n"
        "Ein automatischer Interviewer, kein Mensch, stellt Ihnen schriftlich Fragen. {kind} Es dauert "
        "etwa {minutes} Minuten. Ihre Antworten werden so gespeichert, wie Sie sie geben, und die "
        "Menschen bei {organization}, die diese Studie durchführen, lesen sie. Die Stimmung jeder "
        "Antwort wird allein aus ihren Worten geschätzt.\n\n"
        "Die Teilnahme ist freiwillig. Sie können jede Frage überspringen, eine Pause machen und "
        "mit demselben Link zurückkommen, jederzeit aufhören oder alles löschen lassen, was Sie "
        "gesagt haben.{contact}",
        "Dies ist ein strukturiertes Interview: Es stellt vorbereitete Fragen und Nachfragen.",
        "Dies ist ein adaptives Interview: Ein Sprachmodell liest Ihre Antworten und "
        "schlägt vor, was als Nächstes gefragt wird.",
        " Darum geht es: {purpose}",
        " Fragen: {contact}.",
    ),
    "fr": _Standard(
        "{organization} vous invite à participer à un entretien.{purpose}\n\n"
        "Un intervieweur automatique, et non une personne, vous pose des questions par écrit. {kind} "
        "Cela prend environ {minutes} minutes. Vos réponses sont enregistrées telles que vous les "
        "donnez, et les personnes de {organization} qui mènent cette étude les liront. Le ton de "
        "chaque réponse (positif ou négatif) est estimé à partir de ses seuls mots.\n\n"
        "La participation est volontaire. Vous pouvez passer une question, faire une pause et "
        "revenir par le même lien, arrêter à tout moment, ou faire effacer tout ce que vous avez "
        "dit.{contact}",
        "Il s'agit d'un entretien structuré : les questions et les relances sont "
        "préparées à l'avance.",
        "Il s'agit d'un entretien adaptatif : un modèle de langage lit vos réponses et "
        "propose la question suivante.",
        " En voici le sujet : {purpose}",
        " Questions : {contact}.",
    ),
    "es": _Standard(
        "{organization} le invita a participar en una entrevista.{purpose}\n\n"
        "Un entrevistador automático, no una persona, le hará preguntas por escrito. {kind} Dura unos "
        "{minutes} minutos. Sus respuestas se guardan tal como las da, y las personas de "
        "{organization} que llevan este estudio las leerán. El ánimo de cada respuesta se estima "
        "solo a partir de sus palabras.\n\n"
        "La participación es voluntaria. Puede saltar cualquier pregunta, hacer una pausa y volver "
        "con el mismo enlace, parar en cualquier momento o hacer que se borre todo lo que ha "
        "dicho.{contact}",
        "Es una entrevista estructurada: las preguntas, también las de seguimiento, están "
        "preparadas de antemano.",
        "Es una entrevista adaptativa: un modelo de lenguaje lee sus respuestas y "
        "propone qué se pregunta después.",
        " Trata de esto: {purpose}",
        " Preguntas: {contact}.",
    ),
    # \u2068 and \u2069 keep what is not Arabic in one piece, in its own direction.
    "ar": _Standard(
        "تدعوك جهة \u2068{organization}\u2069 إلى المشاركة في مقابلة.{purpose}\n\n"
        "تطرح عليك الأسئلةَ كتابةً أداةُ مقابلة آلية، وليست شخصًا. {kind} المدة التقريبية بالدقائق: "
        "{minutes}. تُحفظ إجاباتك كما تكتبها، ويقرؤها القائمون على هذه الدراسة في "
        "\u2068{organization}\u2069. ويُقدَّر مزاج كل إجابة من كلماتها وحدها.\n\n"
        "المشاركة طوعية. يمكنك تخطّي أي سؤال، أو التوقف مؤقتًا والعودة بالرابط نفسه، أو الإنهاء "
        "في أي وقت، أو طلب حذف كل ما قلته.{contact}",
        "هذه مقابلة منظَّمة: أسئلتها وأسئلة المتابعة فيها معدّة مسبقًا.",
        "هذه مقابلة تكيُّفية: يقرأ نموذج لغوي إجاباتك ويقترح السؤال التالي.",
        " موضوعها: \u2068{purpose}\u2069",
        " للأسئلة: \u2068{contact}\u2069.",
    ),
}
