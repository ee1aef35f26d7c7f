"""Transcripts, built once and rendered in many formats; and the list of interviews."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from interviewrelay.analysis import search_terms, sentiment
from interviewrelay.billing.prices import count_started_minutes
from interviewrelay.core.actor import Actor
from interviewrelay.core.conversation import (
    ConversationRecord,
    Sentiment,
    Transcript,
    TranscriptTurn,
)
from interviewrelay.core.db import json_listing, pagination
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.errors import InvalidParameter, StorageUnreachable
from interviewrelay.interviews import interview_counts, state
from interviewrelay.interviews.measures import get_duration_seconds, get_mood
from interviewrelay.models import AnswerRecording, Interview, TurnRow
from interviewrelay.recordings import session_recording
from interviewrelay.runtime import stored_files
from interviewrelay.runtime.services import Services
from interviewrelay.search import search
from interviewrelay.transcripts import listing as transcript_listing, sound_times

SessionStatus = Literal["completed", "in_progress", "abandoned"]
Standing = Literal["completed", "in_progress", "paused", "abandoned"]
"""List filter: a status, or `paused` for those in progress that are paused."""
Mode = Literal["text", "voice"]

log = logging.getLogger(__name__)


def list_sessions(
    actor: Actor,
    window: pagination.Window = pagination.Window(),
    *,
    campaign_id: str | None = None,
    status: Standing | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
    sentiment: Sentiment | None = None,
    language: str | None = None,
    mode: Mode | None = None,
    noted: bool = False,
    tag: str = "",
    q: str = "",
    oldest_first: bool = False,
) -> pagination.Page[Interview]:
    """Interviews of an organization that started in a period, newest or oldest first; with `q`,
    those that match it, always newest first (`search`).

    Sentiment is known once an interview has ended. An invalid or unknown campaign id matches none.
    Raises InvalidParameter when the period ends before it begins.
    """
    _in_order(since, before)
    wanted = search.SearchFilters(
        actor.org_id,
        search_terms.parse_phrases(q),
        campaign_id,
        "in_progress" if status == "paused" else status,
        since,
        before,
        sentiment,
        language,
        noted,
        tag,
        mode,
        status == "paused",
    )
    if q.strip():
        return search.fetch_page(wanted, window)
    mine = search.apply_filters(select(Interview), wanted)
    mine = mine.options(joinedload(Interview.campaign))
    plain = not (since or before) and wanted.of_rows.keys() <= {"status"}
    counted = interview_counts.count_interviews(actor, campaign_id, status) if plain else None
    return pagination.fetch_page(
        mine, Interview.started_at, Interview.id, window, counted, oldest_first=oldest_first
    )


def list_newest_sessions(actor: Actor, most: int) -> Sequence[Interview]:
    """The newest interviews of an organization, without a count."""
    mine = select(Interview).where(Interview.org_id == actor.org_id)
    shown = mine.options(joinedload(Interview.campaign))
    return pagination.fetch_newest(shown, Interview.started_at, Interview.id, most)


def list_sessions_as_json(
    actor: Actor,
    window: pagination.Window,
    *,
    campaign_id: str | None,
    status: SessionStatus | None,
    since: datetime | None,
    before: datetime | None,
) -> json_listing.JsonPage:
    """The same as JSON in the API's shape. Raises like `list_sessions`."""
    _in_order(since, before)
    return transcript_listing.INTERVIEWS.get_page(
        actor,
        window,
        campaign_id=campaign_id,
        status=status,
        since=since,
        before=before,
    )


def _in_order(since: datetime | None, before: datetime | None) -> None:
    if since and before and before <= since:
        raise InvalidParameter.field(
            "end_date", "ISO 8601 date", "The 'end_date' must not be before the 'start_date'"
        )


def build_transcript(interview: Interview) -> Transcript:
    """Transcript with times, sentiment and details of the interview."""
    rows, campaign = state.list_turns(interview), interview.campaign
    names = campaign.name, campaign.project.name, campaign.organization.name
    layout = session_recording.get_layout(interview)
    conversation = build_conversation(
        interview, rows, layout, find_confidences(interview, layout)
    )
    made = compose_transcript(interview, names, conversation.turns)
    agreed = {"version": interview.consent.version, "agreed_at": interview.consent.agreed_at}
    return replace(made, consent=agreed, sentiment=get_mood(interview, rows))


def compose_transcript(
    interview: Interview, names: tuple[str, str, str], turns: tuple[TranscriptTurn, ...]
) -> Transcript:
    """Transcript from an interview's row alone, without consent and sentiment; `names` are those of
    its campaign, project and organization.
    """
    seconds = get_duration_seconds(interview)
    return Transcript(
        session_id=interview.id,
        title=names[0],
        project=names[1],
        organization=names[2],
        participant_email=interview.participant_email,
        participant_name=interview.participant_name,
        status=interview.status,
        language=interview.language,
        mode=interview.mode,
        interviewer=interview.interviewer,
        consent=None,
        started_at=interview.started_at,
        completed_at=interview.ended_at if interview.status == "completed" else None,
        duration_seconds=seconds,
        duration_minutes=count_started_minutes(seconds),
        credits_charged=interview.credits_charged,
        sentiment={},
        turns=turns,
        closing=interview.closing_text,
        danger=interview.ended_by == "care",
        early=interview.ended_by == "participant" and not interview.complete,
    )


