"""Application factory: the one place that knows every part."""

import hashlib
import logging
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response, g, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from interviewrelay.adapters.http.webhook_client import HttpWebhookClient
from interviewrelay.adapters.language_models import sentence_embeddings
from interviewrelay.adapters.mail.mailer import OutboxOnlyMailer, SmtpMailer
from interviewrelay.adapters.pdf.renderer import ChildPdfRenderer
from interviewrelay.adapters.speech import selection as speech_selection
from interviewrelay.adapters.storage import folder as storage_folder
from interviewrelay.adapters.stripe_payments import NoPayments, StripePayments
from interviewrelay.adapters.telemetry import error_reports, traces
from interviewrelay.core.config import failpoints, settings as config_settings
from interviewrelay.core.config.program import find_asset_root
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.db import change_cache, group_commit, session
from interviewrelay.core.ports.language_models import LanguageModel, ModelPolicy
from interviewrelay.core.ports.mail import Mailer
from interviewrelay.core.ports.payments import PaymentProvider
from interviewrelay.core.ports.pdf import PdfRenderer
from interviewrelay.core.ports.semantic_similarity import SemanticSimilarity
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.core.ports.storage import Storage
from interviewrelay.core.ports.webhook_client import WebhookClient
from interviewrelay.core.security import key_file, server_keys
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.core.urls import UrlBuilder
from interviewrelay.runtime.model_selection import ModelSelector
from interviewrelay.runtime.services import Services
from interviewrelay.web import routes  # noqa: F401
from interviewrelay.web.accounts import login
from interviewrelay.web.billing import stripe_webhook
from interviewrelay.web.documentation import pages as documentation_pages
from interviewrelay.web.http import (
    authentication,  # noqa: F401 - it runs before the views of the blueprints
    blueprints,
    compression,
    htmx,
    lazy_routes,
    locale,
    request_checks,
    requests,
    session_cookies,
    test_clock,
)
from interviewrelay.web.middleware import (
    cors,
    error_handlers,
    etags,
    headers,
    health,
    idempotency,
    rate_limits,
    server_refusals,
    site_files,
)
from interviewrelay.web.openapi import registry
from interviewrelay.web.ui import navigation

if TYPE_CHECKING:
    from interviewrelay.adapters.language_models.openai import OpenAiModels

log = logging.getLogger("interviewrelay.web")

DOORS: Final = (
    blueprints.api,
    blueprints.pages,
    blueprints.participant,
    health.health,
    site_files.site_files,
    documentation_pages.documentation,
    stripe_webhook.stripe,
)

LARGEST_REQUEST: Final = 2 * 1024 * 1024


