"""The first campaign makes its project along with itself."""

from typing import Any

from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.models import Campaign, Project
from tests import factories

FIELDS = {"name": "Autumn"}


def test_without_a_project_the_form_asks_for_its_name(desk: Any, ann: Any) -> None:
    script = factories.a_script(ann)
    page = desk.get("/campaigns/new").get_data(as_text=True)
    assert 'name="project"' in page
    sent = desk.post(
        "/campaigns", data={**FIELDS, "script_id": script.id, "project": " Visits "}
    )
    assert sent.status_code == 303
    db.session.expire_all()
    campaign = db.session.execute(select(Campaign)).scalar_one()
    assert campaign.project.name == "Visits"
    page = desk.get("/campaigns/new").get_data(as_text=True)
    assert 'name="project_id"' in page


def test_neither_is_made_while_something_is_wrong(desk: Any, ann: Any) -> None:
    script = factories.a_script(ann)
    for wrong in ({"project": " "}, {"name": "", "project": "Visits"}):
        data = {**FIELDS, "script_id": script.id, **wrong}
        assert desk.post("/campaigns", data=data).status_code == 400
    page = desk.post("/campaigns", data={**FIELDS, "project": "", "script_id": script.id})
    assert 'href="#project"' in page.get_data(as_text=True)
    assert db.session.execute(select(Project)).first() is None
