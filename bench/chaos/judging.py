"""Comparison of what was confirmed with what is stored."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from bench.chaos.clients import Record
from bench.chaos.stored import Stored


@dataclass(slots=True)
class Finding:
    """Findings, one line each: lost writes, duplicates, and other contradictions."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def judged(record: Record, stored: Stored) -> Finding:
    finding = Finding()
    _invites(record, stored, finding)
    _turns(record, stored, finding)
    _sessions(record, stored, finding)
    finding.wrong += [f"{count} × {what}" for what, count in record.odd.most_common()]
    finding.wrong += stored.unsound
    return finding


def _invites(record: Record, stored: Stored, finding: Finding) -> None:
    there = Counter(stored.invites)
    finding.lost += [f"invite {email}" for email in record.invites if not there[email]]
    finding.doubled += _again("invite", stored.invites)


def _turns(record: Record, stored: Stored, finding: Finding) -> None:
    there = set(stored.turns)
    finding.lost += [
        f"turn {turn.number} of {turn.session_id}" for turn in record.turns if turn not in there
    ]
    finding.doubled += _again("turn", ((t.session_id, t.id) for t in stored.turns))
    finding.wrong += [
        f"turn {turn.number} of {turn.session_id}: nobody sent it"
        for turn in stored.turns
        if turn.id not in record.sent
    ]
    finding.wrong += [
        f"session {session_id}: its turns are numbered {numbers}"
        for session_id, numbers in stored.numbers.items()
        if numbers != list(range(1, len(numbers) + 1))
    ]


def _sessions(record: Record, stored: Stored, finding: Finding) -> None:
    """Completed sessions must be announced and charged once, and no others."""
    finding.lost += [
        f"start of {session}" for session in record.starts if session not in stored.sessions
    ]
    completed = {s for s, status in stored.sessions.items() if status == "completed"}
    finding.lost += [
        f"completion of {session}" for session in record.completions if session not in completed
    ]
    finding.doubled += [
        f"event of {session}, told {count} times"
        for session, count in stored.told.items()
        if count > 1
    ]
    for session in stored.sessions:
        told, taken = bool(stored.told[session]), stored.ledger.get(session, 0)
        if told != (session in completed):
            finding.wrong.append(
                f"session {session} is {stored.sessions[session]}, and its completion is "
                f"{'' if told else 'not '}told"
            )
        if taken != stored.charged[session] or (session in completed) != (taken > 0):
            finding.wrong.append(
                f"session {session} is {stored.sessions[session]}, was charged "
                f"{stored.charged[session]}, and the ledger took {taken}"
            )


def _again(what: str, found: Iterable[Hashable]) -> list[str]:
    """Lines for everything that occurs more than once."""
    return [
        f"{what} {one}, {count} times" for one, count in Counter(found).items() if count > 1
    ]
