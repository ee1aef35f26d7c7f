"""Modules with routes, imported for registration only."""

from interviewrelay.web.accounts import (  # noqa: F401 - importing them is all
    api_keys,
    api_keys_api,
    identity_api,
    login,
    members,
    members_api,
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
    recipients_api,
    setup_wizard,
)
from interviewrelay.web.dashboard import (  # noqa: F401 - importing them is all
    overview,
    quick_search,
)
from interviewrelay.web.documentation import (  # noqa: F401 - importing them is all
    pages as documentation_pages,
)
from interviewrelay.web.mail import (  # noqa: F401 - importing them is all
    outbox,
    outbox_api,
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
from interviewrelay.web.results import (  # noqa: F401 - importing them is all
    findings,
    goal_matrix,
    results_api,
)
from interviewrelay.web.scripts import (  # noqa: F401 - importing them is all
    scripts,
    scripts_api,
    versions_api,
)
from interviewrelay.web.sessions import (  # noqa: F401 - importing them is all
    audio,
    audio_api,
    downloads,
    egress_api,
    erasure_api,
    notes,
    notes_api,
    page,
    saved_filters,
    saved_filters_api,
    session_list,
    sessions_api,
)
from interviewrelay.web.settings import (  # noqa: F401 - importing them is all
    audit_log,
    audit_log_api,
    branding,
    language_models,
    organization_settings,
    organization_settings_api,
    server_models,
)
from interviewrelay.web.ui import (  # noqa: F401 - importing them is all
    component_gallery,
)
from interviewrelay.web.webhooks import (  # noqa: F401 - importing them is all
    pages as webhook_pages,
    webhooks_api,
)