def build_conversation(
    interview: Interview,
    rows: Sequence[TurnRow],
    layout: sound_times.Layout | None,
    confidences: Mapping[int, float],
) -> ConversationRecord:
    """Transcript turns from all the turns of an interview, and from the layout of its recording.

    `confidences` are those of recognised answers by number, for an interview without a recording.
    """
    amended_by = group_corrections((row.number, row.amends) for row in rows)
    turns = [
        _turn(
            row,
            before,
            interview.language,
            amended_by.get(row.number, ()),
            confidences.get(row.number, 1),
        )
        for row, before in zip(rows, (None, *rows[:-1]), strict=True)
    ]
    return ConversationRecord(
        session_id=interview.id,
        started_at=interview.started_at,
        completed_at=interview.ended_at if interview.status == "completed" else None,
        turns=sound_times.place_turns(turns, layout),
        closing=interview.closing_text,
    )


def render_pdf(services: Services, interview: Interview) -> bytes:
    """Transcript as PDF. Raises PdfUnavailable."""
    transcript = build_transcript(interview)
    release_connection()
    return render_transcript_pdf(services, transcript)


def render_transcript_pdf(services: Services, transcript: Transcript) -> bytes:
    """PDF, cached under the transcript's digest until its content changes; reads no rows.

    If file storage is unavailable, it is rendered and not cached. Raises PdfUnavailable.
    """
    name, head = (
        stored_files.get_pdf_name(transcript.session_id),
        transcript.digest().encode() + b"\n",
    )
    try:
        kept = services.storage.get(name)
    except StorageUnreachable:
        return services.pdf.render(transcript)
    if kept is not None and kept.startswith(head):
        return kept[len(head) :]
    made = services.pdf.render(transcript)
    try:
        services.storage.put(name, head + made)
    except (
        StorageUnreachable
    ) as fault:  # for example a full disk; the next request renders it again
        log.warning("pdf_not_kept", extra={"reason": fault.why})
    return made


def find_confidences(
    interview: Interview, layout: sound_times.Layout | None
) -> dict[int, float]:
    """Confidence of the recognised answers of a spoken interview that stand as they were recognised,
    by number; empty if the layout of its recording holds them.
    """
    if interview.mode == "text" or layout:
        return {}
    query = CONFIDENCES.where(AnswerRecording.interview_id == interview.id)
    return {row.number: row.confidence for row in db.session.execute(query)}


CONFIDENCES: Final = (
    select(AnswerRecording.number, func.avg(AnswerRecording.confidence).label("confidence"))
    .join(
        TurnRow,
        and_(
            TurnRow.interview_id == AnswerRecording.interview_id,
            TurnRow.number == AnswerRecording.number,
            TurnRow.text == AnswerRecording.text,
        ),
    )
    .where(AnswerRecording.used, AnswerRecording.confidence.is_not(None))
    .group_by(AnswerRecording.number)
)


def group_corrections(turns: Iterable[tuple[int, int | None]]) -> dict[int, tuple[int, ...]]:
    """Corrections of each answer, by number, in order. `turns` pairs each number with that of the
    answer that it corrects.
    """
    found: dict[int, tuple[int, ...]] = {}
    for number, amends in turns:
        if amends is not None:
            found[amends] = (*found.get(amends, ()), number)
    return found


def _turn(
    row: TurnRow,
    before: TurnRow | None,
    language: str,
    amended_by: tuple[int, ...],
    confidence: float,
) -> TranscriptTurn:
    spoken = row.speaker == "participant" and before is not None
    return TranscriptTurn(
        id=row.id,
        number=row.number,
        timestamp=round_seconds(row.elapsed),
        speaker=row.speaker,  # type: ignore[arg-type]
        text=row.text,
        # An answer that is still being processed has no stored sentiment yet.
        sentiment=row.sentiment_label or sentiment.score_text(row.text, language).label,  # type: ignore[arg-type]
        duration=round_seconds(row.elapsed - before.elapsed) if spoken and before else None,
        confidence=confidence if spoken else None,
        question_id=row.question_id,
        decision=row.decision,
        skipped=row.skipped,
        amends=row.amends,
        amended_by=amended_by,
        original=row.original,
        struck=row.struck,
        quotable=row.quotable,
    )


def round_seconds(value: float) -> float:
    """Seconds rounded to tenths, whole ones without a point: `0` or `3.5`; like
    `export_queries.tenths`.
    """
    tenths = int(max(value, 0) * 10 + 0.5)
    return tenths / 10 if tenths % 10 else tenths // 10
