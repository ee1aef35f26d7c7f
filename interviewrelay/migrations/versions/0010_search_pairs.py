"""The search keeps pairs of words, and whose an answer is in words that nobody can say.

Revision ID: 0010
Revises: 0006
"""

from collections.abc import Callable

from alembic import op

from interviewrelay.analysis import search_terms
from interviewrelay.migrations import search_tables

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # With pairs, SQLite's index need not know where a word stands.
    _anew(search_terms.kept, ", detail=none")


def downgrade() -> None:
    _anew(_words_of_before, "")


def _anew(words: Callable[[str, str, str], list[str]], options: str) -> None:
    bind = op.get_bind()
    search_tables.drop_index(bind)
    op.execute("DELETE FROM said")
    search_tables.fill(bind, words)
    search_tables.make_index(bind, options)


def _words_of_before(org_id: str, campaign_id: str, spoken: str) -> list[str]:
    labels = ["o" + org_id.replace("-", ""), "c" + campaign_id.replace("-", "")]
    return labels + search_terms.words(spoken)
