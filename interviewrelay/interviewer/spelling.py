"""What is typed in haste, as it is usually written: "im" for "i'm", "moechte", "aqui", "jai".

The tables of how people say stop, skip and the like are written as one writes with care. Only what
nearly always stands for one thing is read as that, and only where that language is spoken; what people
tell is kept as it is. What is decisive in any language, at one letter's distance, is for `misspelt`.
"""

from collections.abc import Mapping

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import base_language

# ruff: noqa: E501 - a table is read best in one piece

_WORDS: Mapping[str, str] = {
    "en": "im=i'm ive=i've dont=don't cant=can't wont=won't isnt=isn't doesnt=doesn't didnt=didn't couldnt=couldn't wouldnt=wouldn't shouldnt=shouldn't arent=aren't wasnt=wasn't havent=haven't thats=that's whats=what's theres=there's youre=you're youve=you've weve=we've u=you ur=your r=are pls=please plz=please pleas=please thx=thanks thanx=thanks coz=because cos=because cuz=because cause=because stpo=stop sotp=stop interveiw=interview intervew=interview survery=survey qestions=questions quetions=questions questons=questions yh=yeah",
    "de": "hab=habe hör=höre hoer=höre hoere=höre steig=steige glaub=glaube versteh=verstehe sag=sage erzähl=erzähle moechte=möchte mocht=möchte fuer=für koennen=können koennte=könnte wuerde=würde aufhoeren=aufhören loeschen=löschen naechste=nächste nix=nichts is=ist nich=nicht net=nicht ned=nicht wars=war's reichts=reicht's gehts=geht's bidde=bitte",
    "nl": "beeindig=beëindig beeindigen=beëindigen mn=mijn t=het nie=niet nix=niks kheb=ik\u00a0heb kwil=ik\u00a0wil k=ik ff=even oke=oké alsjeblief=alsjeblieft zn=zijn",
    "fr": "jai=j'ai cest=c'est jen=j'en jpeux=je\u00a0peux jveux=je\u00a0veux jsais=je\u00a0sais chais=je\u00a0sais jdois=je\u00a0dois j'préfère=je\u00a0préfère prefere=préfère repondre=répondre arreter=arrêter arrete=arrête arretons=arrêtons arretez=arrêtez desole=désolé desolee=désolée ca=ça deja=déjà etes=êtes svp=s'il\u00a0vous\u00a0plaît stp=s'il\u00a0vous\u00a0plaît bah=bon ben=bon",
    "es": "aqui=aquí adios=adiós mas=más podria=podría podriamos=podríamos gustaria=gustaría querria=querría preferiria=preferiría autobus=autobús asi=así cuanto=cuánto cuantas=cuántas nose=no\u00a0sé xfa=por\u00a0favor porfa=por\u00a0favor porfavor=por\u00a0favor pq=porque q=que entrevsita=entrevista grax=gracias perdon=perdón dejame=déjame dejeme=déjeme",
}
_PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        r"(?:^|(?<=[,;] )|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\bok )|(?<=\bthink ))ill(?= (?:just |now |have to )?(?:be|do|go|leave|stop|finish|end|pass|skip|have|take|keep|not|call)\b)": "i'll",
        r"\bid(?= (?:like|rather|prefer|love|want)\b)": "i'd",
        r"(?:^|(?<=[,;] )|(?<=\bok )|(?<=\bso )|(?<=\bplease )|(?<=\bnow ))lets\b": "let's",
    },
    "de": {r"\bkein(?:e|en)? bock\b": "keine lust"},
    "fr": {r"(?<= )la(?=$|[,.!?])": "là"},
    "es": {r"\bya esta(?=$|[ ,.!?])": "ya está", r"\bno se(?=$|[,.!?])": "no sé"},
}


def _table(code: str) -> dict[str, str]:
    pairs = (pair.split("=", 1) for pair in _WORDS[code].split(" "))
    return {wrong: right.replace("\u00a0", " ") for wrong, right in pairs}


_TABLES = {code: _table(code) for code in _WORDS}
_MORE = {
    code: [(Late(wrong), right) for wrong, right in phrases.items()]
    for code, phrases in _PHRASES.items()
}
_IN_PHRASES = frozenset({"ill", "id", "lets", "bock", "la", "esta", "se"})
"""One of these is in whatever a phrase mends."""

_WORD = Late(r"(?<![\w'-])\w+(?:'\w+)?(?![\w'-])")


def mended(line: str, language: str) -> str:
    """A plain text with the words that are usually meant, in the script's language."""
    code = base_language(language)
    table = _TABLES.get(code)
    if table is None:
        return line
    said = frozenset(_WORD.findall(line))
    if not said.isdisjoint(table):
        line = _WORD.sub(lambda found: table.get(found[0], found[0]), line)
    if not said.isdisjoint(_IN_PHRASES):
        for wrong, right in _MORE.get(code, ()):
            line = wrong.sub(right, line)
    return line
