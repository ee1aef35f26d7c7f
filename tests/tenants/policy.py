"""Who is answered what: every route of the application, by everybody who might try it on what is A's.

A column is a caller, who shows what they have: a key or a token to the API; a cookie to a page, or
a key or a token where they have none; and at a participant's address their token, in its place.
A route that is not here fails a test. To add one, say what each caller is to be answered.
"""

from typing import Final

CALLERS: Final = (
    "nobody", "revoked key", "B owner", "B viewer", "A viewer", "A researcher", "A admin", "A owner",
    "token of A", "token of B", "administrator of the server", "test key of A",
)  # fmt: skip

# 404 is what an id that nobody has answers too. 303 leads a stranger to the log-in and everybody else
# back to a page; a stranger who sends a form gets 401, a page that logs in and keeps what was typed.
# The administrator of the server owns an organization of their own, and no other.
TABLE: Final = """
#                                                          none  rev B:ow B:vi A:vi A:re A:ad A:ow tk:A tk:B  sys test
# By a key
GET    /api/admin/credits/summary                           401  401  403  403  403  403  403  403  401  401  200  403
GET    /api/billing/credits                                 401  401  200  200  200  200  200  200  401  401  200  200
POST   /api/billing/topups                                  401  401  201  403  403  403  201  201  401  401  201  403
GET    /api/billing/usage                                   401  401  200  200  200  200  200  200  401  401  200  200
GET    /api/campaigns                                       401  401  200  200  200  200  200  200  401  401  200  200
POST   /api/campaigns                                       401  401  400  403  403  201  201  201  401  401  400  403
GET    /api/campaigns/<campaign_id>                         401  401  404  404  200  200  200  200  401  401  404  200
PATCH  /api/campaigns/<campaign_id>                         401  401  404  403  403  200  200  200  401  401  404  403
GET    /api/campaigns/<campaign_id>/insights                401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/campaigns/<campaign_id>/invites                 401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/campaigns/<campaign_id>/analysis                401  401  404  404  200  200  200  200  401  401  404  200
POST   /api/campaigns/<campaign_id>/analysis                401  401  404  403  403  202  202  202  401  401  404  403
POST   /api/campaigns/<campaign_id>/analysis/cancel         401  401  404  403  403  200  200  200  401  401  404  403
GET    /api/campaigns/<campaign_id>/findings                401  401  404  404  200  200  200  200  401  401  404  200
POST   /api/campaigns/<campaign_id>/findings                401  401  404  403  403  201  201  201  401  401  404  403
GET    /api/campaigns/<campaign_id>/findings/<finding_id>   401  401  404  404  200  200  200  200  401  401  404  200
PATCH  /api/campaigns/<campaign_id>/findings/<finding_id>   401  401  404  403  403  200  200  200  401  401  404  403
POST   /api/campaigns/<campaign_id>/findings/<finding_id>/merge 401  401  404  403  403  200  200  200  401  401  404  403
DELETE /api/campaigns/<campaign_id>/findings/<finding_id>   401  401  404  403  403  204  204  204  401  401  404  403
GET    /api/campaigns/<campaign_id>/matrix                  401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/sessions/<session_id>/results                   401  401  404  404  200  200  200  200  401  401  404  200
POST   /api/campaigns/<campaign_id>/duplicate               401  401  404  403  403  201  201  201  401  401  404  403
POST   /api/campaigns/<campaign_id>/invites                 401  401  404  403  403  201  201  201  401  401  404  201
POST   /api/campaigns/<campaign_id>/recipients              401  401  404  403  403  200  200  200  401  401  404  403
POST   /api/campaigns/<campaign_id>/invites/remind          401  401  404  403  403  200  200  200  401  401  404  200
GET    /api/campaigns/<campaign_id>/transcripts             401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/invites/<token>                                 401  401  404  404  200  200  200  200  401  401  404  200
POST   /api/invites/<token>/extend                          401  401  404  403  403  200  200  200  401  401  404  403
POST   /api/invites/<token>/resend                          401  401  404  403  403  200  200  200  401  401  404  403
GET    /api/suppressions                                    401  401  200  200  200  200  200  200  401  401  200  200
POST   /api/suppressions                                    401  401  201  403  403  201  201  201  401  401  201  403
POST   /api/suppressions/remove                             401  401  200  403  403  200  200  200  401  401  200  403
POST   /api/participants/erase                              401  401  200  403  403  200  200  200  401  401  200  200
POST   /api/participants/export                             401  401  200  200  200  200  200  200  401  401  200  200
GET    /api/organization                                    401  401  200  403  403  403  200  200  401  401  200  200
PATCH  /api/organization                                    401  401  200  403  403  403  200  200  401  401  200  403
GET    /api/organization/mail                               401  401  200  403  403  403  200  200  401  401  200  200
PATCH  /api/organization/mail                               401  401  200  403  403  403  200  200  401  401  200  403
GET    /api/organization/retention                          401  401  200  403  403  403  200  200  401  401  200  200
PATCH  /api/organization/retention                          401  401  200  403  403  403  200  200  401  401  200  403
GET    /api/organization/branding                           401  401  200  403  403  403  200  200  401  401  200  200
PATCH  /api/organization/branding                           401  401  200  403  403  403  200  200  401  401  200  403
GET    /api/audit-log                                       401  401  200  403  403  403  200  200  401  401  200  200
GET    /api/keys                                            401  401  200  403  403  403  200  200  401  401  200  200
POST   /api/keys                                            401  401  201  403  403  403  201  201  401  401  201  403
GET    /api/keys/<key_id>                                   401  401  404  403  403  403  200  200  401  401  404  200
DELETE /api/keys/<key_id>                                   401  401  404  403  403  403  200  200  401  401  404  403
GET    /api/members                                         401  401  200  403  403  200  200  200  401  401  200  200
GET    /api/members/<member_id>                             401  401  404  403  403  200  200  200  401  401  404  200
PATCH  /api/members/<member_id>                             401  401  404  403  403  403  200  200  401  401  404  403
DELETE /api/members/<member_id>                             401  401  404  403  403  403  204  204  401  401  404  403
GET    /api/member-invitations                              401  401  200  403  403  200  200  200  401  401  200  200
POST   /api/member-invitations                              401  401  201  403  403  403  201  201  401  401  201  403
POST   /api/member-invitations/<invitation_id>/resend       401  401  404  403  403  403  200  200  401  401  404  403
DELETE /api/member-invitations/<invitation_id>              401  401  404  403  403  403  204  204  401  401  404  403
GET    /api/billing/alerts                                  401  401  200  200  200  200  200  200  401  401  200  200
PATCH  /api/billing/alerts                                  401  401  200  403  403  403  200  200  401  401  200  403
GET    /api/emails                                          401  401  200  200  200  200  200  200  401  401  200  200
POST   /api/emails/<email_id>/resend                        401  401  404  403  403  200  200  200  401  401  404  403
GET    /api/script-summaries                                401  401  200  200  200  200  200  200  401  401  200  200
GET    /api/scripts/<script_id>/versions                    401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/scripts/<script_id>/versions/<version>          401  401  404  404  200  200  200  200  401  401  404  200
POST   /api/scripts/<script_id>/versions/<version>/restore  401  401  404  403  403  200  200  200  401  401  404  403
POST   /api/sessions/<session_id>/safety-seen               401  401  404  403  403  200  200  200  401  401  404  403
GET    /api/sessions/<session_id>/notes                     401  401  404  404  200  200  200  200  401  401  404  200
POST   /api/sessions/<session_id>/notes                     401  401  404  403  403  201  201  201  401  401  404  403
GET    /api/sessions/<session_id>/notes/<note_id>           401  401  404  404  200  200  200  200  401  401  404  200
PATCH  /api/sessions/<session_id>/notes/<note_id>           401  401  404  403  403  403  200  200  401  401  404  403
DELETE /api/sessions/<session_id>/notes/<note_id>           401  401  404  403  403  403  204  204  401  401  404  403
GET    /api/campaigns/<campaign_id>/highlights              401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/saved-filters                                   401  401  200  200  200  200  200  200  401  401  200  200
POST   /api/saved-filters                                   401  401  201  201  201  201  201  201  401  401  201  403
GET    /api/saved-filters/<filter_id>                       401  401  404  404  200  200  200  200  401  401  404  200
PATCH  /api/saved-filters/<filter_id>                       401  401  404  404  403  403  200  200  401  401  404  403
DELETE /api/saved-filters/<filter_id>                       401  401  404  404  403  403  204  204  401  401  404  403
GET    /api/me                                              401  401  200  200  200  200  200  200  401  401  200  200
GET    /api/projects                                        401  401  200  200  200  200  200  200  401  401  200  200
POST   /api/projects                                        401  401  201  403  403  201  201  201  401  401  201  403
GET    /api/projects/<project_id>                           401  401  404  404  200  200  200  200  401  401  404  200
PATCH  /api/projects/<project_id>                           401  401  404  403  403  200  200  200  401  401  404  403
GET    /api/scripts                                         401  401  200  200  200  200  200  200  401  401  200  200
POST   /api/scripts                                         401  401  201  403  403  201  201  201  401  401  201  403
GET    /api/scripts/<script_id>                             401  401  404  404  200  200  200  200  401  401  404  200
PATCH  /api/scripts/<script_id>                             401  401  404  403  403  200  200  200  401  401  404  403
POST   /api/scripts/<script_id>/preview                     401  401  404  404  200  200  200  200  401  401  404  200
POST   /api/scripts/<script_id>/publish                     401  401  404  403  403  200  200  200  401  401  404  403
GET    /api/campaigns/<campaign_id>/egress                  401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/sessions/<session_id>/egress                    401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/session/<session_id>/audio                      401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/session/<session_id>/pdf                        401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/session/<session_id>/transcript                 401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/sessions                                        401  401  200  200  200  200  200  200  401  401  200  200
GET    /api/sessions/<session_id>                           401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/sessions/<session_id>/audio                     401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/sessions/<session_id>/pdf                       401  401  404  404  200  200  200  200  401  401  404  200
GET    /api/sessions/<session_id>/transcript                401  401  404  404  200  200  200  200  401  401  404  200
DELETE /api/invites/<token>                                 401  401  404  403  403  200  200  200  401  401  404  403
DELETE /api/projects/<project_id>                           401  401  404  403  403  204  204  204  401  401  404  403
DELETE /api/scripts/<script_id>                             401  401  404  403  403  204  204  204  401  401  404  403
DELETE /api/sessions/<session_id>                           401  401  404  403  403  200  200  200  401  401  404  403
GET    /api/events                                          401  401  200  403  403  403  200  200  401  401  200  200
GET    /api/webhooks                                        401  401  200  403  403  403  200  200  401  401  200  200
POST   /api/webhooks                                        401  401  201  403  403  403  201  201  401  401  201  403
GET    /api/webhooks/<webhook_id>                           401  401  404  403  403  403  200  200  401  401  404  200
PATCH  /api/webhooks/<webhook_id>                           401  401  404  403  403  403  200  200  401  401  404  403
GET    /api/webhooks/<webhook_id>/deliveries                401  401  404  403  403  403  200  200  401  401  404  200
POST   /api/webhooks/<webhook_id>/deliveries/<delivery_id>/redeliver 401  401  404  403  403  403  202  202  401  401  404  403
POST   /api/webhooks/<webhook_id>/replay                    401  401  404  403  403  403  202  202  401  401  404  403
POST   /api/webhooks/<webhook_id>/rotate-secret             401  401  404  403  403  403  200  200  401  401  404  403
POST   /api/webhooks/<webhook_id>/test                      401  401  404  403  403  403  202  202  401  401  404  403
DELETE /api/webhooks/<webhook_id>                           401  401  404  403  403  403  204  204  401  401  404  403
# By a log-in
GET    /                                                    303  303  200  200  200  200  200  200  303  303  200  303
GET    /campaigns                                           303  303  200  200  200  200  200  200  303  303  200  303
POST   /campaigns                                           401  401  400  403  403  303  303  303  401  401  400  401
GET    /campaigns/<campaign_id>                             303  303  404  404  200  200  200  200  303  303  404  303
GET    /campaigns/<campaign_id>/insights                    303  303  404  404  200  200  200  200  303  303  404  303
GET    /campaigns/<campaign_id>/findings                    303  303  404  404  200  200  200  200  303  303  404  303
POST   /campaigns/<campaign_id>/findings                    401  401  404  403  403  303  303  303  401  401  404  401
POST   /campaigns/<campaign_id>/analysis                    303  303  404  403  403  303  303  303  303  303  404  303
POST   /campaigns/<campaign_id>/analysis/cancel             303  303  404  403  403  303  303  303  303  303  404  303
GET    /campaigns/<campaign_id>/analysis/live               303  303  404  404  200  200  200  200  303  303  404  303
GET    /campaigns/<campaign_id>/findings/<finding_id>       303  303  404  404  200  200  200  200  303  303  404  303
POST   /campaigns/<campaign_id>/findings/<finding_id>       401  401  404  403  403  303  303  303  401  401  404  401
POST   /campaigns/<campaign_id>/findings/<finding_id>/merge 401  401  404  403  403  303  303  303  401  401  404  401
POST   /campaigns/<campaign_id>/findings/<finding_id>/delete 303  303  404  403  403  303  303  303  303  303  404  303
GET    /campaigns/<campaign_id>/goals                       303  303  404  404  200  200  200  200  303  303  404  303
GET    /campaigns/<campaign_id>/live                        303  303  404  404  200  200  200  200  303  303  404  303
POST   /campaigns/<campaign_id>/invites                     401  401  404  403  403  303  303  303  401  401  404  401
GET    /campaigns/<campaign_id>/draft                       303  303  404  403  403  303  303  303  303  303  404  303
POST   /campaigns/<campaign_id>/draft                       401  401  404  403  403  303  303  303  401  401  404  401
GET    /campaigns/<campaign_id>/draft/people                303  303  404  403  403  303  303  303  303  303  404  303
POST   /campaigns/<campaign_id>/draft/people                401  401  404  403  403  303  303  303  401  401  404  401
GET    /campaigns/<campaign_id>/draft/sending               303  303  404  403  403  303  303  303  303  303  404  303
POST   /campaigns/<campaign_id>/draft/sending               401  401  404  403  403  303  303  303  401  401  404  401
POST   /campaigns/<campaign_id>/draft/discard               303  303  404  403  403  303  303  303  303  303  404  303
POST   /campaigns/<campaign_id>/duplicate                   303  303  404  403  403  303  303  303  303  303  404  303
POST   /campaigns/<campaign_id>/invites/remind              303  303  404  403  403  303  303  303  303  303  404  303
POST   /campaigns/<campaign_id>/invites/selected            401  401  404  403  403  303  303  303  401  401  404  401
POST   /campaigns/<campaign_id>/unarchive                   303  303  404  403  403  303  303  303  303  303  404  303
GET    /campaigns/<campaign_id>/settings                    303  303  404  403  403  200  200  200  303  303  404  303
POST   /campaigns/<campaign_id>/settings                    401  401  404  403  403  303  303  303  401  401  404  401
POST   /campaigns/<campaign_id>/invites/<invite_id>/cancel  303  303  404  403  403  303  303  303  303  303  404  303
POST   /campaigns/<campaign_id>/status                      401  401  404  403  403  303  303  303  401  401  404  401
GET    /campaigns/new                                       303  303  200  403  403  200  200  200  303  303  200  303
GET    /credits                                             303  303  200  200  200  200  200  200  303  303  200  303
POST   /credits/warning                                     401  401  303  403  403  403  303  303  401  401  303  401
POST   /credits/topups                                      401  401  200  403  403  403  200  200  401  401  200  401
GET    /find                                                303  303  200  200  200  200  200  200  303  303  200  303
GET    /keys                                                303  303  200  403  403  403  200  200  303  303  200  303
POST   /keys                                                401  401  200  403  403  403  200  200  401  401  200  401
POST   /keys/<key_id>/revoke                                303  303  404  403  403  403  303  303  303  303  404  303
GET    /model                                               303  303  200  403  403  403  200  200  303  303  200  303
POST   /model/reminder                                      303  303  303  403  403  403  303  303  303  303  303  303
POST   /model/try                                           303  303  404  403  403  403  200  200  303  303  404  303
POST   /model                                               401  401  303  403  403  403  303  303  401  401  303  401
GET    /members                                             303  303  200  403  403  200  200  200  303  303  200  303
POST   /members                                             401  401  303  403  403  403  303  303  401  401  303  401
POST   /members/invites/<member_invite_id>/again            303  303  404  403  403  403  303  303  303  303  404  303
POST   /members/invites/<member_invite_id>/revoke           303  303  404  403  403  403  303  303  303  303  404  303
POST   /members/switch                                      401  401  404  404  404  404  404  404  401  401  404  401
GET    /outbox                                              303  303  200  200  200  200  200  200  303  303  200  303
GET    /do-not-write                                        303  303  200  200  200  200  200  200  303  303  200  303
POST   /do-not-write                                        401  401  303  403  403  303  303  303  401  401  303  401
POST   /do-not-write/remove                                 401  401  303  403  403  303  303  303  401  401  303  401
POST   /sessions/<session_id>/safety-seen                   303  303  404  403  403  303  303  303  303  303  404  303
POST   /outbox/<mail_id>/again                              303  303  404  403  403  303  303  303  303  303  404  303
GET    /projects                                            303  303  200  200  200  200  200  200  303  303  200  303
POST   /projects                                            401  401  303  403  403  303  303  303  401  401  303  401
GET    /projects/<project_id>                               303  303  404  404  200  200  200  200  303  303  404  303
GET    /scripts                                             303  303  200  200  200  200  200  200  303  303  200  303
POST   /scripts                                             401  401  303  403  403  303  303  303  401  401  303  401
GET    /scripts/<script_id>                                 303  303  404  404  200  200  200  200  303  303  404  303
POST   /scripts/<script_id>                                 401  401  404  403  403  303  303  303  401  401  404  401
POST   /scripts/check                                       401  401  200  403  403  200  200  200  401  401  200  401
GET    /scripts/<script_id>/versions                        303  303  404  404  200  200  200  200  303  303  404  303
GET    /scripts/<script_id>/versions/<number>           303  303  404  404  200  200  200  200  303  303  404  303
GET    /scripts/<script_id>/versions/compare                303  303  404  404  200  200  200  200  303  303  404  303
POST   /scripts/<script_id>/versions/<number>/restore   303  303  404  403  403  303  303  303  303  303  404  303
GET    /scripts/<script_id>/export                          303  303  404  404  200  200  200  200  303  303  404  303
GET    /scripts/import                                      303  303  303  403  403  303  303  303  303  303  303  303
POST   /scripts/import                                      401  401  303  403  403  303  303  303  401  401  303  401
GET    /scripts/<script_id>/forecast                        303  303  404  404  200  200  200  200  303  303  404  303
POST   /scripts/<script_id>/forecast                        401  401  404  404  200  200  200  200  401  401  404  401
GET    /scripts/<script_id>/preview                         303  303  404  404  200  200  200  200  303  303  404  303
POST   /scripts/<script_id>/preview                         401  401  404  404  200  200  200  200  401  401  404  401
GET    /scripts/new                                         303  303  200  403  403  200  200  200  303  303  200  303
GET    /sessions                                            303  303  200  200  200  200  200  200  303  303  200  303
GET    /sessions/<session_id>                               303  303  404  404  200  200  200  200  303  303  404  303
GET    /sessions/<session_id>/live                          303  303  404  404  200  200  200  200  303  303  404  303
GET    /sessions/<session_id>/download                      303  303  404  404  200  200  200  200  303  303  404  303
GET    /sessions/export                                     303  303  200  200  200  200  200  200  303  303  200  303
GET    /sessions/<session_id>/notes/new                     303  303  404  403  403  200  200  200  303  303  404  303
POST   /sessions/<session_id>/notes                         401  401  404  403  403  303  303  303  401  401  404  401
GET    /sessions/<session_id>/notes/<note_id>               303  303  404  404  200  200  200  200  303  303  404  303
POST   /sessions/<session_id>/notes/<note_id>               401  401  404  403  403  403  303  303  401  401  404  401
POST   /sessions/<session_id>/notes/<note_id>/delete        303  303  404  403  403  403  303  303  303  303  404  303
GET    /campaigns/<campaign_id>/highlights                  303  303  404  404  200  200  200  200  303  303  404  303
GET    /sessions/views                                      303  303  200  200  200  200  200  200  303  303  200  303
POST   /sessions/views                                      401  401  303  303  303  303  303  303  401  401  303  401
GET    /sessions/views/<view_id>                            303  303  404  404  200  200  200  200  303  303  404  303
POST   /sessions/views/<view_id>                            401  401  404  404  403  403  303  303  401  401  404  401
POST   /sessions/views/<view_id>/delete                     303  303  404  404  403  403  303  303  303  303  404  303
GET    /sessions/<session_id>/audio                         303  303  404  404  200  200  200  200  303  303  404  303
GET    /sessions/<session_id>/pdf                           303  303  404  404  200  200  200  200  303  303  404  303
POST   /scripts/<script_id>/delete                          303  303  404  403  403  303  303  303  303  303  404  303
GET    /settings                                            303  303  200  200  200  200  200  200  303  303  200  303
GET    /settings/organization                               303  303  200  403  403  403  200  200  303  303  200  303
POST   /settings/organization                               401  401  303  403  403  403  303  303  401  401  303  401
GET    /settings/mail                                       303  303  200  403  403  403  200  200  303  303  200  303
POST   /settings/mail                                       401  401  303  403  403  403  303  303  401  401  303  401
POST   /settings/mail/try                                   303  303  200  403  403  403  200  200  303  303  200  303
GET    /settings/retention                                  303  303  200  403  403  403  200  200  303  303  200  303
POST   /settings/retention                                  401  401  303  403  403  403  303  303  401  401  303  401
GET    /settings/audit                                      303  303  200  403  403  403  200  200  303  303  200  303
GET    /settings/security                                   303  303  200  200  200  200  200  200  303  303  200  303
POST   /settings/security/log-ins/<login_id>/end            303  303  404  404  404  404  404  303  303  303  404  303
POST   /settings/security/log-ins/end                       303  303  303  303  303  303  303  303  303  303  303  303
POST   /settings/security/password                          303  303  400  400  400  400  400  400  303  303  400  303
GET    /guide                                               303  303  200  200  200  200  200  200  303  303  200  303
GET    /admin                                               303  303  404  404  404  404  404  404  303  303  200  303
GET    /admin/organizations                                 303  303  404  404  404  404  404  404  303  303  200  303
GET    /admin/organizations/<org_id>                        303  303  404  404  404  404  404  404  303  303  200  303
POST   /admin/organizations                                 401  401  404  404  404  404  404  404  401  401  303  401
POST   /admin/organizations/<org_id>/owner                  401  401  404  404  404  404  404  404  401  401  303  401
POST   /admin/organizations/<org_id>/plan                   401  401  404  404  404  404  404  404  401  401  303  401
POST   /admin/organizations/<org_id>/credits                401  401  404  404  404  404  404  404  401  401  303  401
GET    /admin/jobs                                          303  303  404  404  404  404  404  404  303  303  200  303
POST   /admin/jobs/<job_id>/run                             303  303  404  404  404  404  404  404  303  303  303  303
GET    /admin/failures                                      303  303  404  404  404  404  404  404  303  303  200  303
POST   /admin/failures/mails/<failed_mail_id>/again         303  303  404  404  404  404  404  404  303  303  303  303
POST   /admin/failures/deliveries/<failed_delivery_id>/again 303  303  404  404  404  404  404  404  303  303  303  303
GET    /admin/health                                        303  303  404  404  404  404  404  404  303  303  200  303
POST   /admin/health                                        303  303  404  404  404  404  404  404  303  303  200  303
GET    /admin/model                                         303  303  404  404  404  404  404  404  303  303  200  303
POST   /admin/model                                         401  401  404  404  404  404  404  404  401  401  400  401
POST   /admin/model/try                                     401  401  404  404  404  404  404  404  401  401  400  401
POST   /admin/model/stop                                    303  303  404  404  404  404  404  404  303  303  303  303
POST   /members/<membership_id>/role                        401  401  404  403  403  403  303  303  401  401  404  401
POST   /members/<membership_id>/remove                      303  303  404  403  403  403  303  303  303  303  404  303
GET    /settings/branding                                   303  303  200  403  403  403  200  200  303  303  200  303
POST   /settings/branding                                   401  401  303  403  403  403  303  303  401  401  303  401
GET    /settings/branding/preview.css                       303  303  200  403  403  403  200  200  303  303  200  303
GET    /settings/branding/logo                              303  303  404  403  403  403  404  404  303  303  404  303
GET    /webhooks                                            303  303  200  403  403  403  200  200  303  303  200  303
POST   /webhooks                                            401  401  200  403  403  403  200  200  401  401  200  401
GET    /webhooks/<webhook_id>                               303  303  404  403  403  403  200  200  303  303  404  303
POST   /webhooks/<webhook_id>                               401  401  404  403  403  403  303  303  401  401  404  401
POST   /webhooks/<webhook_id>/switch                        401  401  404  403  403  403  303  303  401  401  404  401
POST   /webhooks/<webhook_id>/test                          303  303  404  403  403  403  303  303  303  303  404  303
POST   /webhooks/<webhook_id>/replay                        401  401  404  403  403  403  303  303  401  401  404  401
POST   /webhooks/<webhook_id>/deliveries/<delivery_id>/again 303  303  404  403  403  403  303  303  303  303  404  303
POST   /webhooks/<webhook_id>/rotate                        303  303  404  403  403  403  200  200  303  303  404  303
POST   /webhooks/<webhook_id>/delete                        303  303  404  403  403  403  303  303  303  303  404  303
# By the token in the address
GET    /interview/<token>                                   404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/opened                            404  404  404  404  404  404  404  404  204  204  404  404
POST   /interview/<token>/start                             404  404  404  404  404  404  404  404  201  201  404  404
GET    /interview/<token>/state                             404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/turns                             404  404  404  404  404  404  404  404  201  201  404  404
# The study is in writing.
PUT    /interview/<token>/audio/<clip>/pieces/<piece>       404  404  404  404  404  404  404  404  409  409  404  404
POST   /interview/<token>/audio/<clip>/pause                404  404  404  404  404  404  404  404  409  409  404  404
GET    /interview/<token>/speech/<number>                   404  404  404  404  404  404  404  404  404  404  404  404
POST   /interview/<token>/audio                             404  404  404  404  404  404  404  404  409  409  404  404
GET    /interview/<token>/review                            404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/review                            404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/pause                             404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/code                              404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/resume                            404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/skip                              404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/complete                          404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/feedback                          404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/copy                              404  404  404  404  404  404  404  404  200  200  404  404
POST   /interview/<token>/withdraw                          404  404  404  404  404  404  404  404  200  200  404  404
GET    /interview/<token>/brand.css                         404  404  404  404  404  404  404  404  410  410  404  404
GET    /interview/<token>/logo                              404  404  404  404  404  404  404  404  410  410  404  404
# By the token in a mail, which is none of theirs
GET    /interview/unsubscribe/<mail_token>                  404  404  404  404  404  404  404  404  404  404  404  404
POST   /interview/unsubscribe/<mail_token>                  404  404  404  404  404  404  404  404  404  404  404  404
# By nothing
GET    /api/docs                                            200  200  200  200  200  200  200  200  200  200  200  200
GET    /api/openapi.json                                    200  200  200  200  200  200  200  200  200  200  200  200
GET    /interview                                           200  200  200  200  200  200  200  200  200  200  200  200
POST   /interview                                           404  404  404  404  404  404  404  404  404  404  404  404
GET    /design                                              404  404  404  404  404  404  404  404  404  404  404  404
GET    /favicon.ico                                         200  200  200  200  200  200  200  200  200  200  200  200
GET    /robots.txt                                          200  200  200  200  200  200  200  200  200  200  200  200
GET    /embed.js                                            200  200  200  200  200  200  200  200  200  200  200  200
GET    /.well-known/security.txt                            404  404  404  404  404  404  404  404  404  404  404  404
GET    /.well-known/jwks.json                               200  200  200  200  200  200  200  200  200  200  200  200
GET    /docs                                                200  200  200  200  200  200  200  200  200  200  200  200
GET    /docs/                                               200  200  200  200  200  200  200  200  200  200  200  200
GET    /docs/search                                         200  200  200  200  200  200  200  200  200  200  200  200
GET    /docs/<path:name>                                    200  200  200  200  200  200  200  200  200  200  200  200
GET    /livez                                               200  200  200  200  200  200  200  200  200  200  200  200
GET    /login                                               200  200  303  303  303  303  303  303  200  200  303  200
POST   /login                                               401  401  401  401  401  401  401  401  401  401  401  401
POST   /logout                                              303  303  303  303  303  303  303  303  303  303  303  303
GET    /password                                            200  200  200  200  200  200  200  200  200  200  200  200
POST   /password                                            200  200  200  200  200  200  200  200  200  200  200  200
GET    /password/<token>                                    404  404  404  404  404  404  404  404  404  404  404  404
POST   /password/<token>                                    404  404  404  404  404  404  404  404  404  404  404  404
GET    /join/<token>                                        404  404  404  404  404  404  404  404  404  404  404  404
POST   /join/<token>                                        404  404  404  404  404  404  404  404  404  404  404  404
GET    /metrics                                             401  401  401  401  401  401  401  401  401  401  401  401
GET    /readyz                                              200  200  200  200  200  200  200  200  200  200  200  200
GET    /setup                                               303  303  303  303  303  303  303  303  303  303  303  303
POST   /setup                                               409  409  409  409  409  409  409  409  409  409  409  409
GET    /static/<path:filename>                              200  200  200  200  200  200  200  200  200  200  200  200
POST   /stripe/webhook                                      400  400  400  400  400  400  400  400  400  400  400  400
"""


