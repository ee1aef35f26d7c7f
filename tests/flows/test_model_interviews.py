"""Interviews with a model that behaves, and with one that does not: they go on, nothing banned is said,
and the transcript says which turns were whose."""

import csv
import http.client
import io
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from interviewrelay.adapters.http.circuit_breaker import CircuitBreaker
from interviewrelay.adapters.http.client import AddressGuard
from interviewrelay.adapters.language_models.openai import LOOPBACK, CallLimits, OpenAiModel
from interviewrelay.core.ports import language_models
from interviewrelay.core.ports.language_models import ModelPolicy
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.wording import style_rules
from interviewrelay.interviews import state, turn_store
from interviewrelay.operations import consistency_check
from tests import model_stand_in
from tests.factories import a_campaign, an_invite
from tests.flows.server import Server
from tests.flows.waiting import PATIENCE, until
from tests.model_stand_in import KEY, SAYS, SECONDS_SLOW, Endpoint

HARD = 1.0
"""Seconds that a model is waited for which does not answer at all."""
SAID = (
    "I went there on Monday with Anna because my knee had been swollen for a week.",
    "The waiting was long, and the corridor was full of people with coughs.",
    "It was about forty minutes before anybody called me in.",
    "The doctor looked at the knee and told me to rest it for two weeks.",
    "I would put more chairs in that corridor.",
    "Somebody should say how long it takes.",
)
BANNED = (
    *(
        "pwned",
        "password",
        "wonderful",
        "great",
        "goodbye",
        "evil",
        "script",
        "human",
        "lawsuit",
    ),
    *(
        "lawyer",
        "the listening half",
        "<data",
        "language model",
        "should see a doctor",
        "angry",
    ),
    *("is over", "dann", "feel for you", "[name"),
)

