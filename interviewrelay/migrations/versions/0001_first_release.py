"""The tables of the first release.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from interviewrelay.core.db.session import Flag
from interviewrelay.migrations.table_helpers import (
    LARGE,
    check,
    documents,
    flags,
    foreign_key,
    index,
    key,
    large_numbers,
    moments,
    numbers,
    org_key,
    reals,
    table,
    texts,
    unique,
)
from interviewrelay.models.mixins import one_of
from interviewrelay.models.search import SearchWords

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _organizations()
    _access()
    _settings()
    _scripts()
    _campaigns()
    _invites()
    _interviews()
    _turns()
    _mail()
    _notes()
    _webhooks()
    _deliveries()
    _billing()
    _ledger()
    _append_only()
    _operations()
    _search()
    _search_index()


def _organizations() -> None:
    """Organizations, and the people in them."""
    table(
        "organization",
        key(), texts("name", "slug", "plan"),
        numbers("requests_per_hour", "monthly_credits", "transcript_days", "address_days", null=True),
        texts("time_zone", "language", "contact", "sender_name", "reply_to", null=True),
        moments("created_at"),
        one_of("plan", "free", "starter", "professional", "enterprise"), unique("slug"),
    )  # fmt: skip
    index("organization", "created_at", "id")
    table(
        "person",
        key(), texts("email", "name", "password_hash"), flags("system_admin"),
        moments("created_at"),
        unique("email"),
    )  # fmt: skip
    table(
        "membership",
        key(), org_key(), foreign_key("person", "user_id"), texts("role"),
        moments("no_model_reminder_at", null=True), moments("created_at"),
        one_of("role", "owner", "admin", "researcher", "viewer"), unique("org_id", "user_id"),
    )  # fmt: skip
    index("membership", "user_id")
    table(
        "member_invite",
        key(), org_key(), texts("email", "role", "invited_by"), texts("mark", null=True),
        moments("created_at", "expires_at"),
        one_of("role", "owner", "admin", "researcher", "viewer"), unique("mark"),
        unique("org_id", "email"),
    )  # fmt: skip


def _access() -> None:
    """Credentials of people and programs, and their last visits."""
    table(
        "api_key",
        key(), org_key(), foreign_key("membership"), texts("name", "public_id", "mark"),
        texts("marked_by", null=True), texts("last_four"), documents("permissions"),
        flags("test"), moments("created_at"),
        moments("expires_at", "revoked_at", "last_used_at", null=True),
        unique("public_id"),
    )  # fmt: skip
    index("api_key", "membership_id")
    index("api_key", "org_id", "created_at")
    table(
        "login",
        key(), texts("mark"), foreign_key("membership"), moments("created_at", "seen_at"),
        texts("device", null=True),
        unique("mark"),
    )  # fmt: skip
    index("login", "membership_id")
    table(
        "look",
        foreign_key("membership", key=True), moments("at"), numbers("started", "completed"),
        moments("since", null=True), numbers("since_started", "since_completed"),
    )  # fmt: skip
    table(
        "password_link",
        key(), texts("mark"), foreign_key("person", "user_id"), moments("created_at", "expires_at"),
        unique("mark"),
    )  # fmt: skip
    index("password_link", "user_id")
    table("password_ask", key(), texts("mark"), moments("created_at"))
    index("password_ask", "mark", "created_at")


def _settings() -> None:
    """Settings of organizations, and the audit log."""
    table(
        "branding",
        org_key(key=True), texts("accent", "logo_id", null=True),
        numbers("logo_width", "logo_height", null=True), moments("changed_at"),
        unique("logo_id"),
    )  # fmt: skip
    table(
        "model_choice",
        org_key(key=True), texts("version", "whose", "base_url", "name"),
        texts("sealed_key", null=True), texts("last_four"), flags("hides_personal_data"),
        numbers("daily_tokens"), moments("changed_at"), texts("changed_by", null=True),
        check("own", "whose <> 'own' OR (base_url <> '' AND name <> '')"),
        check("tokens", "daily_tokens >= 0"), one_of("whose", "server", "own", "none"),
    )  # fmt: skip
    table(
        "server_model",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False), texts("version"),
        numbers("port"), texts("name"), moments("changed_at"), texts("changed_by", null=True),
        check("name", "name <> ''"), check("one", "id = 1"),
        check("port", "port BETWEEN 1 AND 65535"),
    )  # fmt: skip
    table(
        "audit_entry",
        key(), org_key(), moments("at"), texts("door"), texts("user_id", null=True),
        texts("act", "about"), texts("request_id", null=True),
        one_of("door", "page", "key", "command", "server"),
    )  # fmt: skip
    index("audit_entry", "at")
    index("audit_entry", "org_id", "at", "id")


def _scripts() -> None:
    """Scripts and their published versions."""
    table(
        "script",
        key(), org_key(), documents("document"), documents("previous", null=True),
        texts("name", "folded"), numbers("latest_version"), flags("changed_since_publication"),
        moments("created_at", "updated_at"), moments("deleted_at", null=True),
    )  # fmt: skip
    index("script", "org_id", "created_at")
    table(
        "script_version",
        key(), foreign_key("script"), numbers("number"), documents("document"), moments("created_at"),
        unique("script_id", "number"),
    )  # fmt: skip


def _campaigns() -> None:
    """Projects, campaigns, and the people that a draft will invite."""
    table(
        "project",
        key(), org_key(), texts("name"), texts("description", null=True), moments("created_at"),
    )  # fmt: skip
    index("project", "org_id", "created_at")
    table(
        "campaign",
        key(), org_key(), foreign_key("project", ondelete=None), foreign_key("script", ondelete=None),
        foreign_key("script_version", "version_id", ondelete=None), texts("name", "status"),
        reals("invite_valid_hours"), documents("settings", "metadata"),
        numbers("reminder_hours_before", null=True), moments("starts_at", "ends_at", null=True),
        numbers("max_sessions", "max_completed", null=True), texts("custom_message"),
        moments("created_at"), numbers("invites_sent"), numbers("opened_only", default="0"),
        numbers("started", "completed"), numbers("ended_early", default="0"),
        numbers("abandoned", "failed", "cancelled", "expired", "completed_seconds"),
        one_of("status", "draft", "active", "paused", "completed", "archived"),
    )  # fmt: skip
    index("campaign", "org_id", "created_at", "id")
    index("campaign", "org_id", "status", "created_at", "id", name="org_id_status")
    index("campaign", "project_id", "created_at", "id")
    index("campaign", "script_id")
    index("campaign", "version_id")
    table(
        "roster",
        foreign_key("campaign", key=True),
        org_key(),
        texts("text"),
        moments("changed_at"),
    )
    index("roster", "changed_at")
    index("roster", "org_id")


def _invites() -> None:
    """Invites into campaigns."""
    table(
        "invite",
        key(), org_key(), foreign_key("campaign"), texts("email", "name", "folded"),
        documents("metadata"), texts("open_address", null=True),
        texts("mark", "sealed_token", "status"), flags("test"),
        moments("created_at", "expires_at"),
        moments("expired_at", "opened_at", "reminded_at", null=True), flags("reminder_over"),
        one_of("status", "pending", "started", "completed", "cancelled"),
        unique("campaign_id", "open_address"), unique("mark"),
    )  # fmt: skip
    index("invite", "campaign_id", "created_at", "id")
    index("invite", "campaign_id", "status", "expires_at", name="campaign_id_status")
    index(
        "invite",
        "campaign_id",
        name="campaign_id_test",
        where=sa.column("test", Flag()).is_(sa.true()),
    )
    index(
        "invite",
        "org_id",
        "expires_at",
        name="org_id_unused",
        where="status IN ('pending', 'cancelled') AND email NOT LIKE '%@erased.invalid'",
    )
    index("invite", "status", "expired_at", "expires_at", name="status_expired_at")


def _interviews() -> None:
    """Interviews with their consent."""
    table(
        "consent",
        key(), org_key(), texts("version", "text", "language"), moments("agreed_at"),
    )  # fmt: skip
    table(
        "interview",
        key(), org_key(), foreign_key("campaign"), foreign_key("invite"), foreign_key("consent", ondelete=None),
        texts("participant_email", "participant_name", "status", "mode", "language", "interviewer"),
        flags("structured", default=False), flags("test"), documents("metadata"),
        moments("started_at", "last_at"), moments("ended_at", "paused_at", null=True),
        reals("paused_seconds"), numbers("duration_seconds", "credits_charged", null=True),
        texts("closing_text", "ended_by", null=True), flags("complete", null=True),
        moments("safety_at", "safety_seen_at", null=True),
        texts("safety_seen_by", "sentiment_label", null=True),
        reals("sentiment_score", null=True), numbers("feedback_rating", null=True),
        texts("feedback_comment", null=True), numbers("summary_rating", null=True),
        moments("created_at"),
        one_of("status", "in_progress", "completed", "abandoned", "failed"),
        unique("consent_id"), unique("invite_id"),
    )  # fmt: skip
    index("interview", "campaign_id", "started_at", "id")
    index("interview", "campaign_id", "status", "started_at", "id", name="campaign_id_status")
    index("interview", "org_id", "language", "started_at", "id", name="org_id_language")
    index("interview", "org_id", "mode", "started_at", "id", name="org_id_mode")
    index(
        "interview",
        "org_id",
        "sentiment_label",
        "started_at",
        "id",
        name="org_id_sentiment_label",
    )
    index("interview", "org_id", "started_at", "id")
    index("interview", "org_id", "status", "started_at", "id", name="org_id_status")
    index(
        "interview",
        "org_id",
        name="org_id_unseen_safety",
        where="safety_at IS NOT NULL AND safety_seen_at IS NULL",
    )
    index("interview", "status", "last_at")


def _turns() -> None:
    """Turns of interviews, and resume codes."""
    table(
        "turn",
        key(), foreign_key("interview"), numbers("number"), texts("speaker", "text"), moments("at"),
        reals("elapsed"), flags("skipped"), texts("question_id", null=True),
        documents("decision", "reading", null=True), texts("sentiment_label", null=True),
        reals("sentiment_score", null=True), texts("client_turn_id", "original", null=True),
        flags("struck", default=False), flags("quotable", default=True),
        one_of("speaker", "ai", "participant"), unique("interview_id", "number"),
    )  # fmt: skip
    table(
        "resume_code",
        key(), org_key(), foreign_key("interview"), texts("mark", "sealed_code"),
        moments("created_at", "expires_at"),
        unique("interview_id"), unique("mark"),
    )  # fmt: skip
    table(
        "interview_count",
        org_key(key=True), texts("campaign_id", "status", key=True), numbers("number"),
    )  # fmt: skip


def _mail() -> None:
    """Outbox, and suppressed addresses."""
    table(
        "mail",
        key(), org_key(), foreign_key("invite", null=True), texts("to_mark", "recipient", null=True),
        documents("facts", null=True), texts("kind", "dedupe", "custom_message", "state"),
        numbers("attempts"), moments("next_at"), moments("tried_until", null=True),
        texts("last_error", null=True), moments("created_at"), moments("sent_at", null=True),
        texts("request_id", null=True),
        one_of("state", "queued", "sending", "sent", "kept", "failed"),
        check("to_whom", "(invite_id IS NULL) = (recipient IS NOT NULL AND facts IS NOT NULL)"),
        unique("dedupe"),
    )  # fmt: skip
    index("mail", "invite_id")
    index("mail", "org_id", "created_at")
    index("mail", "org_id", "state", name="org_id_left", where="state IN ('kept', 'failed')")
    index("mail", "org_id", "to_mark", "created_at", name="org_id_to_mark")
    index("mail", "state", "next_at")
    table(
        "suppression",
        key(), org_key(), texts("mark", "reason"), moments("created_at"),
        one_of("reason", "unsubscribed", "added"), unique("org_id", "mark"),
    )  # fmt: skip
    index("suppression", "org_id", "created_at", "id")


def _notes() -> None:
    """Notes on answers, and saved filters."""
    table(
        "note",
        key(), org_key(), foreign_key("campaign"), foreign_key("interview"), foreign_key("turn", null=True),
        numbers("quote_start", "quote_end", null=True), texts("text"),
        foreign_key("person", "user_id", ondelete="SET NULL", null=True), texts("author"),
        moments("created_at"), moments("changed_at", null=True), texts("changed_by", null=True),
        check("quote", "(quote_start IS NULL) = (quote_end IS NULL)"),
        check("quoted_turn", "quote_start IS NULL OR turn_id IS NOT NULL"),
    )  # fmt: skip
    index("note", "campaign_id", "created_at", "id")
    index("note", "interview_id")
    index("note", "org_id", "interview_id")
    index("note", "turn_id")
    index("note", "user_id")
    table("note_tag", foreign_key("note", key=True), texts("name", key=True))
    index("note_tag", "name")
    table(
        "saved_view",
        key(), org_key(), foreign_key("membership", ondelete="SET NULL", null=True), texts("name"),
        documents("filters"), flags("shared"), moments("created_at", "changed_at"),
    )  # fmt: skip
    index("saved_view", "membership_id")
    index("saved_view", "org_id", "name")


def _webhooks() -> None:
    """Events, and webhooks."""
    table(
        "event",
        key(), org_key(), large_numbers("position"), texts("project_id", null=True),
        texts("kind"), texts("session_id", "invite_id", null=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False), moments("created_at"),
        texts("request_id", null=True),
        unique("org_id", "position"),
    )  # fmt: skip
    index("event", "created_at")
    index("event", "invite_id")
    index("event", "session_id")
    table("event_stream", org_key(key=True), large_numbers("last"))
    table(
        "webhook",
        key(), org_key(), foreign_key("project", null=True), texts("url", "description"),
        documents("kinds"), texts("sealed_key"), texts("sealed_old_key", null=True),
        moments("old_key_until", null=True), texts("disabled_by"),
        moments("disabled_at", "failing_since", null=True), moments("created_at"),
        check("disabled", "(disabled_by = '') = (disabled_at IS NULL)"),
        one_of("disabled_by", "", "hand", "gone", "failing"),
    )  # fmt: skip
    index("webhook", "org_id", "created_at")


def _deliveries() -> None:
    """Deliveries of events to webhooks."""
    table(
        "delivery",
        key(), org_key(), foreign_key("event"), foreign_key("webhook"), texts("state"), numbers("tries"),
        moments("next_at"), texts("lease", null=True), moments("created_at"),
        moments("delivered_at", null=True),
        one_of("state", "pending", "sent", "delivered", "failed", "cancelled"),
        unique("event_id", "webhook_id"),
    )  # fmt: skip
    index("delivery", "state", "next_at")
    index("delivery", "webhook_id", "created_at")
    index("delivery", "webhook_id", "state", "next_at")
    table(
        "attempt",
        key(), foreign_key("delivery"), numbers("number"), moments("at"), numbers("milliseconds"),
        numbers("status", null=True), texts("fault", null=True), texts("answer"),
        check("outcome", "(status IS NULL) = (fault IS NOT NULL)"),
        unique("delivery_id", "number"),
    )  # fmt: skip


def _billing() -> None:
    """Credits: balances and holds, payments, and use by day."""
    table(
        "credit_account",
        org_key(key=True),
        numbers("starter", "monthly", "topup", "held", "seq", "monthly_amount", "period_amount"),
        moments("monthly_reset_at"), texts("warned"), numbers("warn_below", null=True),
        moments("last_low_balance_warning_at", null=True), moments("updated_at"),
        one_of("warned", "info", "warning", "critical"),
        check("whole", "starter >= 0 AND monthly >= 0 AND topup >= 0 AND held >= 0"),
    )  # fmt: skip
    table(
        "credit_hold",
        key(), org_key(), texts("session_id"), texts("campaign_id", null=True),
        numbers("amount"), texts("state"), numbers("minutes", "charged", null=True),
        moments("created_at"), moments("resolved_at", null=True),
        check("amount", "amount > 0"), one_of("state", "open", "posted", "voided", "expired"),
        unique("session_id"),
    )  # fmt: skip
    index("credit_hold", "org_id", "resolved_at")
    index("credit_hold", "org_id", "state")
    table(
        "payment",
        key(), org_key(), numbers("credits", "cents"), texts("currency", "state"),
        texts("checkout_id", "url", "payment_intent_id", null=True),
        numbers("refund_seen", "refund_done", "refunded_credits"), moments("created_at"),
        moments("paid_at", null=True),
        check("amount", "credits > 0 AND cents > 0"),
        check("refund", "refund_seen >= 0 AND refunded_credits >= 0"),
        one_of("state", "open", "paid", "expired", "failed", "mismatch"),
        unique("payment_intent_id"),
    )  # fmt: skip
    index("payment", "org_id")
    table(
        "day_count",
        org_key(key=True), texts("campaign_id", "day", key=True), numbers("completed"),
        numbers("ended_early", default="0"), numbers("charged", "minutes", "credits"),
    )  # fmt: skip
    index("day_count", "org_id", "day")


def _ledger() -> None:
    """Credit ledger, which is append-only."""
    table(
        "credit_entry",
        key(), org_key(), numbers("seq"), texts("pool"), numbers("amount"), texts("kind"),
        numbers("pool_after", "balance_after"), texts("reference", "description"),
        texts("session_id", "payment_intent_id", null=True), moments("created_at"),
        check("amount", "amount <> 0 OR kind IN ('charge', 'adjust')"),
        check("balance", "balance_after >= 0 AND pool_after >= 0"),
        one_of("kind", "grant", "reset", "purchase", "charge", "refund", "adjust", "expire"),
        one_of("pool", "starter", "monthly", "topup"), unique("org_id", "reference", "pool"),
        unique("org_id", "seq"),
    )  # fmt: skip
    index("credit_entry", "created_at", "id", name="created_at_id")
    index("credit_entry", "org_id", "created_at")
    index("credit_entry", "session_id")


def _operations() -> None:
    """Jobs, stored responses, background checks, retired keys and erasures."""
    table(
        "job",
        key(), org_key(), texts("kind", "subject"), numbers("tries"),
        moments("next_at", "created_at"), texts("request_id", null=True),
        unique("kind", "subject"),
    )  # fmt: skip
    index("job", "next_at")
    table(
        "kept_answer",
        key(), org_key(), texts("mark", "fingerprint", "state"),
        moments("running_until", null=True), numbers("status", null=True),
        texts("sealed", null=True), moments("created_at"),
        one_of("state", "running", "done"), unique("mark"),
    )  # fmt: skip
    index("kept_answer", "created_at")
    table(
        "proof",
        key("name"), texts("after"), moments("due_at"), numbers("wrong", "wrong_before"),
    )  # fmt: skip
    table("carried_key", key("name"), texts("sealed"), moments("created_at"))
    table(
        "erasure",
        key(), org_key(), foreign_key("campaign"), texts("session_id", "status"), flags("test"),
        numbers("seconds"), flags("ended_early", default=False), moments("erased_at"),
        unique("session_id"),
    )  # fmt: skip
    index("erasure", "campaign_id")
    index("erasure", "org_id")


def _search() -> None:
    """Search index entries of answers."""
    table(
        "said",
        sa.Column("id", LARGE, primary_key=True, autoincrement=False), foreign_key("interview"),
        sa.Column("words", SearchWords(), nullable=False),
    )  # fmt: skip
    index("said", "interview_id")


def _append_only() -> None:
    """Refuse every change of the ledger in the database itself."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER credit_entry_no_{act.lower()} BEFORE {act} ON credit_entry "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER credit_entry_append_only BEFORE UPDATE OR DELETE ON credit_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
    )


def _search_index() -> None:
    """Index on `said`. On SQLite, triggers maintain it, so that no deletion (not even a cascade)
    leaves a word behind.
    """
    if op.get_bind().dialect.name != "sqlite":
        op.execute("CREATE INDEX said_words ON said USING gin (words)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE said_words USING fts5("
        "words, content='said', content_rowid='id', tokenize='ascii', detail=none)"
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
