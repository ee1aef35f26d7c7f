"""Modules with routes, imported for registration only."""

from interviewrelay.web.accounts import (  # noqa: F401 - importing them is all
    api_keys,
    login,
    members,
    password_resets,
    security,
)
from interviewrelay.web.admin import (  # noqa: F401 - importing them is all
    admin,
)
from interviewrelay.web.billing import (  # noqa: F401 - importing them is all
    billing,
    billing_api,
)
from interviewrelay.web.campaigns import (  # noqa: F401 - importing them is all
    bulk_actions,
    campaign_settings,
    campaigns,
    campaigns_api,
    insights,
    insights_api,
    invites,
    invites_api,
    live_figures,
    projects,
    projects_api,
    setup_wizard,
)
from interviewrelay.web.dashboard import (  # noqa: F401 - importing them is all
    overview,
    quick_search,
)
from interviewrelay.web.mail import (  # noqa: F401 - importing them is all
    outbox,
    suppressions,
    suppressions_api,
)
from interviewrelay.web.openapi import (  # noqa: F401 - importing them is all
    pages,
)
from interviewrelay.web.participant import (  # noqa: F401 - importing them is all
    answer_review,
    interview,
    resume,
    speech,
)
from interviewrelay.web.scripts import (  # noqa: F401 - importing them is all
    scripts,
    scripts_api,
)
from interviewrelay.web.sessions import (  # noqa: F401 - importing them is all
    audio,
    audio_api,
    downloads,
    erasure_api,
    notes,
    page,
    saved_filters,
    session_list,
    sessions_api,
)
from interviewrelay.web.settings import (  # noqa: F401 - importing them is all
    audit_log,
    branding,
    language_models,
    organization_settings,
    server_models,
)
from interviewrelay.web.ui import (  # noqa: F401 - importing them is all
    component_gallery,
)
from interviewrelay.web.webhooks import (  # noqa: F401 - importing them is all
    pages as webhook_pages,
    webhooks_api,
)
