"""Fields that are not as they should be: each is named, with what was expected."""

from typing import Any

from tests.hostile.case import Case, refusals

UUID = "018f3f3e-0000-7000-8000-00000000abcd"
INVISIBLE = "\u200b\u200d\u2060\ufeff\u00ad \u3000"

NAMES: dict[str, Any] = {
    "missing": {}, "null": {"name": None}, "empty": {"name": ""}, "blanks": {"name": " \t\n "},
    "only invisible": {"name": INVISIBLE}, "only zero-width": {"name": "\u200b"}, "201 characters": {"name": "x" * 201},
    "201 emojis": {"name": "🙂" * 201}, "a number": {"name": 1}, "true": {"name": True},
    "a list": {"name": ["x"]}, "an object": {"name": {"$ne": ""}},
}  # fmt: skip

CASES = refusals(
    "POST /api/projects",
    "INVALID_PARAMETER",
    {f"project name: {name}": body for name, body in NAMES.items()},
    field="name",
)

SCRIPT: dict[str, Any] = {"name": "S", "questions": [{"text": "How was it?"}]}
CAMPAIGN: dict[str, Any] = {
    "name": "C",
    "script_id": "{script_id}",
    "project_id": "{project_id}",
}

for _what, _ask, _rest in (
    ("script", "POST /api/scripts", {"questions": SCRIPT["questions"]}),
    ("campaign", "POST /api/campaigns", {n: CAMPAIGN[n] for n in ("script_id", "project_id")}),
    ("changed script", "PATCH /api/scripts/{script_draft_id}", {}),
):
    CASES += refusals(
        _ask,
        "INVALID_PARAMETER",
        {
            f"{_what} name: {name}": {**_rest, **body}
            for name, body in NAMES.items()
            if body or _what != "changed script"
        },
        field="name",
    )


def campaign(**more: Any) -> dict[str, Any]:
    return {**CAMPAIGN, **more}


def bad_campaigns(field: str, **inputs: Any) -> list[Case]:
    return refusals(
        "POST /api/campaigns",
        "INVALID_PARAMETER",
        {f"{field}: {name}": campaign(**{field: value}) for name, value in inputs.items()},
        field=field,
    )


