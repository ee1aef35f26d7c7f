"""Spoken text: an English text written out as it is said, for speech synthesis.

Plain numbers, years, ordinals, dollars, pounds and euros are left to the pronunciation dictionary.
"""

import re
import unicodedata
from typing import Final

_ABBREVIATIONS: Final = {
    "dr": "doctor",
    "prof": "professor",
    "vs": "versus",
    "approx": "approximately",
    "incl": "including",
    "dept": "department",
    "esp": "especially",
    "no": "number",
    "min": "minutes",
    "hrs": "hours",
    "mins": "minutes",
    "secs": "seconds",
}
_BEFORE_NUMBER: Final = frozenset({"no"})
_AFTER_NUMBER: Final = frozenset({"min", "mins", "hrs", "secs"})
_UNITS: Final = {
    "km/h": "kilometers an hour",
    "mph": "miles an hour",
    "°c": "degrees Celsius",
    "°f": "degrees Fahrenheit",
    "km": "kilometers",
    "cm": "centimeters",
    "mm": "millimeters",
    "kg": "kilograms",
    "mg": "milligrams",
    "ml": "milliliters",
    "gb": "gigabytes",
    "mb": "megabytes",
    "€": "euros",
    "£": "pounds",
    "°": "degrees",
    "h": "hours",
    "k": "thousand",
}
_SAID: Final = {
    r"\be\.\s?g\.,?": "for example,",
    r"\bi\.\s?e\.,?": "that is,",
    r"\betc\.(?=\s*$|\s+[A-Z])": "et cetera.",
    r"\betc\.": "et cetera",
    r"\ba\.\s?k\.\s?a\.": "also known as",
    r"\bw/o\b": "without",
    r"#(?=\d)": "number ",
    r"(?<=\d)\s*[×x]\s*(?=\d)": " by ",
    r"\s&\s": " and ",
    r"\s=\s": " equals ",
    r"\.{3,}|…": "… ",
}
_UNIT: Final = rf"(?<=\d)\s?((?i:{'|'.join(map(re.escape, _UNITS))}))(?!\w)"
_ADDRESS: Final = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_URL: Final = r"(?:https?://|www\.)[^\s<>\"”]+"
_HOST: Final = r"\b(?:[a-z][a-z0-9-]+\.)+(?:com|org|net|io|eu|uk|de|gov|edu)\b(?:/[^\s<>\"”]*)?"
_TIME: Final = r"\b(\d{1,2}):(\d{2})(?::\d{2})?(\s*[ap]\.?m\b\.?)?"
_MERIDIEM: Final = r"(?<=\d)\s*([ap])\.?m\b(\.?)"
_RANGE: Final = r"(?<![\d-])(\d[\d.,]*)\s*[–—-]\s*(\d[\d.,]*)(?![\d-])"
_UNSAYABLE: Final = r"[^\w\s.,;:!?'’\"“”()—–…%&+@$£€/-]|[_*`]"


def write_out(text: str) -> str:
    """The text as it is said, in letters, numbers and punctuation that the dictionary knows."""
    text = unicodedata.normalize("NFKC", text.replace("…", "...")).replace("’", "'")
    text = re.sub(f"{_ADDRESS}|{_URL}|{_HOST}", _say_address, text)
    text = re.sub(_TIME, _say_time, text)
    text = re.sub(_MERIDIEM, _say_meridiem, text)
    text = re.sub(_RANGE, r"\1 to \2", text)
    for pattern, said in _SAID.items():
        text = re.sub(pattern, said, text)
    text = re.sub(r"(\b\d+\s*)?\b([A-Za-z]+)\.(\s*\d)?", _say_abbreviation, text)
    text = re.sub(_UNIT, lambda found: f" {_UNITS[found[1].lower()]}", text)
    text = re.sub(_UNSAYABLE, " ", _drop_accents(text))
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    return " ".join(text.split())


def _say_address(found: "re.Match[str]") -> str:
    """Host of a URL or an email address; paths are not spoken."""
    text = found[0].rstrip(".,;:!?)")
    after = found[0][len(text) :]
    if "@" in text and "/" not in text:
        return text.replace("@", " at ").replace(".", " dot ").replace("-", " dash ") + after
    host = re.sub(r"^(https?://)?(www\.)?", "", text).partition("/")[0].partition(":")[0]
    return host.replace(".", " dot ").replace("-", " dash ") + after


def _say_time(found: "re.Match[str]") -> str:
    hour, minute, half = found[1].lstrip("0") or "0", found[2], found[3] or ""
    if minute == "00":
        return f"{hour}{half}" if half else f"{hour} o'clock"
    said = f"oh {minute[1]}" if minute.startswith("0") else minute
    return f"{hour} {said}{half}"


def _say_meridiem(found: "re.Match[str]") -> str:
    """A full stop is kept where a sentence ends with it."""
    rest = found.string[found.end() :].lstrip()
    ends = found[2] and (not rest or rest[0].isupper())
    return f" {found[1]}m{'.' if ends else ''}"


def _say_abbreviation(found: "re.Match[str]") -> str:
    before, word, after = found[1] or "", found[2].lower(), found[3] or ""
    said = _ABBREVIATIONS.get(word)
    wants_number = (word in _BEFORE_NUMBER and not after) or (
        word in _AFTER_NUMBER and not before
    )
    if said is None or wants_number:
        return found[0]
    rest = found.string[found.end() :]
    ends = word not in {"dr", "prof", "vs", "no"} and (
        not rest.strip() or rest.lstrip()[0].isupper()
    )
    return f"{before}{said}{'.' if ends and not after else ''}{after}"


def _drop_accents(text: str) -> str:
    """Plain Latin letters; letters of other scripts become spaces."""
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)
    )
    return "".join(one if one.isascii() or not one.isalnum() else " " for one in plain)
