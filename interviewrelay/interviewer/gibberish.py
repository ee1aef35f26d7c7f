"""What is typed without meaning anything: a stray letter, a run of keys, bla bla."""

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import words

_NO_MEANING = Late(
    r"(?:bla+h?[ ,]*)+|lorem ipsum.*|[hjqwxz]|asd|sdf|jkl|([a-z])\1{2,}|[bcdfghjklmnpqrstvwxz]{6,}"
)
_NO_WORD = Late(r"bla+h?|lorem|ipsum|([a-z])\1{2,}|[bcdfghjklmnpqrstvwxz]{5,}|x{2,}")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
_BACKWARDS = ("lkjhgfdsa", "mnbvcxz")
_MIDDLE_ROW = Late(r"(?<![asdfghjkl])(?=[asdfghjkl]*[sdfghjkl]{4})[asdfghjkl]{5,}")
"""Four consonants of the middle row together stand in no word that is made of this row alone."""
ENOUGH = 300
"""Characters that tell what the rest is."""
_AGAIN = Late(r"(?P<run>\w{3,})(?P=run)+")
"""A run of keys, typed more than once: "qweqwe"."""


def meaningless(line: str) -> bool:
    """A stray letter, or fingers on the keyboard: words in form only."""
    bare = line.strip(" .,;:-")
    if _NO_MEANING.fullmatch(bare):
        return True
    parts = words(bare[:ENOUGH])
    return all(_gibberish(word) or len(word) < 3 or word.isdigit() for word in parts) and any(
        map(_gibberish, parts)
    )


def _gibberish(word: str) -> bool:
    """Whether a word is a run of keys, or of one letter, or has no vowel that would make it one."""
    again = _AGAIN.fullmatch(word)
    keys = again["run"] if again else word
    run = len(keys) > 2 and any(keys in row for row in (*_KEYS, *_BACKWARDS))
    return run or any(form.fullmatch(word) for form in (_NO_WORD, _MIDDLE_ROW))
