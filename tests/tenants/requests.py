"""What each route is sent, so that the one who may is answered with success."""

import re
from typing import Any

from interviewrelay.core.ids import new_id

FORM = {
    "name": "S", "language": "en", "tone": "neutral", "target_minutes": "20", "action": "save",
    "questions.0.text": "T", "questions.0.kind": "open", "questions.0.importance": "should",
    "questions.0.depth": "standard", "questions.0.sensitivity": "0",
}  # fmt: skip


SETTINGS = {"invite_valid_hours": "7", "unit": "24", "action": "save"}


def bodies(things: dict[str, str]) -> dict[str, dict[str, Any]]:
    """By rule, for every method of it but GET; a rule that is not here is sent nothing."""
    wanted = {"name": "C", "script_id": things["script_id"], "project_id": things["project_id"]}
    return {
        "/api/projects": {"name": "P"},
        "/api/projects/<project_id>": {"name": "P"},
        "/api/billing/topups": {"pack": 1_000},
        "/api/scripts": {"name": "S", "questions": [{"text": "T"}]},
        "/api/scripts/<script_id>": {"name": "S"},
        "/api/scripts/<script_id>/preview": {"answers": ["Well."]},
        "/api/campaigns": wanted,
        "/api/campaigns/<campaign_id>": {"name": "C"},
        "/api/campaigns/<campaign_id>/invites": {"emails": ["new@x.example"]},
        "/api/campaigns/<campaign_id>/recipients": {"participants": [{"email": "n@x.example"}]},
        "/api/campaigns/<campaign_id>/invites/remind": {},
        "/api/invites/<token>/resend": {},
        "/api/invites/<token>/extend": {"hours": 1},
        "/api/suppressions": {"email": f"{things['campaign_id']}@x.example"},
        "/api/suppressions/remove": {"email": "nobody@x.example"},
        "/api/keys": {"name": "K"},
        "/api/organization": {"name": "O"},
        "/api/organization/mail": {"sender_name": "S"},
        "/api/organization/retention": {"transcript_days": 400, "address_days": 400},
        "/api/organization/branding": {"accent": "#123456"},
        "/api/billing/alerts": {"warn_below": 400},
        "/api/members/<member_id>": {"role": "researcher"},
        "/api/member-invitations": {
            "email": f"{things['project_id']}@x.example", "role": "viewer",
        },
        "/api/sessions/<session_id>/notes": {"text": "Well said.", "tags": ["a"], "turn": 2},
        "/api/sessions/<session_id>/notes/<note_id>": {"text": "Better said."},
        "/api/campaigns/<campaign_id>/findings": {"text": "People wait."},
        "/api/campaigns/<campaign_id>/findings/<finding_id>": {"text": "People wait."},
        "/api/campaigns/<campaign_id>/findings/<finding_id>/merge": {
            "findings": [things["finding_to_merge"]],
        },
        "/api/saved-filters": {"name": "V", "filters": {"status": "completed"}},
        "/api/saved-filters/<filter_id>": {"name": "W", "shared": True},
        "/do-not-write": {"email": "nobody@x.example"},
        "/do-not-write/remove": {"again": "nobody@x.example", "agreed": "true"},
        "/api/participants/erase": {"email": "nobody@x.example"},
        "/api/participants/export": {"email": "waits@x.example"},
        "/projects": {"name": "P"},
        "/login": {"email": f"{new_id()}@x.example", "password": "wrong"},
        "/sessions/<session_id>/notes": {"text": "Well said.", "tags": "a", "turn": "2"},
        "/sessions/<session_id>/notes/<note_id>": {"text": "Better said.", "tags": "b"},
        "/sessions/views": {"name": "V", "status": "completed"},
        "/sessions/views/<view_id>": {"name": "W", "shared": "true"},
        "/scripts": FORM,
        "/scripts/check": FORM,
        "/scripts/<script_id>/preview": {"reply": "Well."},
        "/scripts/<script_id>/forecast": {"people": "10"},
        "/scripts/import": {"text": "name: S\nquestions:\n- text: T\n"},
        "/scripts/<script_id>": FORM,
        "/campaigns": wanted,
        "/campaigns/<campaign_id>/draft": wanted,
        "/campaigns/<campaign_id>/draft/people": {"people": "a@x.example"},
        "/campaigns/<campaign_id>/draft/sending": SETTINGS,
        "/campaigns/<campaign_id>/findings": {"text": "People wait."},
        "/campaigns/<campaign_id>/findings/<finding_id>": {"pinned": "true"},
        "/campaigns/<campaign_id>/findings/<finding_id>/merge": {
            "merge": things["finding_to_join"],
        },
        "/campaigns/<campaign_id>/settings": {**SETTINGS, "name": "C"},
        "/campaigns/<campaign_id>/invites/selected": {"action": "resend"},
        "/campaigns/<campaign_id>/status": {"status": "paused"},
        "/campaigns/<campaign_id>/invites": {"addresses": "other@x.example"},
        "/credits/topups": {"pack": "1000"},
        "/credits/warning": {"warn_below": "400"},
        "/setup": {
            "organization": "Mine now", "name": "M", "email": "m@x.example",
            "password": "correct horse battery staple",
        },
        "/members": {"email": f"{things['campaign_id']}@x.example", "role": "viewer"},
        "/members/switch": {"membership": things["campaign_id"]},
        "/join/<token>": {"name": "N", "password": "correct horse battery staple"},
        "/password": {"email": "nobody@x.example"},
        "/password/<token>": {"password": "correct horse battery staple"},
        "/keys": {"name": "K", "power": "all"},
        "/api/webhooks": {"url": "https://hooks.example/new"},
        "/api/webhooks/<webhook_id>": {"description": "Another"},
        "/api/webhooks/<webhook_id>/replay": {"since": "2026-01-01"},
        "/webhooks": {"url": "https://hooks.example/new", "power": "all"},
        "/webhooks/<webhook_id>": {"url": "https://hooks.example/a", "power": "all"},
        "/webhooks/<webhook_id>/switch": {"to": "on"},
        "/webhooks/<webhook_id>/replay": {"since": "2026-01-01"},
        "/settings/branding": {"accent": "#123456"},
        "/settings/organization": {"name": "O"},
        "/settings/mail": {"sender_name": "S"},
        "/settings/retention": {"days": "400", "addresses": "400"},
        "/settings/security/password": {"old_password": "x", "password": "y"},
        "/members/<membership_id>/role": {"role": "researcher"},
        "/admin/organizations": {
            "name": "N", "email": "n@x.example", "new_plan": "free", "once": things["invite_id"],
        },
        "/admin/organizations/<org_id>/owner": {"email": f"{things['campaign_id']}@x.example"},
        "/admin/organizations/<org_id>/plan": {"plan": "enterprise", "monthly_credits": "9000"},
        "/admin/organizations/<org_id>/credits": {
            "act": "give", "credits": "5", "once": things["campaign_id"],
        },
        "/model": {"whose": "none"},
        "/admin/model": {"model": "1 tiny"},
        "/admin/model/try": {"model": "1 tiny"},
        "/interview/<token>/opened": {},
        "/interview/<token>/start": {"consent": True},
        "/interview/<token>/turns": {"number": 2, "text": "I waited for two hours in the hall."},
        "/interview/<token>/review": {"number": 2, "act": "do_not_quote"},
        "/interview/<token>/skip": {"number": 4},
        "/interview/<token>/pause": {},
        "/interview/<token>/resume": {},
        "/interview/<token>/complete": {},
        "/interview/<token>/feedback": {"rating": 5},
        "/interview": {"code": "7KQ4N-XW2HD"},
        "/interview/<token>/code": {},
        "/interview/<token>/copy": {},
        "/interview/<token>/withdraw": {},
        "/interview/<token>/audio": {"number": 2, "clip": "clip-0001", "pieces": 1},
        "/interview/<token>/audio/<clip>/pause": {},
    }  # fmt: skip


