"""Stored rows of a campaign, read with the database's own driver."""

from collections import Counter
from dataclasses import dataclass, field

from bench.chaos.clients import Turn
from bench.chaos.host import Host
from bench.rows import Writer


@dataclass(slots=True)
class Stored:
    """Stored state: addresses of invites; sessions by status with their charges; participants'
    turns and the numbers of all turns by session; how often each completion was announced and
    what the ledger charged; and problems of the whole database.
    """

    invites: list[str]
    sessions: dict[str, str]
    charged: dict[str, int]
    turns: list[Turn]
    numbers: dict[str, list[int]]
    told: Counter[str]
    ledger: dict[str, int]
    unsound: list[str] = field(default_factory=list)


def read(host: Host, campaign_id: str) -> Stored:
    """Read the state while nobody writes, sum up the ledger, and run `doctor`."""
    of_campaign = f"(SELECT id FROM interview WHERE campaign_id = '{campaign_id}')"
    rows = Writer(host.instance.plain)
    try:
        stored = Stored(
            invites=[
                email
                for (email,) in rows.run(
                    f"SELECT email FROM invite WHERE campaign_id = '{campaign_id}'"
                )
            ],
            sessions={},
            charged={},
            turns=[],
            numbers={},
            told=Counter(
                session_id
                for (session_id,) in rows.run(
                    "SELECT session_id FROM event WHERE kind = 'session.completed' "
                    f"AND session_id IN {of_campaign}"
                )
            ),
            ledger={
                session_id: int(taken)
                for session_id, taken in rows.run(
                    "SELECT session_id, -SUM(amount) FROM credit_entry WHERE kind = 'charge' "
                    f"AND session_id IN {of_campaign} GROUP BY session_id"
                )
            },
            unsound=_ledger(rows),
        )
        for session_id, status, charged in rows.run(
            f"SELECT id, status, credits_charged FROM interview WHERE id IN {of_campaign}"
        ):
            stored.sessions[session_id] = status
            stored.charged[session_id] = charged or 0
        for session_id, number, speaker, name, text in rows.run(
            "SELECT interview_id, number, speaker, client_turn_id, text FROM turn "
            f"WHERE interview_id IN {of_campaign} ORDER BY interview_id, number"
        ):
            stored.numbers.setdefault(session_id, []).append(number)
            if speaker == "participant":
                stored.turns.append(Turn(session_id, number, name, text))
    finally:
        rows.close()
    stored.unsound += host.doctor()
    return stored


def _ledger(rows: Writer) -> list[str]:
    """Differences between the entries and the balances."""
    made: dict[tuple[str, str], int] = {
        (org_id, pool): int(total)
        for org_id, pool, total in rows.run(
            "SELECT org_id, pool, SUM(amount) FROM credit_entry GROUP BY org_id, pool"
        )
    }
    return [
        f"{pool} of {org_id} is {balance}, but its entries add up to {made.get((org_id, pool), 0)}"
        for org_id, *balances in rows.run(
            "SELECT org_id, starter, monthly, topup FROM credit_account"
        )
        for pool, balance in zip(("starter", "monthly", "topup"), balances, strict=True)
        if made.get((org_id, pool), 0) != balance
    ]
