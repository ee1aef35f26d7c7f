"""API representations of an interview in progress, and of the interviewer's decisions."""

from typing import Any, Final, Literal

from interviewrelay.core.conversation import Speaker
from interviewrelay.core.representation import (
    EXAMPLE_HOST,
    EXAMPLE_IDS,
    OTHER_ID,
    Count,
    Id,
    Representation,
    Shape,
    field,
)
from interviewrelay.interviewer.guide import Autonomy
from interviewrelay.interviews.state import InterviewState

Under = Literal["in_progress", "paused", "completed", "abandoned", "failed"]
_ASKED: Final = "How has the first month been?"
CODE: Final = "7KQ4N-XW2HD"
"""Resume code in examples."""
IN_WRITING: Final[Shape] = {"offered": False, "recognizes": False, "speaks": False}
"""Voice of an interview in writing, on a server without speech; responses state the real one."""
DECISION: Final[Shape] = {
    "act": "ask",
    "question_id": "q1",
    "target": None,
    "reason": "The first question of the script.",
    "source": "author",
    "details": {},
}


class ProposedMove(Representation):
    """A move that a language model proposed, and the participant's words it is based on
    (`evidence`). If a rule applied, `refused`, `dropped` or `unworded` names it: the move was
    refused, its acknowledgement was left out, or the question kept the wording of the script.
    """

    act: str
    target: str = ""
    evidence: str = ""
    acknowledgement: str = ""
    question: str = ""
    refused: str = ""
    because: str = ""
    dropped: str = ""
    unworded: str = ""


class NotedWords(Representation):
    """Words of the participant, and why the model flagged them."""

    quote: str
    why: str


class ModelCall(Representation):
    """A language model's reply to the answer before this turn, and how it was used. The reply is
    omitted if there was none, or after the participant deleted that answer.
    """

    name: str = field(None, "Name of the model.")
    used: bool = field(None, "Whether one of its moves was used.")
    reason: str = field(
        None,
        "Why it was or wasn't used, such as `refused: leading: it suggests the answer` or `timeout`.",
    )
    ms: Count = field(None, "Milliseconds that the participant waited for the reply.")
    tokens: Count
    calls: Count
    rest: str | None = field(
        None, "ID of the pause in calls to an endpoint that failed too often."
    )
    prompt: str = field(None, "Version and hash of the prompt.", default="")
    autonomy: Autonomy | None = field(
        None, "The campaign's `autonomy` setting at that time.", default=None
    )
    reply: str = field(None, "Its last reply, unchanged.", default="")
    heard: str = field(None, "What the study can learn from the answer.", default="")
    moves: list[ProposedMove] = field(
        None, "Proposed moves, in order of preference.", default=[]
    )
    threads: list[NotedWords] = field(default=[])
    wants: list[str] = field(default=[])
    care: str = "none"
    contradiction: list[str] = field(default=[])
    incident: NotedWords | None = None


class Decision(Representation):
    """Why the interviewer said this."""

    act: str
    question_id: str | None
    target: str | None
    reason: str
    source: str = field(None, "Source of the wording: `author`, `template` or `model`.")
    details: dict[str, Any]
    model: ModelCall | None = field(None, "Omitted if no model was called.", default=None)


class Progress(Representation):
    asked: Count = field(example=1)
    total: Count = field(example=5)
    minutes_left: Count = field(example=18)


class Study(Representation):
    title: str = field("guide.name", example="Onboarding study")
    purpose: str = field("guide.purpose", example="We want to learn how the first month goes.")
    target_minutes: Count = field("guide.target_minutes", example=20)
    mode: Literal["text", "voice", "both"]
    language: str = field("guide.language", example="en")


class ConsentText(Representation):
    version: str = field(example="3f1c0a9be2d4")
    text: str = field(example="I agree that my answers are kept.")


class Opened(Representation):
    status: Literal["pending", "in_progress", "paused", "completed", "abandoned", "failed"]
    campaign: Study = field(lambda visit: visit)
    consent: ConsentText
    organization: str = field(example="Alder Research")


class StateTurn(Representation):
    number: Count = field(example=1)
    speaker: Speaker = field(example="ai")
    text: str = field(example=_ASKED)
    skipped: bool


class Voice(Representation):
    """Voice offer of this server in this interview."""

    offered: bool = field(None, "Whether answers may be spoken.")
    recognizes: bool = field(
        None, "Whether this server recognizes speech in the interview’s language."
    )
    speaks: bool = field(None, "Whether this server can read the questions aloud.")


class State(Representation):
    session_id: Id = field("interview.id")
    status: Under = field(
        lambda value: "paused" if value.interview.paused_at else value.interview.status
    )
    turns: list[StateTurn]
    next_number: int | None = field(
        None, "Number of the next answer; null if none is expected.", example=2
    )
    progress: Progress
    closing: str | None = field("interview.closing_text")
    voice: Voice = field(lambda _: {**IN_WRITING}, example={**IN_WRITING})


