"""Words to search, and what was erased.

Revision ID: 0005
Revises: 0004
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from interviewrelay.analysis import search_words
from interviewrelay.database import Flag, UtcDateTime
from interviewrelay.models.search import PLACES, Words, first_place

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CHUNK = 2_000
SAID = sa.table(
    "said",
    sa.column("id", sa.BigInteger()),
    sa.column("interview_id", sa.Text()),
    sa.column("words", Words()),
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "erasure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("test", Flag(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organization.id"], name=op.f("fk_erasure_org_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_erasure_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("session_id", name=op.f("uq_erasure_session_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_erasure_org_id", "erasure", ["org_id"])
    op.create_index("ix_erasure_campaign_id", "erasure", ["campaign_id"])
    op.create_table(
        "said",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.INTEGER(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_said_interview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_said")),
        sqlite_strict=True,
    )
    op.create_index("ix_said_interview_id", "said", ["interview_id"])
    if sqlite:
        _index_on_sqlite()
    _fill()
    if not sqlite:
        op.execute("CREATE INDEX said_words ON said USING gin (words)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE said_words")
    op.drop_table("said")
    op.drop_table("erasure")


def _index_on_sqlite() -> None:
    """Kept by triggers, so that no way of deleting (cascades too) leaves a word behind."""
    op.execute(
        "CREATE VIRTUAL TABLE said_words USING "
        "fts5(words, content='said', content_rowid='id', tokenize='ascii')"
    )
    op.execute("INSERT INTO said_words (said_words, rank) VALUES ('secure-delete', 1)")
    op.execute(
        "CREATE TRIGGER said_words_added AFTER INSERT ON said BEGIN "
        "INSERT INTO said_words (rowid, words) VALUES (new.id, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER said_words_removed AFTER DELETE ON said BEGIN "
        "INSERT INTO said_words (said_words, rowid, words) "
        "VALUES ('delete', old.id, old.words); END"
    )


def _fill() -> None:
    """The answers that are there already, in the order of their interviews."""
    bind = op.get_bind()
    after: tuple[str, int] = ("", 0)
    last: tuple[str, int] | None = None
    while True:
        rows = bind.execute(
            sa.text(
                "SELECT t.interview_id, t.number, t.text, i.started_at, i.org_id, i.campaign_id "
                "FROM turn t JOIN interview i ON i.id = t.interview_id "
                "WHERE t.speaker = 'participant' AND t.text <> '' "
                "AND (t.interview_id, t.number) > (:interview, :number) "
                "ORDER BY t.interview_id, t.number LIMIT :most"
            ),
            {"interview": after[0], "number": after[1], "most": CHUNK},
        ).all()
        if not rows:
            return
        for row in rows:
            moment = row.started_at
            if isinstance(moment, str):
                moment = datetime.fromisoformat(moment)
            last = _place(bind, row.interview_id, moment.astimezone(UTC), last)
            spoken = search_words.words(row.text)
            words = search_words.labels(row.org_id, row.campaign_id) + spoken
            bind.execute(
                sa.insert(SAID), {"id": last[1], "interview_id": last[0], "words": words}
            )
        after = (rows[-1].interview_id, rows[-1].number)


def _place(
    bind: sa.Connection, interview_id: str, moment: datetime, last: tuple[str, int] | None
) -> tuple[str, int]:
    """The next free number of an interview's moment."""
    if last is not None and last[0] == interview_id:
        return interview_id, last[1] + 1
    low = first_place(moment)
    taken = bind.execute(
        sa.text("SELECT max(id) FROM said WHERE id >= :low AND id < :high"),
        {"low": low, "high": low + PLACES},
    ).scalar_one()
    return interview_id, low if taken is None else taken + 1
