"""Banner: the links printed when the server starts."""

import json
from pathlib import Path
from typing import Final

from interviewrelay.accounts import accounts
from interviewrelay.core.config.settings import Settings
from interviewrelay.demo import study
from interviewrelay.runtime.services import Services

LINKS: Final[tuple[str, ...]] = ("invite_token", "spoken_token")


def build_greeting(services: Services, settings: Settings, *, demonstration: bool) -> str:
    """Links of this server; those of its demonstration if requested and present."""
    base = settings.base_url
    if not accounts.is_set_up():
        return f"InterviewRelay is running at {base}\nOpen {base}/setup to create the first account."
    kept = _kept(settings)
    if not demonstration or not kept:
        return f"InterviewRelay is running at {base}"
    return _links(settings, _with_open_link(services, settings, kept))


def create_demonstration(services: Services, settings: Settings) -> str:
    """Put the demonstration study into the empty database; returns its links. Raises Conflict."""
    made = study.create_demo_study(services)
    _keep(settings, made)
    return _links(settings, made)


def _links(settings: Settings, kept: dict[str, str]) -> str:
    base = settings.base_url
    stays = "Emails are sent through SMTP_URL" if settings.smtp_url else "No emails are sent"
    spoken = kept.get("spoken_token")
    by_voice = f"\n  By voice     {base}/interview/{spoken}" if spoken else ""
    key = kept.get("api_key")  # a demonstration made before 1.1 has none
    line = (
        f'\n  Try it       curl -H "Authorization: Bearer {key}" {base}/api/campaigns'
        if key
        else ""
    )
    return f"""InterviewRelay is ready with a demo study. {stays}.
  Dashboard    {base}/login   {kept["email"]}  {kept["password"]}
  Participant  {base}/interview/{kept["invite_token"]}{by_voice}
  API          {base}/api/docs{line}"""


def _with_open_link(
    services: Services, settings: Settings, kept: dict[str, str]
) -> dict[str, str]:
    """Replace used or expired links by new ones."""
    links = {name: study.get_open_link(services, kept[name]) for name in LINKS if name in kept}
    if any(token != kept[name] for name, token in links.items()):
        kept = {**kept, **links}
        _keep(settings, kept)
    return kept


def _file(settings: Settings) -> Path:
    return settings.instance_dir / "demo.json"


def _keep(settings: Settings, made: dict[str, str]) -> None:
    """Store the demonstration's random password, so that each start can show it."""
    path = _file(settings)
    path.touch(mode=0o600)
    path.write_text(json.dumps(made), encoding="utf-8")


def _kept(settings: Settings) -> dict[str, str]:
    path = _file(settings)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