CASES += bad_campaigns(
    "invite_valid_hours", zero=0, negative=-1, large=1_000_000_000, above=8_761, true=True, text="168",
    short=0.5, null_list=[], object={}, float_large=1e300,
)  # fmt: skip
CASES += bad_campaigns(
    "script_id",
    none=None,
    number=1,
    word="abc",
    upper=UUID.upper(),
    urn=f"urn:uuid:{UUID}",
    blank=" ",
)
CASES += bad_campaigns(
    "project_id",
    none=None,
    number=1,
    word="abc",
    braces="{{" + UUID + "}}",
    injected="' OR 1=1 --",
)
CASES += bad_campaigns(
    "metadata",
    list=[],
    text="x",
    many={str(n): "x" for n in range(51)},
    unseen_name={"\u200b": "x"},
    long_name={"k" * 101: "x"},
)
CASES += bad_campaigns("max_sessions", zero=0, negative=-5, text="10", true=True)
CASES += bad_campaigns("max_completed", zero=0, negative=-1, text="5", half=1.5)
CASES += bad_campaigns("ends_at", word="never", number=1, feb="2024-02-30")
CASES += bad_campaigns("custom_message", none=None, list=[], long="x" * 5_001, number=5)
CASES += bad_campaigns("reminder_hours_before", zero=0, text="x", large=9_999_999)
CASES += bad_campaigns(
    "starts_at",
    word="tomorrow",
    number=1,
    feb="2024-02-30",
    year0="0000-01-01T00:00:00Z",
    late="9999-12-31T23:59:59-23:59",
)
CASES += bad_campaigns("settings", list=[], text="x")
CASES += [
    Case("settings.mode of our own making", "POST /api/campaigns", 400, "INVALID_PARAMETER", "settings.mode",
         json=campaign(settings={"mode": "video"})),
    Case("settings.language in words", "POST /api/campaigns", 400, "INVALID_PARAMETER", "settings.language",
         json=campaign(settings={"language": "../../etc"})),
    Case("settings.target_minutes 181", "POST /api/campaigns", 400, "INVALID_PARAMETER", "settings.target_minutes",
         json=campaign(settings={"target_minutes": 181})),
    Case("a script that is a draft", "POST /api/campaigns", 400, "SCRIPT_NOT_PUBLISHED", "script_id",
         json=campaign(script_id="{script_draft_id}")),
    Case("a script of others", "POST /api/campaigns", 400, "SCRIPT_NOT_PUBLISHED", "script_id",
         json=campaign(script_id="{B.script_id}")),
    Case("a project of others", "POST /api/campaigns", 400, "INVALID_PARAMETER", "project_id",
         json=campaign(project_id="{B.project_id}")),
    Case("a script that nobody has", "POST /api/campaigns", 400, "SCRIPT_NOT_PUBLISHED", "script_id",
         json=campaign(script_id=UUID)),
    Case("168.0 hours are 168", "POST /api/campaigns", 201, json=campaign(invite_valid_hours=168.0)),
    Case("1.5 hours are 1.5", "POST /api/campaigns", 201, json=campaign(invite_valid_hours=1.5), shows={"invite_valid_hours": 1.5}),
    Case("8760 hours", "POST /api/campaigns", 201, json=campaign(invite_valid_hours=8760)),
    Case("a name is trimmed", "POST /api/campaigns", 201, json=campaign(name="  C\t"), shows={"name": "C"}),
    Case("200 characters of a name", "POST /api/projects", 201, json={"name": "é" * 200}, shows={"name": "é" * 200}),
    Case("markup in a name stays what it is", "POST /api/projects", 201,
         json={"name": "<script>alert(1)</script>"}, shows={"name": "<script>alert(1)</script>"}),
    Case("a formula in a name stays what it is", "POST /api/projects", 201,
         json={"name": '=HYPERLINK("http://x")'}, shows={"name": '=HYPERLINK("http://x")'}),
    Case("a blank description is none", "POST /api/projects", 201, json={"name": "x", "description": " \n"},
         shows={"description": None}),
    Case("a description of 5,001", "POST /api/projects", 400, "INVALID_PARAMETER", "description",
         json={"name": "x", "description": "x" * 5_001}),
    Case("a description that is a list", "POST /api/projects", 400, "INVALID_PARAMETER", "description",
         json={"name": "x", "description": []}),
]  # fmt: skip

_QUESTIONS: dict[str, tuple[Any, str]] = {
    "none": (None, "questions"), "empty": ([], "questions"), "text": ("x", "questions"),
    "101": ([{"text": "How?"}] * 101, "questions"), "a text in the list": (["How?"], "questions.0"),
    "without text": ([{}], "questions.0.text"), "blank text": ([{"text": " "}], "questions.0.text"),
    "invisible text": ([{"text": INVISIBLE}], "questions.0.text"),
    "1,001 characters": ([{"text": "x" * 1_001}], "questions.0.text"),
    "an odd id": ([{"text": "How?", "id": "a b"}], "questions.0.id"),
    "an odd kind": ([{"text": "How?", "kind": "sql"}], "questions.0.kind"),
    "an odd sensitivity": ([{"text": "How?", "sensitivity": 3}], "questions.0.sensitivity"),
    "negative seconds": ([{"text": "How?", "seconds": -1}], "questions.0.seconds"),
    "an odd condition": ([{"text": "How?", "ask_if": {"question": "q1", "op": "eval"}}], "questions.0.ask_if.op"),
    "an invisible need": ([{"text": "How?", "needs": [{"label": "\u200b"}]}], "questions.0.needs.0.label"),
    "a weight without end": ([{"text": "How?", "needs": [{"label": "x", "weight": 1e300}]}], "questions.0.needs.0.weight"),
}  # fmt: skip
CASES += [
    Case(f"questions: {name}", "POST /api/scripts", 400, "INVALID_PARAMETER", field,
         json={"name": "S", "questions": questions})
    for name, (questions, field) in _QUESTIONS.items()
]  # fmt: skip
CASES += [
    Case(f"script {field}: {value!r:.20}", "POST /api/scripts", 400, "INVALID_PARAMETER", field, json={**SCRIPT, field: value})
    for field, value in (
        ("language", "english please"), ("target_minutes", 0), ("target_minutes", "20"), ("tone", "angry"),
        ("consent_text", "x" * 10_001), ("resources", []), ("purpose", 7), ("contact", "x" * 501), ("closing", "bye"),
    )
]  # fmt: skip