def rows(table: str = TABLE) -> dict[tuple[str, str], dict[str, int]]:
    """By method and rule, the status for each caller."""
    made = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            method, rule, *cells = line.split()
            assert len(cells) == len(CALLERS), line
            made[method, rule] = dict(zip(CALLERS, map(int, cells), strict=True))
    return made


POLICY: Final = rows()
PUBLIC: Final = set(rows(TABLE.partition("# By nothing")[2]))
"""Those that ask for no caller at all."""

# What each operation needs, written down once more: a slip on a view must not pass unseen.
# owner, admin: everything. R: also researchers; V: also viewers.
NEEDED: Final = {
    "any": ["get_me V"],
    "campaigns:read": ["get_campaign V", "list_campaigns V"],
    "campaigns:write": [
        "add_recipients R", "change_campaign R", "create_campaign R", "duplicate_campaign R",
    ],
    "invites:read": ["get_invite V", "list_emails V", "list_invites V", "list_suppressions V"],
    "invites:write": [
        "add_suppression R", "create_invites R", "extend_invite R", "remind R",
        "remove_suppression R", "resend_email R", "resend_invite R", "revoke_invite R",
    ],
    "sessions:read": [
        "change_saved_filter V", "create_saved_filter V", "delete_saved_filter V",
        "export_participant V", "get_analysis V", "get_audio V", "get_finding V",
        "get_findings V", "get_insights V", "get_matrix V", "get_note V", "get_pdf V", "get_saved_filter V",
        "get_session V", "get_session_results V", "get_transcript V", "get_transcripts V",
        "list_campaign_egress V", "list_highlights V", "list_notes V", "list_saved_filters V",
        "list_session_egress V",
        "list_sessions V",
    ],
    "sessions:write": [
        "cancel_analysis R", "change_finding R", "change_note R", "create_finding R",
        "create_note R", "delete_finding R", "delete_note R", "delete_session R",
        "erase_participant R", "mark_safety_seen R", "merge_findings R", "start_analysis R",
    ],
    "projects:read": ["get_project V", "list_projects V"],
    "projects:write": ["change_project R", "create_project R", "delete_project R"],
    "scripts:read": [
        "get_script V", "get_script_version V", "list_script_summaries V",
        "list_script_versions V", "list_scripts V", "preview_script V",
    ],
    "scripts:write": [
        "change_script R", "create_script R", "delete_script R", "publish_script R",
        "restore_script_version R",
    ],
    "billing:read": ["get_credit_alerts V", "get_credit_summary V", "get_credits V", "get_usage V"],
    "billing:write": ["change_credit_alerts", "create_topup"],
    "organization:read": [
        "get_member R", "list_member_invitations R", "list_members R",
    ],
    "organization:write": [
        "change_branding", "change_mail_settings", "change_member", "change_organization",
        "change_retention", "create_key", "get_branding", "get_key", "get_mail_settings",
        "get_organization", "get_retention", "invite_member", "list_audit_entries", "list_keys",
        "remove_member", "resend_member_invitation", "revoke_key", "withdraw_member_invitation",
    ],
    "webhooks:read": ["get_webhook", "list_deliveries", "list_events", "list_webhooks"],
    "webhooks:write": [
        "change_webhook", "create_webhook", "delete_webhook", "redeliver", "replay_events",
        "rotate_webhook_secret", "test_webhook",
    ],
}  # fmt: skip
UNASKED: Final = {"read_docs", "read_document"}
