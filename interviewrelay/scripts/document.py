"""Script document: its schema and defaults."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from interviewrelay.core.field_types import AsWhole, Seen


def _one_line(value: str) -> str:
    """Join lines: names stand in headings, lists and email subjects."""
    return " ".join(value.splitlines()) if len(value.splitlines()) > 1 else value


Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Seen]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000), Seen]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    Seen,
    AfterValidator(_one_line),
]
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9_.-]{1,60}$"),
    Field(
        json_schema_extra={"expected": "name of 1 to 60 letters, digits, dots, dashes and _"}
    ),
]
Lines = Annotated[
    list[Line],
    Field(max_length=50),
    AfterValidator(lambda lines: [line for line in lines if line]),
]
Language = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
    Field(json_schema_extra={"expected": "language tag, such as en or pt-BR"}),
]


class Part(BaseModel):
    """Base of all parts: unknown fields are ignored, wrong types are refused."""

    model_config = ConfigDict(
        extra="ignore", strict=True, json_schema_serialization_defaults_required=True
    )


class NeedIn(Part):
    """Learning goal of a question."""

    id: Label | None = None
    label: Line = Field(min_length=1)
    ask: Line = Field(
        default="", description="Follow-up question if an answer does not mention it."
    )
    cues: Lines = Field(default=[], description="Words that show that an answer meets it.")
    weight: float = Field(default=1.0, ge=0, le=100)


class ConditionIn(Part):
    question: Label = Field(description="The id of an earlier question.")
    op: Literal["equals", "contains", "answered", "lt", "gt"]
    value: Annotated[
        Line, BeforeValidator(lambda v: str(v) if type(v) in (int, float) else v)
    ] = ""


class ExpectedIn(Part):
    min_words: Annotated[int, Field(ge=0, le=1_000), AsWhole] = 0
    wants: list[Literal["example", "reason", "time", "feeling", "number", "person"]] = []


class QuestionIn(Part):
    id: Label | None = Field(default=None, description="Assigned if omitted: q1, q2 …")
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000), Seen
    ] = Field(description="The question to ask.")
    kind: Literal["open", "closed", "scale", "fact"] = "open"
    options: Lines = Field(default=[], description="Answers to choose from.")
    importance: Literal["must", "should", "could"] = "should"
    depth: Literal["none", "light", "standard", "deep"] = Field(
        default="standard", description="Follow-ups: none 0, light 1, standard 2, deep 4."
    )
    sensitivity: Annotated[int, Field(ge=0, le=2), AsWhole] = 0
    expected: ExpectedIn = ExpectedIn()
    needs: list[NeedIn] = Field(default=[], max_length=20, description="Learning goals.")
    probes: Lines = Field(default=[], description="Your own follow-up questions.")
    rephrase: Lines = Field(default=[], description="Other wordings.")
    explain: Text = Field(
        default="", description="Explanation for participants who ask what the question means."
    )
    avoid: Lines = Field(default=[], description="Topics that the interviewer avoids.")
    ask_if: ConditionIn | None = None
    skip_if: ConditionIn | None = None
    seconds: Annotated[int, Field(ge=1, le=7_200), AsWhole] | None = Field(
        default=None, description="Planned time for the question."
    )


class ClosingIn(Part):
    anything_to_add: bool = True
    check_back: bool = True
    thank_text: Text = ""


class ScriptDocument(Part):
    """Script. Only `name` and one question with `text` are required."""

    name: Name
    language: Language = "en"
    target_minutes: Annotated[int, Field(ge=1, le=180), AsWhole] = 20
    tone: Literal["neutral", "warm"] = "neutral"
    purpose: Line = Field(
        default="", description="What the study is about, in one line. Participants see it."
    )
    consent_text: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=10_000)
    ] = Field(default="", description="If omitted, a standard text is used.")
    contact: Line = Field(
        default="", description="Who participants can contact with questions."
    )
    resources: dict[str, Line] = Field(
        default={}, max_length=50, description="Where to find help, by name of the contact."
    )
    reporting: dict[str, Line] = Field(
        default={},
        max_length=50,
        description="Where to report a concern (a danger, a mistake, a breach), by name.",
    )
    questions: list[QuestionIn] = Field(min_length=1, max_length=100)
    closing: ClosingIn = ClosingIn()

    @model_validator(mode="after")
    def name_the_nameless(self) -> Self:
        """Assign ids: questions and needs without one get the first free one (q1, q2 …, n1, n2 …)."""
        _number(list(self.questions), "q")
        _number([n for q in self.questions for n in q.needs], "n")
        return self

    def document(self) -> dict[str, Any]:
        """Stored form, as read by `interviewer.guide.build_guide`."""
        return self.model_dump(mode="json")


def _number(parts: list[Any], letter: str) -> None:
    taken = {part.id for part in parts}
    number = 0
    for part in parts:
        while part.id is None:
            number += 1
            if f"{letter}{number}" not in taken:
                part.id = f"{letter}{number}"