def _waiting(value: InterviewState) -> Any:
    last = value.turns[-1]
    return last if last.speaker == "ai" and value.next_number else None


class Question(Representation):
    number: Count = field(example=3)
    speaker: Literal["ai"]
    text: str = field(example="What went well?")
    question_id: str | None = field(example="q1")


class Started(State):
    turn: Question | None = field(_waiting, example=Question.example(number=1, text=_ASKED))


class Saved(Representation):
    number: Count = field(example=2)
    text: str = field(example="It went well.")
    skipped: bool


class Reply(Representation):
    session_id: Id = field("snapshot.id")
    saved: Saved
    turn: Question | None = field(example=Question.example())
    status: Under = field("snapshot.status")
    progress: Progress
    next_number: int | None = field(example=4)
    closing: str | None = field(
        lambda value: value.snapshot.closing if value.turn is None else None
    )
    voice: Voice = field(lambda _: {**IN_WRITING}, example={**IN_WRITING})


class SpokenWords(Representation):
    """Recognised speech. `doubtful` are the ranges [from, to] of its characters whose words were
    recognised with a confidence below 0.5.
    """

    number: Count = field(example=2)
    recording_id: Id = field(example=OTHER_ID)
    text: str | None = field(
        None,
        "Null while the recognizer is unavailable; empty if nothing was said.",
        example="It went well.",
    )
    confidence: float | None = field(None, "0 to 1.", example=0.93, ge=0, le=1)
    doubtful: list[list[int]] = field(example=[])
    status: Literal["transcribed", "waiting"] = field(
        "recording.status", "`waiting`: it will be transcribed later."
    )


class SpokenSaved(Saved):
    text: str = field(
        "reply.saved.text",
        "Empty while the recognizer is unavailable.",
        example="It went well.",
    )
    skipped: bool = field("reply.saved.skipped")
    recording_id: Id = field(example=OTHER_ID)
    confidence: float | None = field(None, "0 to 1.", example=0.93, ge=0, le=1)
    doubtful: list[list[int]] = field(example=[])
    status: Literal["transcribed", "waiting"] = field("recording.status")


class SpokenReply(Reply):
    saved: SpokenSaved


class StoredPieces(Representation):
    recording_id: Id = field("id", example=OTHER_ID)
    number: Count = field(example=2)
    pieces: Count = field(None, "Number of pieces stored so far.", example=1)
    size: Count = field(None, "Their size in bytes.", example=4_211)


class PauseVerdict(Representation):
    heard: bool = field(None, "Whether anybody has spoken.", example=True)
    text: str = field(None, "What was recognized so far.", example="It went well.")
    confidence: float | None = field(example=0.93, ge=0, le=1)
    complete: bool = field(None, "Whether the answer seems complete.", example=True)
    wait: float = field(
        None,
        "Seconds of silence, from its beginning, after which the page may end the answer by itself; "
        "0: never.",
        example=1.2,
        ge=0,
    )


class Skipped(State):
    saved: Saved
    turn: Question | None


class Withdrawn(Representation):
    session_id: Id | None = field(example=EXAMPLE_IDS["session_id"])
    status: Literal["withdrawn"]
    turns: list[Any] = field(max_length=0)
    next_number: None
    progress: None
    closing: None


class ReviewedAnswer(Representation):
    number: Count = field(example=2)
    question: str = field(lambda _: "", example="How did your last visit go?")
    text: str = field(example="It went well.")
    skipped: bool
    original: str | None
    struck: bool
    quotable: bool
    open: bool = field(
        lambda turn: turn.reading is not None,
        "False while the next question is being prepared. Only open answers can be changed.",
        example=True,
    )  # fmt: skip


class Reviewed(Representation):
    session_id: Id
    answers: list[ReviewedAnswer]


class Entered(Representation):
    url: str = field(
        None, "The participant's link.", example=f"{EXAMPLE_HOST}/interview/inv_abc123"
    )


class ForAnotherDevice(Representation):
    code: str = field(None, "Two groups of five letters and digits.", example=CODE)
    url: str = field(
        None, "The page to enter the code on.", example=f"{EXAMPLE_HOST}/interview"
    )


def answers(value: InterviewState) -> Shape:
    """Answers for the review, each with its question. `open` ones can be changed now."""
    asked = {turn.number: turn.text for turn in value.turns if turn.speaker == "ai"}
    given = [turn for turn in value.turns if turn.speaker == "participant"]
    shown = [{**ReviewedAnswer.read(t), "question": asked[t.number - 1]} for t in given]
    return {"session_id": value.interview.id, "answers": shown}