def filled(method: str, rule: str, things: dict[str, str]) -> str:
    """The address, with what is to go away where something goes away."""
    path = rule.replace("<script_id>/delete", "<script_to_drop>/delete")
    path = path.replace("<path:filename>", "app.css").replace("<path:name>", "faq")
    path = path.replace(
        "<session_id>/notes/<note_id>/delete",
        "<session_that_stays>/notes/<note_to_drop>/delete",
    )
    path = path.replace("<finding_id>/delete", "<finding_to_drop>/delete")
    path = path.replace("<campaign_id>/recipients", "<draft_id>/recipients")
    path = path.replace("<number>", "1").replace("<version>", "1")
    path = path.replace("<clip>/pieces/<piece>", "clip-0001/pieces/0?number=2")
    path = path.replace("<clip>", "clip-0001")
    path = path.replace("<webhook_id>/delete", "<webhook_to_drop>/delete")
    if method == "DELETE":  # a project with campaigns in it stays
        path = path.replace("<project_id>", "<empty_project>")
        path = path.replace("<script_id>", "<script_to_delete>")
        path = path.replace("<token>", "<token_to_cancel>")
        path = path.replace("<webhook_id>", "<webhook_to_delete>")
    return re.sub(r"<(\w+)>", lambda found: things[found[1]], path)


def sent(method: str, rule: str, things: dict[str, str]) -> dict[str, Any]:
    """The body, as JSON or as a form."""
    body = bodies(things).get(rule) if method in ("POST", "PATCH") else None
    if body is None:
        return {}
    return {"data" if _is_page(rule) else "json": body}


def _is_page(rule: str) -> bool:
    return not rule.startswith(("/api", "/interview"))
