"""A list asks the database as often for a hundred rows as for ten."""

from interviewrelay import clock
from interviewrelay.domain import billing, invites, keys, scripts
from interviewrelay.domain.script_document import ScriptDocument
from tests.conftest import logged_in
from tests.factories import DOCUMENT, a_campaign, a_project, a_script, an_interview
from tests.statements import statements

FEW, MANY = 10, 100
LISTS = (
    "/api/projects", "/api/scripts", "/api/campaigns", "/api/sessions", "/api/campaigns/{campaign}/invites",
)  # fmt: skip
PAGES = (
    "/projects", "/scripts", "/campaigns", "/sessions", "/outbox", "/keys", "/campaigns/{campaign}", "/projects/{project}",
)  # fmt: skip


def test_statements_do_not_grow_with_the_rows(app, client, ann, office, monkeypatch):
    monkeypatch.setattr(billing, "hold", lambda *_: None)  # nobody's credits last for so many

    script, project = a_script(ann), a_project(ann)
    campaign = a_campaign(ann, script=script, project=project)
    names = {"campaign": campaign.id, "project": project.id}
    browser = logged_in(app, ann)

    def fill(start, end):
        document = ScriptDocument.model_validate(DOCUMENT)
        for n in range(start, end):
            a_project(ann, f"P{n}")
            scripts.create(ann.actor, document)
            a_campaign(ann, script=script, project=project, name=f"C{n}")
            keys.create(office.ring, ann.membership, f"K{n}")
            an_interview(office, campaign, email=f"talks{n}@x.example")
        people = [invites.Person(f"waits{n}@x.example") for n in range(start, end)]
        invites.create(office.ring, campaign, people)

    def measured():
        taken = {}
        for path in LISTS + PAGES:
            address = path.format(**names)
            api = path.startswith("/api")
            more = "?limit=100" if api else ""

            def ask(who=client if api else browser, address=address + more, api=api):
                answer = who.get(address, headers=ann.auth if api else {})
                assert answer.status_code == 200, address

            ask()  # what is asked once a while, such as the use of a key, is over
            taken[path] = statements(ask)
        return taken

    with clock.standing_at(clock.now()):
        fill(0, FEW)
        few = measured()
        fill(FEW, MANY)
        many = measured()
    assert {path: (few[path], many[path]) for path in few if many[path] > few[path]} == {}
    assert max(many[path] for path in LISTS) <= 8


def test_every_list_of_the_api_is_measured(app):
    lists = {
        rule.rule.replace("<campaign_id>", "{campaign}")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.list_")
    }
    assert lists == set(LISTS)
