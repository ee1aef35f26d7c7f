"""Every operation answers as the published reference shows it: each member of each sample, to the value.

The server plays the samples (`scene.play`), so their names, times and numbers come back as they are
written. What cannot be the same is named in `OURS`, with what it must be instead.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from tests.reference.reading import Operation, read
from tests.reference.scene import SAID, Scene

REFERENCE: Final = read()
UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
MILLIS: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
TOKEN: Final = r"inv_[A-Za-z0-9_-]{43}"
AUDIO_LATER: Final = "None"  # interviews in writing have no recording

# (operation, member) or member: what its value is, as a pattern of the whole text of it.
OURS: Final[dict[str, str]] = {
    "Create Campaign id": UUID,
    "Create Campaign script_id": UUID,
    "Create Campaign project_id": UUID,
    "List Campaigns campaigns[].id": UUID,
    "Get Campaign Details id": UUID,
    "Get Campaign Details script_id": UUID,
    "Get Campaign Details project_id": UUID,
    "Create Invite invites[].id": UUID,
    "Create Invite invites[].token": TOKEN,
    "Create Invite invites[].url": f"BASE/interview/{TOKEN}",
    "Get Invite Details id": UUID,
    "Get Invite Details token": TOKEN,
    "Get Invite Details campaign_id": UUID,
    "List Sessions sessions[].id": UUID,
    "List Sessions sessions[].campaign_id": UUID,
    "Get Session Details id": UUID,
    "Get Session Details campaign_id": UUID,
    "Get Session Details transcript_url": f"BASE/api/session/{UUID}/transcript",
    "Get Session Details audio_url": f"BASE/api/session/{UUID}/audio|{AUDIO_LATER}",
    "Get Transcript session_id": UUID,
    "Get Credit Balance monthly_credits_reset_at": r"\d{4}-\d\d-01T00:00:00\.000Z",
    "Get Credit Balance updated_at": MILLIS,
    "Admin Credit Summary summary.totalOrganizations": r"\d+",
    "Admin Credit Summary summary.totalStarterCredits": r"\d+",
    "Admin Credit Summary summary.totalMonthlyCredits": r"\d+",
    "Admin Credit Summary summary.totalTopupCredits": r"\d+",
    "Admin Credit Summary summary.totalCredits": r"\d+",
    "Admin Credit Summary summary.lowBalanceCount": r"\d+",
    "Admin Credit Summary summary.criticalBalanceCount": r"\d+",
    "Admin Credit Summary lowBalanceOrganizations[].organizationId": UUID,
    "Admin Credit Summary lowBalanceOrganizations[].organizationName": "Poor",
    "Admin Credit Summary lowBalanceOrganizations[].organizationSlug": "poor",
    "Admin Credit Summary lowBalanceOrganizations[].monthly": "0",
    "Admin Credit Summary lowBalanceOrganizations[].topup": "0",
    "Admin Credit Summary lowBalanceOrganizations[].total": "0",
    "Admin Credit Summary lowBalanceOrganizations[].monthlyCreditsAmount": "0",
    "Admin Credit Summary lowBalanceOrganizations[].monthlyCreditsResetAt": r"\d{4}-\d\d-01T00:00:00\.000Z",
    "Admin Credit Summary lowBalanceOrganizations[].updatedAt": MILLIS,
    "Admin Credit Summary recentTransactions[].id": UUID,
    "Admin Credit Summary recentTransactions[].organizationId": UUID,
    "Admin Credit Summary recentTransactions[].createdAt": MILLIS,
    "Admin Credit Summary alerts[].organizationId": UUID,
    "Admin Credit Summary alerts[].message": "Poor has only 0 credits remaining",
}  # fmt: skip


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every member of a sample that holds no other, by its place; of a list's items those of the first
    one that has it, since a list's items are alike.
    """
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, f"{place}[]")
    else:
        yield place, value


SAMPLES: Final = [o for o in REFERENCE.operations if o.sample is not None]
MEMBERS: Final = sorted({(o.title, place) for o in SAMPLES for place, _ in leaves(o.sample)})


def found(value: Any, place: str) -> list[Any]:
    """What is at a place: one value, or that of each item of a list."""
    head, _, rest = place.partition(".")
    name = head.removesuffix("[]")
    assert name in value, f"there is no {name}"
    inner = value[name]
    if head.endswith("[]"):
        return [one for item in inner for one in (found(item, rest) if rest else [item])]
    return found(inner, rest) if rest else [inner]


def kind(value: Any) -> str:
    return "number" if type(value) in (int, float) else type(value).__name__


