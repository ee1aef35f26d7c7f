"""Ledger entries of nothing: a charge that was waived, a taking back where nothing was free.

Going down is possible while no such entry has been written: nothing is ever taken out of the ledger.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _check("amount <> 0 OR kind IN ('charge', 'adjust')")


def downgrade() -> None:
    _check("amount <> 0")


def _check(rule: str) -> None:
    name = op.f("ck_credit_entry_amount")
    with op.batch_alter_table("credit_entry", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, rule)
    if op.get_bind().dialect.name == "sqlite":
        # SQLite has the table made anew, and its triggers went with the old one.
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER credit_entry_no_{act.lower()} BEFORE {act} ON credit_entry "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
