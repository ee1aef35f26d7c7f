"""The same jobs in well-written FastAPI with SQLAlchemy's async engine: columns, no entities.

Run `uvicorn bench.peers.fastapi_app:app --app-dir ROOT`; BENCH_URL is the database.
"""

import os
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import ORJSONResponse
from pydantic import BaseModel
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

URL = os.environ["BENCH_URL"]
LITE = URL.startswith("sqlite")
ORG, KEY = os.environ["BENCH_ORG"], os.environ["BENCH_KEY"]

engine = create_async_engine(URL, pool_size=8)
if LITE:

    @event.listens_for(engine.sync_engine, "connect")
    def pragmas(connection: Any, _: object) -> None:
        for words in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 5000"):
            connection.execute(f"PRAGMA {words}")


def table(name: str, *columns: str, **typed: Any) -> Table:
    made = [Column(c, Text) for c in columns] + [Column(c, kind) for c, kind in typed.items()]
    return Table(name, MetaData(), *made)


# SQLite's strict tables store timestamps and JSON as text, booleans as numbers.
STAMP: Any = Text if LITE else DateTime(timezone=True)
TRUTH: Any = Integer if LITE else Boolean
JSON: Any = Text if LITE else JSONB
campaign = table(
    "campaign", "id", "org_id", "project_id", "script_id", "name", "status",
    created_at=STAMP, invites_sent=Integer, started=Integer, completed=Integer,
)  # fmt: skip
interview = table(
    "interview", "id", "org_id", "campaign_id", "participant_email", "status",
    started_at=STAMP, ended_at=STAMP, duration_seconds=Integer,
)  # fmt: skip
turn = table(
    "turn", "id", "interview_id", "speaker", "text", "sentiment_label", "question_id",
    number=Integer, at=STAMP, elapsed=Float, skipped=TRUTH,
)  # fmt: skip
invite = table(
    "invite", "id", "org_id", "campaign_id", "email", "name", "open_address", "mark",
    "sealed_token", "status", created_at=STAMP, expires_at=STAMP,
    test=TRUTH, metadata=JSON,
)  # fmt: skip

app = FastAPI(default_response_class=ORJSONResponse)


async def connection() -> AsyncIterator[AsyncConnection]:
    async with engine.connect() as made:
        yield made


async def allowed(request: Request) -> str:
    if request.headers.get("authorization") != f"Bearer {KEY}":
        raise HTTPException(401)
    return ORG


Connection = Annotated[AsyncConnection, Depends(connection)]
Org = Annotated[str, Depends(allowed)]


class CampaignItem(BaseModel):
    id: str
    name: str
    status: str
    invites_sent: int
    completed: int
    created_at: datetime
    started: int
    project_id: str
    script_id: str


class Campaigns(BaseModel):
    campaigns: list[CampaignItem]
    total: int
    limit: int
    offset: int


class Detail(CampaignItem):
    completion_rate: float


class SessionItem(BaseModel):
    id: str
    campaign_id: str
    participant_email: str
    status: str
    duration_seconds: int | None
    started_at: datetime
    ended_at: datetime | None


class Sessions(BaseModel):
    sessions: list[SessionItem]
    total: int


class TurnOut(BaseModel):
    timestamp: float
    speaker: str
    text: str
    sentiment: str | None


class Transcript(BaseModel):
    session_id: str
    turns: list[TurnOut]


class Invites(BaseModel):
    emails: list[str]


class Answer(BaseModel):
    number: int
    text: str


