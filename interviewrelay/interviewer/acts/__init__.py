"""Dialogue acts: their names, and the detection of what a participant does beside answering (asks,
stops, corrects). What an answer means is in `understanding`.
"""

# Acts of the participant, in order of priority.
SAFETY = "safety"
STOP = "stop"
WITHDRAW = "withdraw"
UPSET = "upset"
UNEASY = "uneasy"
NOT_NOW = "not_now"
LEAVE_OUT = "leave_out"
PAUSE = "pause"
INJECTION = "injection"
LANGUAGE = "language"
SHORTEN = "shorten"
REFUSAL = "refusal"
SKIP = "skip"
REPEAT = "repeat"
CLARIFY = "clarify"
META = "meta"
COMPLAINT = "complaint"
MISFIT = "misfit"
WRONG_PERSON = "wrong_person"
DONT_KNOW = "dont_know"
ALREADY_TOLD = "already_told"
NOTHING_MORE = "nothing_more"
CORRECTION = "correction"
GREETING = "greeting"
ACK = "ack"
YES = "yes"
NO = "no"
ANSWER = "answer"
EMPTY = "empty"

PRIORITY = (
    SAFETY, STOP, WITHDRAW, UPSET, NOT_NOW, PAUSE, LEAVE_OUT,
    INJECTION, LANGUAGE, SHORTEN, REFUSAL, SKIP, UNEASY, REPEAT,
    CLARIFY, META, COMPLAINT, MISFIT, WRONG_PERSON, DONT_KNOW, ALREADY_TOLD,
    NOTHING_MORE, CORRECTION, GREETING, ACK, YES, NO, ANSWER,
    EMPTY,
)  # fmt: skip

UNKNOWN = "unknown"
WONDERED = "wondered"
"""Topics of questions outside the known topics: put to the interviewer, or possibly meant as an
answer.
"""

MAY_ASK = "may_ask"
"""Topic of asking for permission to ask: answered only if nothing else is asked."""

# Acts of the interviewer (`Decision.act`).
ASK = "ask"
PROBE = "probe"
ANOTHER_ANGLE = "dont_know"
CHECK_BACK = "check_back"
ANYTHING_TO_ADD = "anything_to_add"
SAY_AGAIN = "repeat"
REPHRASE = "rephrase"
OFFER_SKIP = "clarify"
ANSWER_META = "meta"
RETURN = "return"
CONFIRM_STOP = "confirm_stop"
CARRY_ON = "carry_on"
GO_ON = "go_on"
PAUSED = "pause"
ASIDE = "aside"
CARE = "care"
COMFORT = "comfort"
REDIRECT = "redirect"
END = "end"

POSING = frozenset({ASK, PROBE, ANOTHER_ANGLE, CHECK_BACK, ANYTHING_TO_ADD})
"""Acts that ask a new question; all others but `RETURN` leave the pending question as it is."""

CLOSING = frozenset({CHECK_BACK, ANYTHING_TO_ADD})
"""Closing acts, which belong to no question of the script."""
