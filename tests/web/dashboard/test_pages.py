"""The dashboard: what each page shows, what it refuses, and that nothing typed is lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from interviewrelay.accounts import api_keys
from interviewrelay.campaigns import campaigns, projects
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import ApiKey, Campaign, Mail, Project, Script
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.web.ui.formatting import thin
from tests import factories
from tests.conftest import logged_in

LISTS = (
    "/projects",
    "/scripts",
    "/campaigns",
    "/sessions",
    "/credits",
    "/keys",
    "/outbox",
    "/do-not-write",
)
PAGES = ("/", *LISTS, "/scripts/new", "/campaigns/new")

RICH: dict[str, Any] = {
    "name": "Everything at once",
    "language": "nl",
    "target_minutes": 35,
    "tone": "warm",
    "purpose": 'To learn about "waiting" & more',
    "consent_text": "First line.\n\nSecond line <b>not bold</b>.",
    "contact": "study@alder.example",
    "resources": {"NL": "113 Zelfmoordpreventie", "DE": "TelefonSeelsorge"},
    "reporting": {"Desk": "https://desk.example: day and night", "2": "The ward sister"},
    "questions": [
        {
            "id": "open",
            "text": "How did it go?\nTake your time.",
            "kind": "open",
            "importance": "must",
            "depth": "deep",
            "sensitivity": 2,
            "expected": {"min_words": 20, "wants": ["example", "reason"]},
            "needs": [
                {
                    "id": "long",
                    "label": "how long it took",
                    "ask": "How long?",
                    "cues": ["minutes", "ten, twelve", 'a "while"'],
                    "weight": 2.5,
                },
                {"id": "cost", "label": "what it cost", "ask": "", "cues": [], "weight": 0.5},
            ],
            "probes": ["And then?", "Say more, please."],
            "rephrase": ["In other words, how was it?"],
            "explain": "Anything from door to door.",
            "avoid": ["diagnoses"],
            "seconds": 120,
        },
        {
            "id": "scale",
            "text": "From 0 to 10?",
            "kind": "scale",
            "options": ["0", "10"],
            "depth": "none",
            "ask_if": {"question": "open", "op": "contains", "value": "wait"},
            "skip_if": {"question": "open", "op": "lt", "value": "3"},
        },
    ],
    "closing": {"anything_to_add": False, "check_back": True, "thank_text": "Thanks.\nBye."},
}


class Form(HTMLParser):
    """The fields of a page's form as a browser would send them, without its buttons."""

    def __init__(self, page: str, form_id: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._wanted, self._inside = form_id, False
        self._select = self._area = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id") == self._wanted
        if not self._inside:
            return
        if tag == "input" and given.get("name"):
            self._input(given)
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area, self.fields[given["name"]] = given["name"], ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea" and self._area:
            text = self.fields[self._area].removeprefix("\n")
            self.fields[self._area] = text.replace("\n", "\r\n")
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

    def _input(self, given: dict[str, str]) -> None:
        if given.get("type") not in ("checkbox", "radio"):
            self.fields[given["name"]] = given.get("value", "")
        elif "checked" in given:
            self.fields[given["name"]] = given.get("value", "on")


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def study(services: Any, ann: Any) -> dict[str, str]:
    """A study of Ann's with one of everything; the ids of it."""
    script, project = factories.a_script(ann), factories.a_project(ann)
    campaign = factories.a_campaign(ann, script=script, project=project)
    done = factories.a_finished_interview(services, campaign, "It went well, it took an hour.")
    invite, _ = factories.an_invite(services, campaign, "next@example.com", send_email=True)
    return {
        "script": script.id,
        "project": project.id,
        "campaign": campaign.id,
        "session": done.id,
        "invite": invite.id,
        "mail": db.session.execute(select(Mail.id)).scalars().one(),
        "key": api_keys.list_api_keys(ann.actor).items[0].id,
    }


def paths(ids: dict[str, str]) -> list[str]:
    return [
        f"/projects/{ids['project']}",
        f"/scripts/{ids['script']}",
        f"/campaigns/{ids['campaign']}",
        f"/sessions/{ids['session']}",
        f"/sessions/{ids['session']}/pdf",
    ]


def posts(ids: dict[str, str]) -> list[str]:
    return [
        f"/scripts/{ids['script']}",
        f"/scripts/{ids['script']}/delete",
        f"/campaigns/{ids['campaign']}/status",
        f"/campaigns/{ids['campaign']}/invites",
        f"/campaigns/{ids['campaign']}/invites/{ids['invite']}/cancel",
        f"/campaigns/{ids['campaign']}/invites/selected",
        f"/campaigns/{ids['campaign']}/invites/remind",
        f"/campaigns/{ids['campaign']}/draft",
        f"/campaigns/{ids['campaign']}/draft/people",
        f"/campaigns/{ids['campaign']}/draft/sending",
        f"/campaigns/{ids['campaign']}/draft/discard",
        f"/campaigns/{ids['campaign']}/duplicate",
        f"/campaigns/{ids['campaign']}/unarchive",
        f"/campaigns/{ids['campaign']}/settings",
        f"/keys/{ids['key']}/revoke",
        f"/outbox/{ids['mail']}/again",
    ]


def draft_of(ann: Any, document: dict[str, Any]) -> Script:
    return scripts.create_script(ann.actor, ScriptDocument.model_validate(document))


def stored(script_id: str) -> dict[str, Any]:
    db.session.expire_all()
    return db.session.execute(
        select(Script.document).where(Script.id == script_id)
    ).scalar_one()


def fields_of(desk: Any, script_id: str, query: str = "") -> dict[str, str]:
    page = desk.get(f"/scripts/{script_id}{query}").get_data(as_text=True)
    return Form(page, "script").fields


# Every page


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_on_an_empty_desk(desk: Any, path: str) -> None:
    assert desk.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_with_a_study(desk: Any, study: dict[str, str], path: str) -> None:
    assert desk.get(path).status_code == 200


def test_the_page_of_each_thing_opens(desk: Any, study: dict[str, str]) -> None:
    assert [desk.get(path).status_code for path in paths(study)] == [200] * 5


@pytest.mark.parametrize("path", PAGES)
def test_without_a_login_each_page_leads_to_it(app: Any, ann: Any, path: str) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/login")


def test_no_page_holds_a_script_or_a_style_of_its_own(desk: Any, study: dict[str, str]) -> None:
    for path in (*PAGES, *paths(study)[:4], "/api/docs"):
        page = desk.get(path).get_data(as_text=True)
        assert "<style" not in page
        assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", page), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), path


def test_another_organizations_things_are_not_there(
    app: Any, ben: Any, study: dict[str, str]
) -> None:
    browser = logged_in(app, ben)
    assert {browser.get(path).status_code for path in paths(study)} == {404}
    assert {browser.post(path).status_code for path in posts(study)} == {404}


def test_things_that_never_were_are_not_there(desk: Any) -> None:
    nowhere = dict.fromkeys(
        ("script", "project", "campaign", "session", "invite", "mail", "key"), str(uuid4())
    )
    assert {desk.get(path).status_code for path in paths(nowhere)} == {404}
    assert {desk.post(path).status_code for path in posts(nowhere)} == {404}


def test_a_viewer_reads_and_is_offered_nothing_to_write(
    app: Any, vic: Any, study: dict[str, str]
) -> None:
    browser = logged_in(app, vic)
    for path in (
        "/",
        "/projects",
        "/scripts",
        "/campaigns",
        "/sessions",
        "/credits",
        "/outbox",
    ):
        page = browser.get(path).get_data(as_text=True)
        actions = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', page)
        assert set(actions) == {"/logout"}, path
        assert "/new" not in page, path
    script = browser.get(f"/scripts/{study['script']}").get_data(as_text=True)
    assert 'name="action"' not in script
    assert "disabled" in script
    campaign = browser.get(f"/campaigns/{study['campaign']}").get_data(as_text=True)
    assert "/status" not in campaign
    assert "/cancel" not in campaign
    assert 'name="addresses"' not in campaign


def test_a_viewer_who_posts_is_refused(app: Any, vic: Any, study: dict[str, str]) -> None:
    browser = logged_in(app, vic)
    everything = [*posts(study), "/projects", "/scripts", "/campaigns", "/keys"]
    assert {browser.post(path).status_code for path in everything} == {403}
    assert {browser.get(path).status_code for path in ("/keys", "/scripts/new")} == {403}


def test_a_list_asks_no_more_questions_for_more_rows(
    services: Any, ann: Any, desk: Any
) -> None:
    def add(number: int) -> None:
        for _ in range(number):
            name = str(uuid4())
            project = projects.create_project(ann.actor, name)
            script = factories.a_script(ann, name=name)
            campaign = factories.a_campaign(ann, name=name, script=script, project=project)
            factories.a_finished_interview(services, campaign, "Well.")
            factories.an_invite(services, campaign, "next@example.com", send_email=True)
            api_keys.create_api_key(services.ring, ann.membership, name)

    def asked(path: str) -> int:
        db.session.expire_all()
        with statements() as seen:
            assert desk.get(f"{path}?limit=50").status_code == 200
        return len(seen)

    add(10)
    few = {path: asked(path) for path in LISTS}
    add(20)
    many = {path: asked(path) for path in LISTS}
    assert {path: (few[path], many[path]) for path in LISTS if many[path] > few[path] + 2} == {}


def test_the_page_of_a_campaign_asks_no_more_questions_for_more_invites(
    services: Any, ann: Any, desk: Any
) -> None:
    campaign = factories.a_campaign(ann)

    def asked() -> int:
        db.session.expire_all()
        with statements() as seen:
            assert desk.get(f"/campaigns/{campaign.id}?limit=50").status_code == 200
        return len(seen)

    people = [invites.Invitee(f"p{n}@example.com") for n in range(30)]
    invites.create_invites(services.ring, campaign, people[:10])
    few = asked()
    invites.create_invites(services.ring, campaign, people[10:])
    assert asked() <= few + 2


# Overview


def test_the_checklist_ticks_itself_and_offers_one_next_step(
    services: Any, ann: Any, desk: Any
) -> None:
    def steps() -> tuple[int, list[str]]:
        page = desk.get("/").get_data(as_text=True)
        listed = page.partition('class="checklist"')[2].partition("</ol>")[0]
        return listed.count('class="done"'), re.findall(
            r'class="button primary" href="([^"]+)', listed
        )

    assert steps() == (0, ["/scripts/new"])
    draft = factories.a_draft(ann)
    assert steps() == (0, [f"/scripts/{draft.id}"])
    script, _ = scripts.publish_script(draft)
    assert steps() == (1, ["/campaigns/new"])
    campaign = factories.a_campaign(ann, script=script)
    assert steps() == (2, [f"/campaigns/{campaign.id}"])
    factories.a_finished_interview(services, campaign, "Well.")
    page = desk.get("/").get_data(as_text=True)
    assert 'class="checklist"' not in page
    assert "pat@example.com" in page.replace("<wbr>", "")


def test_the_overview_says_what_needs_somebody(
    services: Any, ann: Any, desk: Any, study: dict[str, str]
) -> None:
    _mail_becomes("failed")
    page = desk.get("/").get_data(as_text=True)
    assert "1 email could not be sent" in page
    assert "Credits are low" not in page


# Projects


def test_a_project_is_created_and_shown(desk: Any, ann: Any) -> None:
    answer = desk.post("/projects", data={"name": "  Patients ", "description": ""})
    assert answer.status_code == 303
    page = desk.get(answer.location).get_data(as_text=True)
    assert "Patients" in page
    assert "created." in page
    assert db.session.execute(select(Project.description)).scalar_one() is None


def test_a_project_without_a_name_keeps_what_was_typed(desk: Any) -> None:
    answer = desk.post("/projects", data={"name": " ", "description": "Kept <as> it is"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "Kept &lt;as&gt; it is" in page
    assert 'href="#name"' in page
    assert 'id="name-error"' in page


# Scripts


def test_the_editor_saves_a_rich_script_without_loss(desk: Any, ann: Any) -> None:
    script = draft_of(ann, RICH)
    before = stored(script.id)
    fields = fields_of(desk, script.id)
    assert (
        desk.post(f"/scripts/{script.id}", data={**fields, "action": "save"}).status_code == 303
    )
    assert stored(script.id) == before


def test_an_untouched_script_is_not_changed_by_saving(desk: Any, ann: Any) -> None:
    script = factories.a_script(ann)
    desk.post(f"/scripts/{script.id}", data=fields_of(desk, script.id))
    db.session.expire_all()
    assert not db.session.get(Script, script.id).changed_since_publication


@pytest.mark.parametrize(
    ("action", "order"),
    [
        ("up-2", ["visit", "talk", "waiting", "change"]),
        ("down-0", ["waiting", "visit", "talk", "change"]),
        ("up-0", ["visit", "waiting", "talk", "change"]),
        ("remove-1", ["visit", "talk", "change"]),
        ("remove-99", ["visit", "waiting", "talk", "change"]),
    ],
)
def test_buttons_arrange_questions_and_save_the_rest(
    desk: Any, ann: Any, action: str, order: list[str]
) -> None:
    script = factories.a_draft(ann)
    fields = {**fields_of(desk, script.id), "name": "Renamed", "action": action}
    answer = desk.post(f"/scripts/{script.id}", data=fields)
    assert answer.status_code == 303
    document = stored(script.id)
    assert [q["id"] for q in document["questions"]] == order
    assert document["name"] == "Renamed"


def test_moving_a_question_comes_back_to_it(desk: Any, ann: Any) -> None:
    script = factories.a_draft(ann)
    fields = {**fields_of(desk, script.id), "action": "down-0"}
    answer = desk.post(f"/scripts/{script.id}", data=fields)
    assert answer.location == f"/scripts/{script.id}?at=1&did=down"
    page = desk.get(answer.location).get_data(as_text=True)
    assert "Moved to question 2 of 4." in page
    assert re.findall(r'value="([a-z]+-\d+)"[^>]* autofocus', page) == ["down-1"]


def test_a_question_is_added_and_one_left_blank_is_not(desk: Any, ann: Any) -> None:
    script = factories.a_draft(ann)
    address = f"/scripts/{script.id}"
    answer = desk.post(address, data={**fields_of(desk, script.id), "action": "add"})
    assert answer.location == f"{address}?add=1"
    fields = fields_of(desk, script.id, "?add=1")
    desk.post(address, data=fields)
    assert len(stored(script.id)["questions"]) == 4
    fields |= {"questions.4.text": "Anything new?", "questions.4.needs.0.label": "what is new"}
    desk.post(address, data={**fields, "seen": ""})
    added = stored(script.id)["questions"][4]
    assert added["text"] == "Anything new?"
    assert added["needs"][0]["label"] == "what is new"


def test_a_need_is_added_in_the_empty_row_and_removed_by_emptying_it(
    desk: Any, ann: Any
) -> None:
    script = factories.a_draft(ann)
    fields = fields_of(desk, script.id)
    row = "questions.1.needs.1."
    fields |= {row + "label": "what it cost", row + "cues": "euro, free"}
    desk.post(f"/scripts/{script.id}", data=fields)
    assert stored(script.id)["questions"][1]["needs"][1]["cues"] == ["euro", "free"]
    fields = fields_of(desk, script.id)
    fields |= {f"questions.1.needs.0.{name}": "" for name in ("label", "ask", "cues")}
    desk.post(f"/scripts/{script.id}", data=fields)
    assert [n["label"] for n in stored(script.id)["questions"][1]["needs"]] == ["what it cost"]


def test_errors_of_the_editor_keep_everything_that_was_typed(desk: Any, ann: Any) -> None:
    script = draft_of(ann, RICH)
    before = stored(script.id)
    fields = fields_of(desk, script.id) | {
        "target_minutes": "many",
        "purpose": "Typed and not lost",
        "questions.1.text": " ",
        "questions.0.probes": "Kept probe\n" + "x" * 501,
    }
    answer = desk.post(f"/scripts/{script.id}", data={**fields, "action": "down-0"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    for link in ("#target_minutes", "#questions.0.text", "#questions.1.probes"):
        assert f'href="{link}"' in page
    assert "Question 1: enter the question" in page
    again = Form(page, "script").fields
    assert again["target_minutes"] == "many"
    assert again["purpose"] == "Typed and not lost"
    assert again["questions.1.probes"].startswith("Kept probe")
    assert "&#34;min_words&#34;:20" in page
    assert stored(script.id) == before


def test_a_change_by_somebody_else_is_not_overwritten_unseen(desk: Any, ann: Any) -> None:
    script = factories.a_draft(ann)
    fields = fields_of(desk, script.id) | {"name": "Mine"}
    scripts.change_script(
        script, ScriptDocument.model_validate({**factories.DOCUMENT, "name": "Theirs"})
    )
    answer = desk.post(f"/scripts/{script.id}", data=fields)
    assert answer.status_code == 409
    assert stored(script.id)["name"] == "Theirs"
    again = Form(answer.get_data(as_text=True), "script").fields
    assert again["name"] == "Mine"
    assert desk.post(f"/scripts/{script.id}", data=again).status_code == 303
    assert stored(script.id)["name"] == "Mine"


def test_a_new_script_is_written_and_published(desk: Any, ann: Any) -> None:
    fields = Form(desk.get("/scripts/new?from=blank").get_data(as_text=True), "script").fields
    answer = desk.post("/scripts", data={**fields, "questions.0.text": "How is it?"})
    assert answer.status_code == 400
    fields |= {"name": "First", "questions.0.text": "Is it good or bad and why?"}
    answer = desk.post("/scripts", data=fields)
    assert answer.status_code == 303
    script_id = answer.location.rsplit("/", 1)[1]
    fields = fields_of(desk, script_id)
    answer = desk.post(f"/scripts/{script_id}", data={**fields, "action": "publish"})
    page = desk.get(answer.location).get_data(as_text=True)
    assert "Version 1 published." in page
    assert 'class="remarks"' in page


def test_publishing_is_refused_with_the_draft_saved(desk: Any, ann: Any) -> None:
    script = factories.a_draft(ann)
    fields = fields_of(desk, script.id) | {"name": "Saved", "action": "publish"}
    fields |= {"questions.0.ask_if.question": "nothing", "questions.0.ask_if.op": "answered"}
    answer = desk.post(f"/scripts/{script.id}", data=fields)
    assert answer.status_code == 400
    assert "There is no question nothing." in answer.get_data(as_text=True).replace(
        "there", "There"
    )
    assert stored(script.id)["name"] == "Saved"
    db.session.expire_all()
    assert db.session.get(Script, script.id).latest_version == 0


def test_what_is_carried_along_cannot_break_the_editor(desk: Any, ann: Any) -> None:
    script = factories.a_draft(ann)
    fields = fields_of(desk, script.id) | {"rest": "{nonsense", "questions.0.rest": "[1]"}
    fields["questions.1.rest"] = '{"expected": "no object"}'
    assert desk.post(f"/scripts/{script.id}", data=fields).status_code == 400


def test_a_deleted_script_is_gone_from_the_list(desk: Any, ann: Any) -> None:
    script = factories.a_draft(ann)
    assert desk.post(f"/scripts/{script.id}/delete").status_code == 303
    assert script.id not in desk.get("/scripts").get_data(as_text=True)
    assert desk.get(f"/scripts/{script.id}").status_code == 404


# Campaigns and invites


def test_a_campaign_moves_on_only_along_its_states(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann)

    def move(status: str) -> str:
        data = {"status": status, "typed": "end"}
        desk.post(f"/campaigns/{campaign.id}/status", data=data)
        db.session.expire_all()
        return db.session.get(Campaign, campaign.id).status

    walk = ("archived", "paused", "active", "nonsense", "completed", "active", "archived")
    reached = [move(status) for status in walk]
    assert reached == [
        "active", "paused", "active", "active", "completed", "completed", "archived",
    ]  # fmt: skip


def test_filters_stand_in_the_address_and_nonsense_filters_nothing(
    desk: Any, ann: Any, study: dict[str, str]
) -> None:
    def rows(query: str) -> int:
        return desk.get(f"/campaigns?{query}").get_data(as_text=True).count("row-link")

    assert rows("status=active&project_id=") == 1
    assert rows("status=archived") == 0
    assert rows("status=nonsense&limit=x&offset=-1") == 1
    assert rows(f"project_id={uuid4()}") == 0


def test_lists_are_turned_page_by_page_with_their_filters(desk: Any, ann: Any) -> None:
    script, project = factories.a_script(ann), factories.a_project(ann)
    for n in range(30):
        factories.a_campaign(ann, name=f"C{n}", script=script, project=project)
    first = desk.get("/campaigns?status=active").get_data(as_text=True)
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following
    address = following[1].replace("&amp;", "&")
    assert address == "/campaigns?status=active&offset=25"
    second = desk.get(address).get_data(as_text=True)
    assert second.count("row-link") == 5
    assert 'href="/campaigns?status=active" rel="prev"' in second


def test_people_are_invited_from_a_pasted_list(desk: Any, ann: Any, services: Any) -> None:
    campaign = factories.a_campaign(ann)
    pasted = 'a@example.com, b@example.com; c@example.com\n"Doe, Jane" <jane@example.com>\n\n'
    data = {"addresses": pasted, "send_email": "true", "custom_message": "Hello"}
    answer = desk.post(f"/campaigns/{campaign.id}/invites", data=data)
    assert answer.status_code == 303
    page = desk.get(answer.location).get_data(as_text=True).replace("<wbr>", "")
    assert (
        '4 people invited. Check the delivery status of each email under <a href="/outbox">Emails</a>.'
        in page
    )
    made = invites.list_invites(campaign).items
    assert {(i.email, i.name) for i in made} >= {
        ("jane@example.com", "Doe, Jane"),
        ("b@example.com", ""),
    }
    assert factories.mails_by_state() == {"queued": 4}


def test_bad_lines_are_named_and_stay_while_the_good_ones_are_invited(
    desk: Any, ann: Any
) -> None:
    campaign = factories.a_campaign(ann)
    data = {"addresses": "good@example.com\nnot an address\n<b>@", "custom_message": "Kept"}
    answer = desk.post(f"/campaigns/{campaign.id}/invites", data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<title>Error" not in page
    told = page.partition("1 person invited.")[2].partition("</ul>")[0]
    assert "good<wbr>@example<wbr>.com" in told
    assert "2 lines were not added" in page
    assert "<q>not an address</q>: not a valid email address" in page
    left = page.partition('name="addresses"')[2].partition("</textarea>")[0]
    assert "not an address" in left
    assert "good@example.com" not in left
    assert "Kept" in page
    assert factories.mails_by_state() == {}


def test_a_line_is_refused_for_what_is_wrong_with_it(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann)
    broken = 'email,name\ngood@example.com,Bo\na@example.com,"Ada\nAlder"\n'
    broken += "b@example.com," + "n" * 201
    answer = desk.post(f"/campaigns/{campaign.id}/invites", data={"addresses": broken})
    page = answer.get_data(as_text=True)
    assert "1 person invited." in page
    assert "</q>: the name contains line breaks or other control characters" in page
    assert "</q>: the name or another value is too long" in page
    assert "not a valid email address" not in page


def test_only_bad_lines_are_a_refusal(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann)
    answer = desk.post(
        f"/campaigns/{campaign.id}/invites", data={"addresses": "not an address"}
    )
    assert answer.status_code == 400
    assert "1 line was not added." in answer.text
    assert "<title>Error" in answer.text
    assert "people invited" not in answer.text


def test_inviting_twice_says_so_and_sends_nothing(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann)
    address = f"/campaigns/{campaign.id}/invites"
    desk.post(address, data={"addresses": "a@example.com", "send_email": "true"})
    desk.get("/")
    answer = desk.post(address, data={"addresses": "a@example.com", "send_email": "true"})
    page = desk.get(answer.location).get_data(as_text=True)
    assert "0 people invited. 1 person already had an open invite" in page
    assert factories.mails_by_state() == {"queued": 1}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  ", "at least one"),
        ("\n".join(f"p{n}@example.com" for n in range(1001)), f"up to {thin(1_000)} people"),
    ],
)
def test_none_and_too_many_are_refused(desk: Any, ann: Any, typed: str, words: str) -> None:
    campaign = factories.a_campaign(ann)
    answer = desk.post(f"/campaigns/{campaign.id}/invites", data={"addresses": typed})
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)


def test_a_paused_campaign_invites_nobody_and_keeps_the_list(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann)
    campaigns.set_campaign_status(campaign, "paused")
    answer = desk.post(f"/campaigns/{campaign.id}/invites", data={"addresses": "a@example.com"})
    assert answer.status_code == 409
    assert "a@example.com" in answer.get_data(as_text=True)


def test_a_cancelled_invite_has_no_link_any_more(
    desk: Any, ann: Any, services: Any, study: dict[str, str]
) -> None:
    address = f"/campaigns/{study['campaign']}"
    assert "/interview/inv_" in desk.get(f"{address}?status=pending").get_data(as_text=True)
    assert desk.post(f"{address}/invites/{study['invite']}/cancel").status_code == 303
    assert "/interview/inv_" not in desk.get(f"{address}?status=cancelled").get_data(
        as_text=True
    )


def test_an_invite_is_reached_through_its_own_campaign_only(
    desk: Any, ann: Any, study: dict[str, str]
) -> None:
    other = factories.a_campaign(ann)
    path = f"/campaigns/{other.id}/invites/{study['invite']}/cancel"
    assert desk.post(path).status_code == 404


# Sessions


def test_a_session_shows_what_was_said_and_why_it_was_asked(
    desk: Any, study: dict[str, str]
) -> None:
    page = desk.get(f"/sessions/{study['session']}").get_data(as_text=True)
    assert "It went well, it took an hour." in page
    assert 'dir="auto"' in page
    assert "Why this was asked" in page
    assert f"/sessions/{study['session']}/pdf" in page


def test_the_pdf_is_a_download(desk: Any, study: dict[str, str]) -> None:
    answer = desk.get(f"/sessions/{study['session']}/pdf")
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_sessions_are_filtered_by_words_campaign_status_and_day(
    desk: Any, study: dict[str, str]
) -> None:
    def rows(query: str) -> int:
        return desk.get(f"/sessions?{query}").get_data(as_text=True).count("row-link")

    assert rows(f"campaign_id={study['campaign']}&status=completed&start_date=&end_date=") == 1
    assert rows("status=abandoned") == 0
    assert rows("q=“TOOK+an+hour”") == 1
    assert rows("q=hour&status=abandoned") == 0
    assert rows("q=nobody+said+so") == 0
    assert rows("start_date=2999-01-01") == 0
    assert rows("end_date=2020-01-01") == 0


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("q=" + 201 * "a", "q"),
        ("start_date=soon", "start_date"),
        ("start_date=2026-02-01&end_date=2026-01-01", "end_date"),
    ],
)
def test_a_wrong_filter_is_said_beside_what_was_typed(
    desk: Any, study: dict[str, str], query: str, link: str
) -> None:
    answer = desk.get(f"/sessions?{query}")
    assert answer.status_code == 400
    assert f'href="#{link}"' in answer.get_data(as_text=True)


# Credits, keys, outbox, reference


def test_the_ledger_shows_pools_and_movements(desk: Any, study: dict[str, str]) -> None:
    page = desk.get("/credits").get_data(as_text=True)
    for words in ("Monthly", "Starter", "Top-up", "Reserved", "Starter credits", "+600"):
        assert words in page


def test_a_key_can_be_given_an_end(client: Any, desk: Any) -> None:
    made = desk.post("/keys", data={"name": "Short", "power": "all", "days": "2"})
    text = re.search(r"ir_live_[0-9A-Za-z]{46}", made.get_data(as_text=True))
    assert text
    now = datetime.now(UTC)

    def status(days: int) -> int:
        at = clock.format_iso(now + timedelta(days=days, minutes=1))
        headers = {"Authorization": f"Bearer {text[0]}", "X-Test-Now": at}
        answered: int = client.get("/api/projects", headers=headers).status_code
        return answered

    assert (status(0), status(1), status(2)) == (200, 200, 401)
    assert "until " in desk.get("/keys").get_data(as_text=True)
    for days in ("0", "x", "1.5", "3651"):
        refused = desk.post("/keys", data={"name": "N", "power": "all", "days": days})
        assert refused.status_code == 400
        assert f"Enter a whole number of days from 1 to {thin(3_650)}" in refused.get_data(
            as_text=True
        )


def test_a_key_is_shown_once(desk: Any, ann: Any, services: Any) -> None:
    answer = desk.post("/keys", data={"name": "Importer", "power": "read"})
    page = answer.get_data(as_text=True)
    text = re.search(r"ir_live_[0-9A-Za-z]{46}", page)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert text
    actor = api_keys.authenticate(services.ring, f"Bearer {text[0]}")
    assert actor.may("campaigns:read")
    assert not actor.may("campaigns:write")
    listed = desk.get("/keys").get_data(as_text=True)
    assert text[0] not in listed
    assert "Read-only" in listed


def test_a_form_that_is_sent_again_makes_no_second_key(desk: Any, ann: Any) -> None:
    once = re.search(r'name="once" value="([^"]+)"', desk.get("/keys").get_data(as_text=True))
    assert once
    data = {"name": "Importer", "power": "all", "once": once[1]}
    before = len(api_keys.list_api_keys(ann.actor).items)
    assert "ir_live_" in desk.post("/keys", data=data).get_data(as_text=True)
    again = desk.post("/keys", data=data)
    assert (again.status_code, again.headers["Location"]) == (303, "/keys")
    page = desk.get("/keys").get_data(as_text=True)
    assert "The key “Importer” was already created and cannot be shown again." in page
    assert len(api_keys.list_api_keys(ann.actor).items) == before + 1
    assert once[1] not in page
    assert desk.post("/keys", data={**data, "name": "Another"}).status_code == 200
    assert desk.post("/keys", data={**data, "power": "read"}).status_code == 200
    assert len(api_keys.list_api_keys(ann.actor).items) == before + 3


def test_a_key_can_be_limited_to_what_is_ticked(desk: Any, ann: Any) -> None:
    ticked = ["sessions:read", "invites:write"]
    data = {"name": "Few", "power": "custom", "permissions": ticked, "test": "true"}
    assert desk.post("/keys", data=data).status_code == 200
    row = db.session.execute(select(ApiKey).where(ApiKey.name == "Few")).scalar_one()
    assert sorted(row.permissions) == sorted(ticked)
    assert row.test
    assert "invites write, sessions read" in desk.get("/keys").get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "link"),
    [
        ({"name": " ", "power": "custom", "permissions": ["sessions:read"]}, "name"),
        ({"name": "Kept", "power": "custom"}, "permissions"),
        ({"name": "Kept", "power": "custom", "permissions": ["moon:write"]}, "permissions"),
        ({"name": "Kept", "power": "some", "permissions": ["sessions:read"]}, "power"),
        ({"name": "Kept"}, "power"),
    ],
)
def test_a_wrong_key_is_not_made(desk: Any, ann: Any, data: dict[str, Any], link: str) -> None:
    before = len(api_keys.list_api_keys(ann.actor).items)
    answer = desk.post("/keys", data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert f'href="#{link}"' in page
    assert ('value="Kept"' in page) == (data["name"] == "Kept")
    assert len(api_keys.list_api_keys(ann.actor).items) == before


def test_a_revoked_key_no_longer_works(desk: Any, ann: Any, client: Any) -> None:
    row = api_keys.list_api_keys(ann.actor).items[0]
    assert client.get("/api/projects", headers=ann.auth).status_code == 200
    assert desk.post(f"/keys/{row.id}/revoke").status_code == 303
    assert client.get("/api/projects", headers=ann.auth).status_code == 401
    assert "Revoked" in desk.get("/keys").get_data(as_text=True)


def _mail_becomes(state: str) -> None:
    with transaction():
        mail = db.session.execute(select(Mail)).scalars().one()
        mail.state, mail.last_error = state, "mailbox unknown"


def test_the_outbox_explains_what_is_kept_and_tries_again(
    desk: Any, ann: Any, study: dict[str, str]
) -> None:
    _mail_becomes("failed")
    page = desk.get("/outbox?state=failed").get_data(as_text=True)
    assert "SMTP_URL" in page
    assert "mailbox unknown" in page
    assert "/interview/inv_" in page
    assert desk.post(f"/outbox/{study['mail']}/again").status_code == 303
    assert factories.mails_by_state() == {"queued": 1}
    assert "/again" not in desk.get("/outbox").get_data(as_text=True)


def test_the_reference_needs_no_login_and_names_every_route(app: Any, client: Any) -> None:
    answer = client.get("/api/docs")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api.") and rule.rule != "/api/docs":
            shown = re.sub(r"<[^>]*?(token)>", r":\1", rule.rule)
            shown = re.sub(r"<[^>]*>", ":id", shown)
            assert shown in page, rule.rule