ITEMS = [campaign.c[name] for name in CampaignItem.model_fields]
LIST = (
    select(*ITEMS)
    .where(campaign.c.org_id == bindparam("org"))
    .order_by(campaign.c.created_at.desc(), campaign.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
TOTAL = select(func.count()).select_from(campaign).where(campaign.c.org_id == bindparam("org"))
DETAIL = select(*ITEMS).where(
    campaign.c.org_id == bindparam("org"), campaign.c.id == bindparam("id")
)
SESSIONS = (
    select(*[interview.c[name] for name in SessionItem.model_fields])
    .where(
        interview.c.org_id == bindparam("org"), interview.c.campaign_id == bindparam("campaign")
    )
    .where(interview.c.status == bindparam("status"))
    .order_by(interview.c.started_at.desc(), interview.c.id.desc())
    .limit(50)
)
TURNS = (
    select(turn.c.elapsed, turn.c.speaker, turn.c.text, turn.c.sentiment_label)
    .where(turn.c.interview_id == bindparam("id"))
    .order_by(turn.c.number)
)


@app.get("/api/campaigns")
async def campaigns(
    db: Connection,
    org: Org,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Campaigns:
    rows = (await db.execute(LIST, {"org": org, "limit": limit, "offset": offset})).mappings()
    total = (await db.execute(TOTAL, {"org": org})).scalar_one()
    items = [CampaignItem(**row) for row in rows]
    return Campaigns(campaigns=items, total=total, limit=limit, offset=offset)


@app.get("/api/campaigns/{campaign_id}")
async def detail(db: Connection, org: Org, campaign_id: str) -> Detail:
    found = (await db.execute(DETAIL, {"org": org, "id": campaign_id})).mappings().first()
    if found is None:
        raise HTTPException(404)
    started = found["started"]
    rate = round(found["completed"] / started, 2) if started else 0
    return Detail(**found, completion_rate=rate)


@app.get("/api/sessions")
async def sessions(db: Connection, org: Org, campaign_id: str, status: str) -> Sessions:
    given = {"org": org, "campaign": campaign_id, "status": status}
    rows = (await db.execute(SESSIONS, given)).mappings()
    items = [SessionItem(**row) for row in rows]
    return Sessions(sessions=items, total=len(items))


@app.get("/api/session/{session_id}/transcript")
async def transcript(db: Connection, org: Org, session_id: str) -> Transcript:
    own = select(interview.c.id).where(interview.c.org_id == org, interview.c.id == session_id)
    if (await db.execute(own)).first() is None:
        raise HTTPException(404)
    rows = (await db.execute(TURNS, {"id": session_id})).all()
    turns = [
        TurnOut(timestamp=e, speaker=s, text=t, sentiment=label) for e, s, t, label in rows
    ]
    return Transcript(session_id=session_id, turns=turns)


def stamp(moment: datetime) -> Any:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if LITE else moment


@app.post("/api/campaigns/{campaign_id}/invites", status_code=201)
async def create_invites(
    db: Connection, org: Org, campaign_id: str, given: Invites
) -> dict[str, Any]:
    found = (await db.execute(DETAIL, {"org": org, "id": campaign_id})).first()
    if found is None:
        raise HTTPException(404)
    now = datetime.now(UTC)
    rows = [
        {
            "id": str(uuid.uuid4()), "org_id": org, "campaign_id": campaign_id, "email": email,
            "name": "", "open_address": email, "mark": uuid.uuid4().hex, "status": "pending",
            "sealed_token": "", "created_at": stamp(now),
            "expires_at": stamp(now + timedelta(hours=168)),
            "test": 0 if LITE else False, "metadata": "{}" if LITE else {},
        }
        for email in given.emails
    ]  # fmt: skip
    await db.execute(insert(invite), rows)
    more = campaign.c.invites_sent + len(rows)
    await db.execute(
        update(campaign).where(campaign.c.id == campaign_id).values(invites_sent=more)
    )
    await db.commit()
    made = [{"id": r["id"], "email": r["email"], "token": r["mark"]} for r in rows]
    return {"invites": made, "sent": len(rows), "failed": 0}


@app.post("/interview/{session_id}/turns", status_code=201)
async def answer(db: Connection, session_id: str, given: Answer) -> dict[str, Any]:
    rows = [
        {
            "id": str(uuid.uuid4()), "interview_id": session_id, "speaker": speaker,
            "number": given.number + offset, "text": said, "sentiment_label": "neutral",
            "question_id": "q1", "at": stamp(datetime.now(UTC)), "elapsed": 1.5,
            "skipped": 0 if LITE else False,
        }
        for offset, speaker, said in ((0, "participant", given.text), (1, "ai", "And then?"))
    ]  # fmt: skip
    await db.execute(insert(turn), rows)
    await db.commit()
    return {"saved": given.model_dump(), "turn": {"number": given.number + 1}}
