"""What mypy must see: the exact types of both clients' operations. Nothing here is run."""

from typing import assert_type

from interviewrelay_client import AsyncClient, AsyncPages, Client, Pages, models


def check_client(client: Client) -> None:
    assert_type(client.projects.create(name="A study"), models.Project)
    assert_type(client.sessions.transcript("id"), models.Transcript)
    assert_type(client.sessions.transcript_file("id", format="vtt"), str)
    assert_type(client.sessions.pdf("id"), bytes)
    assert_type(client.projects.delete("id"), None)
    assert_type(client.sessions.list(status="completed"), Pages[models.SessionItem])
    for event in client.events.list():
        assert_type(event, models.AnyEvent)
    with client.with_options(timeout=5) as other:
        assert_type(other, Client)


async def check_async_client(client: AsyncClient) -> None:
    assert_type(await client.projects.create(name="A study"), models.Project)
    assert_type(await client.sessions.transcript("id"), models.Transcript)
    assert_type(await client.sessions.pdf("id"), bytes)
    assert_type(client.sessions.list(status="completed"), AsyncPages[models.SessionItem])
    async for campaign in client.campaigns.list():
        assert_type(campaign, models.CampaignItem)
    assert_type((await client.billing.credits()).low_balance_warning.should_warn, bool)


def check_errors(client: Client) -> None:
    client.projects.create()  # type: ignore[call-arg]
    client.projects.create(name=1)  # type: ignore[arg-type]
    client.projects.create(name="A study", colour="red")  # type: ignore[call-arg]
    client.sessions.list(status="finished")  # type: ignore[arg-type]
    client.campaigns.update("id", name=None)  # type: ignore[arg-type]
    client.campaigns.update("id", reminder_hours_before=None)
    client.projects.create(name="A study").colour  # type: ignore[attr-defined]  # noqa: B018
    client.invites.create("id", participants=[{"name": "Ann"}])  # type: ignore[typeddict-item]