def create_app(
    settings: Settings | None = None,
    *,
    mailer: Mailer | None = None,
    pdf: PdfRenderer | None = None,
    storage: Storage | None = None,
    payments: PaymentProvider | None = None,
    calls: WebhookClient | None = None,
    model: LanguageModel | None = None,
    meaning: SemanticSimilarity | None = None,
    speech: SpeechEngines | None = None,
) -> Flask:
    """Create the WSGI application. Ports passed in replace the ones that the settings select."""
    settings = settings or config_settings.read_settings()
    root = find_asset_root()
    app = Flask(
        "interviewrelay",
        template_folder=str(root / "templates"),
        static_folder=str(root / "static"),
        instance_path=str(settings.instance_dir),
    )
    app.url_rule_class = lazy_routes.LazyRoute
    ring = _ring(settings)
    _configure(app, settings, ring)
    _attach_database(app, settings)
    app.extensions["settings"] = settings
    server_keys.init_app(app, ring)
    _start_telemetry(app, settings)
    failpoints.arm_failpoint(settings.ir_failpoint)
    app.extensions["services"] = Services(
        ring=ring,
        urls=UrlBuilder(settings.base_url),
        mailer=mailer or _mailer(settings, root),
        pdf=pdf or ChildPdfRenderer(),
        storage=storage or storage_folder.open_storage(settings, settings.storage_url),
        payments=payments or _payments(settings),
        webhook_client=calls or HttpWebhookClient(settings.webhook_allowed_cidrs),
        model_selector=_wordings(settings, ring, model),
        similarity=meaning or sentence_embeddings.load_model(settings),
        speech=speech or speech_selection.open_engines(settings),
    )
    _around_requests(app, settings)
    error_handlers.register(app, session.get_error_types(app))
    _version_assets(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    if settings.ir_testing:
        app.wsgi_app = test_clock.TestClock(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _attach_database(app: Flask, settings: Settings) -> None:
    session.init_app(app, settings.database_url, settings.threads)
    if settings.redis_url:
        app.extensions[session.BELL] = _shared_bell(settings.redis_url)
    change_cache.init_app(app)
    group_commit.init_app(app)


def _start_telemetry(app: Flask, settings: Settings) -> None:
    error_reports.start_error_reports(settings)
    with app.app_context():
        traces.start_traces(app, session.db.engine, settings)


def _ring(settings: Settings) -> KeyRing:
    """Key ring of the server. With a key file, it follows changes made while the server runs (`keys
    rotate`).
    """
    if settings.secret_keys_at is None:
        return KeyRing(settings.secret_keys)
    return key_file.FileKeyRing(settings.secret_keys, settings.secret_keys_at)


def _around_requests(app: Flask, settings: Settings) -> None:
    """Blueprints, and the middleware around their views, in this order."""
    compression.register(app)
    htmx.register(app)
    locale.register(app)
    navigation.register(app)
    health.register(app, settings)
    request_checks.register(app)
    headers.register(app, settings)
    cors.register(app, settings)
    etags.register(app)
    _log_requests(app)
    login.register(app)
    csrf = CSRFProtect()
    for blueprint in DOORS:
        app.register_blueprint(blueprint)
        if blueprint is not blueprints.pages:
            csrf.exempt(blueprint)
    registry.register(app)
    idempotency.register(app)
    rate_limits.register(app, settings)
    server_refusals.register(app)
    headers.refuse_unknown_hosts(app)
    csrf.init_app(app)


def _configure(app: Flask, settings: Settings, ring: KeyRing) -> None:
    newest, *older = ring.cookie_keys()
    app.config.update(
        SECRET_KEY=newest,
        SECRET_KEY_FALLBACKS=older,
        BASE_URL=settings.base_url,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        MAX_FORM_PARTS=2_000,
        SESSION_COOKIE_NAME="__Host-ir" if settings.secure else "ir",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        # as long as the login, so that a form left open overnight still works
        WTF_CSRF_TIME_LIMIT=None,
        PREFERRED_URL_SCHEME="https" if settings.secure else "http",
    )
    app.url_map.merge_slashes = False  # answer 404 for doubled slashes instead of redirecting
    app.session_interface = session_cookies.DashboardCookies()
    app.json = requests.JsonProvider(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _mailer(settings: Settings, root: Path) -> Mailer:
    if not settings.smtp_url:
        return OutboxOnlyMailer()
    sender, bounce = settings.mail_from, settings.mail_bounce
    return SmtpMailer(settings.smtp_url, sender, root / "templates", bounce=bounce)


def _shared_bell(url: str) -> Any:
    from interviewrelay.adapters.redis_wakeup import RedisWakeup

    return RedisWakeup(url)


def _payments(settings: Settings) -> PaymentProvider:
    if not settings.stripe_secret_key:
        return NoPayments()
    return StripePayments(
        settings.stripe_secret_key, settings.stripe_webhook_secret, settings.stripe_base_url
    )


def _wordings(settings: Settings, ring: KeyRing, model: LanguageModel | None) -> ModelSelector:
    """Model selector; the code for models is loaded only when one is needed."""

    @cache
    def reach() -> "OpenAiModels":
        from interviewrelay.adapters.language_models.openai import OpenAiModels

        return OpenAiModels(settings)

    if model is None and settings.llm_base_url:
        model = reach().server_model()
    servers = None
    if model is not None:
        servers = ModelPolicy(
            model,
            settings.llm_session_tokens,
            settings.llm_context_tokens,
            hides_personal_data=settings.llm_replace_personal_data,
        )
    return ModelSelector(
        ring,
        servers,
        reach,
        settings.llm_session_tokens,
        settings.llm_context_tokens,
        hides_personal_data=settings.llm_replace_personal_data,
    )


def _log_requests(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if not log.isEnabledFor(logging.INFO):
            return response
        actor = g.get("actor")
        log.info(
            "request",
            extra={
                "request_id": g.get("request_id"),
                "org": actor.org_id if actor else None,
                "method": request.method,
                # The pattern and not the path, because paths hold tokens.
                "route": request.url_rule.rule if request.url_rule else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.begun) * 1000, 1)
                if "begun" in g
                else None,
            },
        )
        return response


def _version_assets(app: Flask) -> None:
    """Add a version to the URLs of static files, so that they can be cached for ever."""
    folder = Path(app.static_folder or "")

    @cache
    def mark(name: str) -> str:
        path = folder / name
        return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""

    @app.url_defaults
    def versioned(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values and mark(values["filename"]):
            values["v"] = mark(values["filename"])