def picked(scene: Scene, operation: Operation) -> Any:
    """The answer, with those items of its lists that the sample shows."""
    answer = scene.answers[operation.title].json
    if operation.title == "Get Transcript":
        return {**answer, "turns": answer["turns"][:2]}
    if operation.title == "Admin Credit Summary":
        shown: dict[str, Callable[[Any], bool]] = {
            "lowBalanceOrganizations": lambda low: low["organizationName"] == "Poor",
            "recentTransactions": lambda moved: moved["paymentIntentId"] is not None,
            "alerts": lambda alert: alert["message"].startswith("Poor"),
        }
        return {**answer, **{n: list(filter(one, answer[n])) for n, one in shown.items()}}
    return answer


@pytest.mark.parametrize(("title", "place"), MEMBERS, ids=map(" ".join, MEMBERS))
def test_a_member_of_an_answer_is_as_its_sample(scene: Scene, title: str, place: str) -> None:
    operation = REFERENCE[title]
    wanted, came = found(operation.sample, place), found(picked(scene, operation), place)
    assert len(came) == len(wanted)
    pattern = OURS.get(f"{title} {place}")
    for sample, real in zip(wanted, came, strict=True):
        if real is None:
            assert sample is None or pattern is not None
        else:
            assert kind(real) == kind(sample) or sample is None
            assert type(real) is int or not isinstance(sample, int) or isinstance(sample, bool)
        if title == "Get Transcript" and place == "turns[].text" and sample != SAID:
            assert real.endswith(".")  # the interviewer's own words
        elif pattern is not None:
            assert re.fullmatch(
                pattern.replace("BASE", re.escape(scene.server.base)), str(real)
            )
        else:
            assert real == sample


@pytest.mark.parametrize("operation", SAMPLES, ids=str)
def test_every_item_of_every_list_is_alike(scene: Scene, operation: Operation) -> None:
    """Not only those items that a sample shows have its members."""
    whole = scene.answers[operation.title].json
    for place, sample in leaves(operation.sample):
        for real in found(whole, place):
            assert kind(real) == kind(sample) or None in (real, sample), place


def test_no_exception_stands_for_what_the_reference_does_not_have() -> None:
    assert set(OURS) <= {f"{title} {place}" for title, place in MEMBERS}


@pytest.mark.parametrize("operation", REFERENCE.operations, ids=str)
def test_an_operation_answers_with_its_status(scene: Scene, operation: Operation) -> None:
    """Where the reference names none it is that of the same kind of operation."""
    by_kind = {("POST", None): 201, ("GET", None): 200}
    wanted = by_kind.get((operation.method, operation.status), operation.status)
    answer = scene.answers[operation.title]
    assert answer.status == wanted, answer.body
    kind_of_body = (
        "application/pdf" if operation.title == "Download PDF" else "application/json"
    )
    assert answer.headers["content-type"] == kind_of_body


@pytest.mark.parametrize("operation", REFERENCE.operations, ids=str)
def test_an_operation_is_for_who_has_a_key(scene: Scene, operation: Operation) -> None:
    path = re.sub(r":\w+", "x", operation.path)
    body = {} if operation.method == "POST" else None
    refused = scene.server.call(operation.method, path, body)
    assert refused.status == 401
    assert refused.json["error"]["code"] == "UNAUTHENTICATED"


def test_a_project_is_what_was_sent(scene: Scene) -> None:
    """The reference has no sample of one; its two fields come back."""
    made = scene.answers["Create Project"].json
    assert {f.name: made[f.name] for f in REFERENCE["Create Project"].body} == {
        "name": "name", "description": "description",
    }  # fmt: skip
    assert made in scene.answers["List Projects"].json["projects"]


def test_the_pdf_is_a_file_to_keep(scene: Scene) -> None:
    answer = scene.answers["Download PDF"]
    assert REFERENCE["Download PDF"].example.output == "transcript.pdf"
    assert answer.body.startswith(b"%PDF-")
    assert answer.headers["content-disposition"].startswith('attachment; filename="transcript-')


def test_the_sums_of_the_summary_are_those_of_its_parts(scene: Scene) -> None:
    told = scene.answers["Admin Credit Summary"].json
    summary = told["summary"]
    pools = ("totalStarterCredits", "totalMonthlyCredits", "totalTopupCredits")
    assert summary["totalCredits"] == sum(summary[pool] for pool in pools)
    low = told["lowBalanceOrganizations"]
    assert summary["lowBalanceCount"] == len(low) == len(told["alerts"])
    assert summary["criticalBalanceCount"] == sum(o["severity"] == "critical" for o in low)
    assert all(o["total"] == o["starter"] + o["monthly"] + o["topup"] for o in low)


def test_the_totals_belong_to_an_administrator(scene: Scene) -> None:
    assert REFERENCE["Admin Credit Summary"].notes[0].startswith("Requires admin privileges.")
    refused = scene.call("GET", "/api/admin/credits/summary")
    assert (refused.status, refused.json["error"]["code"]) == (403, "FORBIDDEN")