GOOD = ("valid", "fenced in Markdown", "knows only json_object", "knows only text")
USED = (
    *GOOD,
    "wrong content type",
    "no number",
    "speaks like llama.cpp",
    "knows only max_completion_tokens",
    "praise in the acknowledgement",
)
AWAY = {
    **{status: f"status {status}" for status in ("401", "429", "500", "503")},
    "hangs": "timeout",
    "stalled stream": "timeout",
    "drips": "timeout",
    "hangs up": "connection",
    "huge output": "answer too large",
    "HTML": "no chat completion",
    "streams unasked": "no chat completion",
    "packs unasked": "no chat completion",
    "redirects": "status 302",
    "calls a tool": "empty reply",
    "cut off": "reply cut off",
    "no choices": "no chat completion",
    "no body": "no chat completion",
    "resets the line": "connection",
    "invalid UTF-8": "no chat completion",
    "no HTTP": "no HTTP",
    "empty": "empty reply",
    "blank": "empty reply",
}
NO_FORM = "refused: not in the requested JSON format"
REFUSED = {
    "truncated JSON": "refused: ",
    "wrong schema": NO_FORM,
    "a list": NO_FORM,
    "plain talk": NO_FORM,
    "two questions": "refused: one question: ",
    "double-barrelled": "refused: one question: ",
    "leading": "refused: leading: ",
    "options": "refused: leading: ",
    "praise": "refused: praise: ",
    "advice": "refused: advice: ",
    "other language": "refused: language: ",
    "prompt echo": "refused: ",
    "fence echo": NO_FORM,
    "obeys an injection": "refused: ",
    "markup": "refused: markup: ",
    "a link": "refused: markup: ",
    "claims to be human": "refused: itself: ",
    "claims a feeling": "refused: itself: ",
    "ends the interview": "refused: not allowed: ",
    "skips ahead": "refused: not allowed: ",
    "ends in words": "refused: ",
    "makes up a quote": "refused: evidence: ",
    "brings something in": "refused: presupposes: ",
    "huge reply": NO_FORM,
    "nested without end": NO_FORM,
    "control characters": "refused: ",
    "half a character": "refused: ",
    "text turned round": "refused: ",
    "too many words": "refused: ",
    "twice the same key": "refused: ",
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with model_stand_in.serving() as made:
        yield made


def use(
    services: Any, endpoint: Endpoint, seconds: float = PATIENCE, soft: float = PATIENCE
) -> None:
    """The model at a stand-in, which is waited for so long; a rest of it has no end."""
    here = language_models.Endpoint(endpoint.base, "tiny", KEY)
    guard = AddressGuard(allowed=LOOPBACK, ports=None)
    model = OpenAiModel(here, guard=guard, limits=CallLimits(seconds, soft_seconds=soft))
    model.breaker = CircuitBreaker(lambda: 0.0)
    services.model_selector.server_policy = ModelPolicy(model)


@pytest.fixture
def talk(app: Any, services: Any, ann: Any, client: Any, endpoint: Endpoint) -> "Talk":
    use(services, endpoint)
    return Talk(services, ann, client)


class Talk:
    """One interview by the participant's routes, and what the API tells of it."""

    def __init__(self, services: Any, ann: Any, client: Any) -> None:
        self.services, self.ann, self.client = services, ann, client
        self.invite, self.token = an_invite(services, a_campaign(ann))
        begun = client.post(f"/interview/{self.token}/start", json={"consent": True}).json
        self.number, self.session_id = 2, begun["session_id"]

    def say(self, *texts: str) -> None:
        for text in texts:
            sent = {"number": self.number, "text": text}
            heard = self.client.post(f"/interview/{self.token}/turns", json=sent)
            assert heard.status_code == 201, heard.data
            assert heard.json["saved"]["text"] == text
            assert heard.json["turn"] is not None
            self.number = heard.json["next_number"]

    def questions(self) -> list[dict[str, Any]]:
        """The interviewer's turns as the API shows them."""
        path = f"/api/sessions/{self.session_id}/transcript"
        told = self.client.get(path, headers=self.ann.auth).json
        return [turn for turn in told["turns"] if turn["speaker"] == "ai"]

    def calls(self) -> list[dict[str, Any]]:
        asked = (turn["decision"].get("model") for turn in self.questions())
        return [call for call in asked if call]

    def holds(self) -> None:
        """What is true of every interview, whatever the model did."""
        snapshot = turn_store.get_snapshot(self.invite.id)
        assert [t.text for t in snapshot.turns if t.speaker == "participant"] == list(
            SAID[: len(snapshot.turns) // 2]
        )
        for at, turn in enumerate(snapshot.turns):
            if turn.speaker != "ai" or at == 0:
                continue
            assert style_rules.list_violations(turn.text) == ()
            assert not any(word in turn.text.lower() for word in BANNED), turn.text
            told = state.build_engine_turns(snapshot.turns[:at])
            here = state.build_context(
                snapshot, snapshot.organization, snapshot.turns[at - 1].at
            )
            prepared = controller.next_move(snapshot.guide, told, here)
            decision = turn.decision or {}
            if decision["source"] != "model":
                assert turn.text == prepared.text
            else:
                assert decision["act"] in (acts.ASK, acts.PROBE)
        assert not any(consistency_check.run_checks().values())


@pytest.mark.parametrize("behaviour", USED)
def test_a_model_that_behaves_words_the_questions(
    talk: Talk, endpoint: Endpoint, behaviour: str
) -> None:
    endpoint.behave(behaviour)
    talk.say(*SAID[:5])
    worded = [turn for turn in talk.questions() if turn["decision"]["source"] == "model"]
    assert len(worded) >= 3
    for turn in worded:
        assert turn["text"].startswith("Then ")
        call = turn["decision"]["model"]
        assert (call["name"], call["used"], call["tokens"]) == ("tiny", True, 760)
    talk.holds()


def test_a_session_and_its_export_say_whose_words_were_said(
    talk: Talk, endpoint: Endpoint
) -> None:
    path = f"/api/sessions/{talk.session_id}"
    assert talk.client.get(path, headers=talk.ann.auth).json["interviewer"] == "built-in"
    endpoint.behave(USED[0])
    talk.say(*SAID[:3])
    told = talk.client.get(path, headers=talk.ann.auth).json
    assert told["interviewer"] == "built-in, with tiny"
    whole = f"/api/campaigns/{told['campaign_id']}/transcripts?format=csv"
    text = talk.client.get(whole, headers=talk.ann.auth).text.removeprefix("\ufeff")
    one = talk.client.get(f"{path}/transcript?format=csv", headers=talk.ann.auth).text
    for lines in (text, one.removeprefix("\ufeff")):
        asked = [r for r in csv.DictReader(io.StringIO(lines)) if r["speaker"] == "ai"]
        assert {(r["source"], r["model"]) for r in asked} >= {("author", ""), ("model", "tiny")}
        assert all((r["source"] == "model") == (r["model"] == "tiny") for r in asked)


@pytest.mark.parametrize("behaviour", REFUSED)
def test_words_that_break_a_rule_are_not_said(
    talk: Talk, endpoint: Endpoint, behaviour: str
) -> None:
    endpoint.behave(behaviour)
    talk.say(*SAID[:3])
    calls = talk.calls()
    assert len(calls) >= 2
    assert not any(call["used"] for call in calls)
    assert all(call["reason"].startswith(REFUSED[behaviour]) for call in calls), calls
    assert {turn["decision"]["source"] for turn in talk.questions()} <= {"author", "template"}
    talk.holds()


@pytest.mark.parametrize("behaviour", AWAY)
def test_a_model_that_is_late_or_gone_holds_nobody_up(
    talk: Talk, endpoint: Endpoint, behaviour: str
) -> None:
    endpoint.behave(behaviour)
    if AWAY[behaviour] == "timeout":
        use(talk.services, endpoint, HARD)
    talk.say(*SAID[:5])
    reasons = [call["reason"] for call in talk.calls()]
    assert reasons[:3] == [AWAY[behaviour]] * 3
    assert set(reasons[3:]) == {"calls to the endpoint are paused for a while"}
    assert [call["calls"] for call in talk.calls()[:4]] == [1, 1, 1, 0]
    assert len({call["rest"] for call in talk.calls()} - {None}) == 1
    talk.holds()


def test_all_behaviours_are_tried() -> None:
    assert {*USED, *REFUSED, *AWAY, "obeys whatever it reads"} >= set(SAYS)
    assert len({*USED, *REFUSED, *AWAY}) >= 20


def test_a_slow_model_is_listened_to_until_it_has_a_rest(
    talk: Talk, endpoint: Endpoint
) -> None:
    endpoint.behave("slow")
    use(talk.services, endpoint, soft=SECONDS_SLOW / 2)
    talk.say(*SAID[:5])
    calls = talk.calls()
    assert [call["used"] for call in calls[:3]] == [True] * 3
    assert calls[3]["reason"] == "calls to the endpoint are paused for a while"
    talk.holds()


def test_names_stay_here_and_come_back(talk: Talk, endpoint: Endpoint) -> None:
    endpoint.behave("valid")
    talk.say(SAID[0])
    (call,) = endpoint.calls()
    assert "Anna" not in str(call)
    assert "[NAME 1]" in call["messages"][1]["content"]


def test_a_model_that_is_killed_in_the_middle_is_missed_by_nobody(
    app: Any, services: Any, ann: Any, client: Any
) -> None:
    with model_stand_in.serving() as endpoint:
        use(services, endpoint)
        talk = Talk(services, ann, client)
        talk.say(*SAID[:2])
        endpoint.kill()
        talk.say(*SAID[2:5])
    told = [turn["decision"] for turn in talk.questions()]
    assert [part["source"] for part in told[1:3]] == ["model", "model"]
    assert {part["source"] for part in told[3:]} <= {"author", "template"}
    assert [part["model"]["reason"] for part in told[3:] if "model" in part][0] == "connection"
    talk.holds()


def test_the_page_says_whose_words_they_are(
    talk: Talk, endpoint: Endpoint, ann: Any, app: Any, desk: Any
) -> None:
    endpoint.behave("valid")
    talk.say(SAID[0])
    endpoint.behave("leading")
    talk.say(SAID[1])
    page = desk.get(f"/sessions/{talk.session_id}").text
    assert "Worded by the model tiny (" in page
    assert "Its suggestion was rejected: it suggests the answer." in page


# --- a server of its own ------------------------------------------------------------------------


@pytest.fixture
def served(tmp_path: Any, copy_of_it: Any, endpoint: Endpoint) -> Iterator[Any]:
    told = {"LLM_BASE_URL": endpoint.base, "LLM_MODEL": "tiny", "LLM_API_KEY": KEY}
    with Server(tmp_path, LLM_PATIENCE_SECONDS="30", **told) as server:
        yield copy_of_it(server).start()


def _begun(server: Any) -> str:
    a = server.fixtures["A"]
    invited = server.call(
        "POST",
        f"/api/campaigns/{a['campaign_id']}/invites",
        {"emails": ["model@example.com"], "send_email": False},
        key=a["key_owner"],
    )
    path = f"/interview/{invited.json['invites'][0]['token']}"
    assert server.call("POST", f"{path}/start", {"consent": True}).status == 201
    return path


def _in_the_background(act: Callable[[], Any]) -> threading.Thread:
    def do() -> None:
        with suppress(OSError, http.client.HTTPException):
            act()

    thread = threading.Thread(target=do)
    thread.start()
    return thread


def test_a_server_that_dies_while_the_model_thinks_has_kept_the_answer(
    served: Any, endpoint: Endpoint
) -> None:
    path = _begun(served)
    endpoint.behave("hangs")
    sent = {"number": 2, "text": SAID[0]}
    sender = _in_the_background(lambda: served.call("POST", f"{path}/turns", sent))
    until(endpoint.calls)
    served.kill9()
    sender.join(PATIENCE)
    served.start()
    again = served.call("POST", f"{path}/turns", sent)
    assert again.status == 200
    assert (again.json["saved"]["number"], again.json["saved"]["text"]) == (2, SAID[0])
    assert again.json["turn"]["number"] == 3
    assert KEY not in served.log.read_text()


def test_other_people_are_served_while_the_model_thinks(
    served: Any, endpoint: Endpoint
) -> None:
    """Whoever repeats the answer gets a question without it: had they waited, the first would have
    got one, with a record of the call."""
    path = _begun(served)
    endpoint.behave("waits")
    sent = {"number": 2, "text": SAID[0]}
    sender = _in_the_background(lambda: served.call("POST", f"{path}/turns", sent))
    until(endpoint.calls)
    seen = served.call("GET", f"{path}/state").json
    assert [turn["text"] for turn in seen["turns"]][1:] == [SAID[0]]
    assert served.call("POST", f"{path}/turns", sent).status == 200
    endpoint.release()
    sender.join(PATIENCE)
    told = f"/api/sessions/{seen['session_id']}/transcript"
    turns = served.call("GET", told, key=served.fixtures["A"]["key_owner"]).json["turns"]
    assert len(turns) == 3
    assert "model" not in turns[2]["decision"]