INVITE = "POST /api/campaigns/{campaign_id}/invites"
CASES += refusals(
    INVITE,
    "INVALID_PARAMETER",
    {
        "emails: missing": {}, "emails: null": {"emails": None}, "emails: none": {"emails": []},
        "emails: a text": {"emails": "a@x.example"}, "emails: an object": {"emails": {"0": "a@x.example"}},
        "emails: 1,001": {"emails": [f"p{n}@x.example" for n in range(1_001)]},
    },
    field="emails",
)  # fmt: skip
CASES += [
    Case("emails: a number", INVITE, 400, "INVALID_PARAMETER", "emails.0", json={"emails": [1]}),
    Case("participants: 1,001", INVITE, 400, "INVALID_PARAMETER", "participants",
         json={"participants": [{"email": f"p{n}@x.example"} for n in range(1_001)]}),
    Case("participants: texts", INVITE, 400, "INVALID_PARAMETER", "participants.0", json={"participants": ["a@x.example"]}),
    Case("participants: no address", INVITE, 400, "INVALID_PARAMETER", "participants.0.email", json={"participants": [{"name": "x"}]}),
    Case("send_email in words", INVITE, 400, "INVALID_PARAMETER", "send_email", json={"emails": ["a@x.example"], "send_email": "false"}),
    Case("send_email as a number", INVITE, 400, "INVALID_PARAMETER", "send_email", json={"emails": ["a@x.example"], "send_email": 0}),
    Case("send_email null", INVITE, 400, "INVALID_PARAMETER", "send_email", json={"emails": ["a@x.example"], "send_email": None}),
    Case("a message of 5,001", INVITE, 400, "INVALID_PARAMETER", "custom_message", json={"emails": ["a@x.example"], "custom_message": "x" * 5_001}),
    Case("a message that is a list", INVITE, 400, "INVALID_PARAMETER", "custom_message", json={"emails": ["a@x.example"], "custom_message": ["x"]}),
    Case("an archived campaign", "POST /api/campaigns/{campaign_archived_id}/invites", 409, "CAMPAIGN_NOT_ACTIVE", json={"emails": ["a@x.example"]}),
]  # fmt: skip

ADDRESSES = (
    "v@example.com\r\nBcc: x@evil.example", "v@example.com\nx", "A <a@x.example>", "a@x.example,b@x.example",
    "a@x.example;b@x.example", "a@[127.0.0.1]", "a@127.0.0.1", "a@localhost", "a@", "@x.example", "a", "a b@x.example",
    "a@x..example", ".a@x.example", "a.@x.example", "a..b@x.example", "a@-x.example", "a@x.example.", "a@@x.example",
    '"a b"@x.example', "a@x_y.example", "x" * 65 + "@x.example", "a@" + "x" * 64 + ".example", "a@" + "x." * 130 + "example",
    "a\u200b@x.example", "ａ@x.example", "mailto:a@x.example", "a@x.example?cc=b@x.example", "a@x.123",
)  # fmt: skip
CASES += [
    Case(f"address {address[:40]!r}", INVITE, 201, json={"emails": [address], "send_email": False},
         shows={"sent": 0, "failed": 1, "errors.0.reason": "INVALID_ADDRESS"})
    for address in ADDRESSES
]  # fmt: skip
