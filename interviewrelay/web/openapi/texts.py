"""Texts of the document that belong to no schema: introduction, headers, shared parameters."""

from typing import Any, Final

Node = dict[str, Any]

SUMMARY: Final = (
    "Everything that the dashboard does with projects, scripts, campaigns, invites, sessions and "
    "credits, as JSON over HTTP."
)
BASICS: Final = {
    "Authentication": """\
Send an API key with every request under `/api`: `Authorization: Bearer ir_live_…`. An owner \
or admin makes keys under “API keys”; a key is shown once. It belongs to its owner and can do \
what they may do, or less: each resource has a `read` and a `write` permission, and `write` \
includes `read`.

Use a test key, `ir_test_…`, in CI and while you develop. It reads everything that its \
permissions allow, and it makes test objects: its invites, and the sessions that come of them, \
carry `"test": true`, send no email and cost no credits. It can change and delete only test \
objects. Everything else needs a live key: a test key gets 403 `FORBIDDEN`, and nothing is \
changed. Links of live invites (`token`, `url`) are null for it, since a link can be answered \
and withdrawn. Test objects are in the same lists, for live keys too, and are left out of \
`stats` and all other counts.

Cookies mean nothing here.""",
    "Errors": """\
Every failure has the same shape. `details` says which field is wrong, and is empty where there \
is nothing to add; when several are wrong, `details.errors` lists each as `field`, `expected`, \
`message`. Every answer carries \
`X-Request-Id`: yours, where you send one of 1 to 64 letters, digits, - and _.

An address that is not there is 404, a method that an address does not take is 405 with \
`Allow`.""",
    "Lists": """\
Lists are newest first and answer with the named array, `total`, `limit` and `offset`; the \
same array is in `data`, with `pagination` beside it. `next_cursor` leads on at the same cost \
however deep; it is null on the last page.""",
    "Rate limits": """\
All keys of an organization share one budget of requests an hour: Free 100, Starter 1,000, \
Professional 10,000, Enterprise as agreed. Without a key: 60, by address. Answers carry \
`X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset` (Unix seconds). Over the \
limit: 429 with `Retry-After` in seconds. Counted by themselves are PDFs and exports (60 an \
hour of each) and mails to participants in any 24 hours (Free 100, Starter 1,000, Professional \
10,000); Enterprise has none of these limits. Each key may hold 60 previews of scripts a minute, and \
use 20 seconds of processor time for them. One person gets at most five mails in 24 hours, on \
Enterprise by one invite.""",
    "Sending again": """\
Send an `Idempotency-Key` of 1 to 255 visible ASCII characters with any POST, PATCH or DELETE. \
The same request with the same key is carried out once: for 24 hours it gives the first answer \
again, with `Idempotent-Replayed: true`. The same key with another method, path or body is \
refused with 422 `IDEMPOTENCY_KEY_REUSED`; while the first one is still running, with 409 \
`REQUEST_IN_PROGRESS`. A refused request leaves its key free.""",
    "Caching": """\
What you read carries an `ETag`. Send it back as `If-None-Match`: 304 without a body means \
that you have it already. HEAD answers like GET without the body; OPTIONS names the methods of \
an address.""",
    "Ids, times, text": """\
Ids are UUIDs in lower case. Times are UTC, `2024-10-20T10:00:00Z`, in billing answers with \
milliseconds. Bodies are JSON objects of at most 1 MiB; unknown fields are ignored, texts are \
trimmed, and a text in which nothing can be seen counts as missing.""",
}
LIVE_KEY_ONLY: Final = "Needs a live key: a test key gets 403 `FORBIDDEN`."
DESCRIPTION: Final = "\n\n".join(f"## {title}\n\n{said}" for title, said in BASICS.items())
"""Markdown with headings, paragraphs and `code` only."""
TAGS: Final = {
    "Projects": "A project keeps the campaigns of one study together.",
    "Scripts": "A script holds the questions. Publishing makes a numbered version that never "
    "changes; campaigns keep the version that they were made with.",
    "Campaigns": "A campaign puts one published script to people.",
    "Invites": "An invite is one person’s way into a campaign. Whoever has its link can answer in "
    "that person’s name, so `token` and `url` are null in lists for a key without "
    "`invites:write`, as every key of a viewer is, and those of live invites for a test key. "
    "Asked for by its token, an invite is answered with both.",
    "Do not write to": "Whom the organization does not write to: people who asked for it by the "
    "link in a mail, and who was added. An erasure leaves them on the list.",
    "Sessions": "A session is one interview that was started.",
    "Billing": "Interviews cost 10 credits for each started minute, 5 when they last under 30 "
    "seconds, and half when they are abandoned.",
    "Webhooks": "A webhook is an address of your own that is told what happens, by a signed POST. "
    "Events can be asked for too.",
    "Participant": "The page behind an invite’s link speaks JSON too: send `Accept: "
    "application/json`. The token in the path is the only right that is needed; there is no API "
    "key.",
    "Reference": "What you are reading.",
}
SCHEME: Final[Node] = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "ir_live_… or ir_test_…",
    "description": "An API key. An owner or admin makes keys under “API keys”; a key is shown "
    "once. It can do what its owner may do, or less: each resource has a `read` and a `write` "
    "permission, and `write` includes `read`. Each operation names the one that it needs.",
}
IDS: Final = {
    "project_id": "UUID of the project.",
    "script_id": "UUID of the script.",
    "campaign_id": "UUID of the campaign.",
    "session_id": "UUID of the session.",
    "webhook_id": "UUID of the webhook.",
    "delivery_id": "UUID of the delivery.",
    "token": "The invite’s token.",
    "mail_token": "The token in the `List-Unsubscribe` of a mail.",
}
STATUSES: Final = {
    200: "Success.",
    201: "Created.",
    202: "Taken; it is done in a moment.",
    204: "Done; there is nothing to answer.",
    304: "You have it already: it is as the `If-None-Match` says.",
}
PARAMETERS: Final[Node] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        "description": "The same request with the same key is carried out once: for 24 hours it "
        "gives the first answer again, with `Idempotent-Replayed: true`. A refused request leaves "
        "its key free.",
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "schema": {"type": "string"},
        "description": "The `ETag` of an answer that you have.",
    },
}

_NUMBER: Final[Node] = {"type": "integer", "minimum": 0}
_COUNT: Final[Node] = {
    "X-RateLimit-Limit": {
        "schema": _NUMBER,
        "description": "Requests an hour, for all keys of the organization together; without a "
        "key 60, by address.",
    },
    "X-RateLimit-Remaining": {"schema": _NUMBER, "description": "What is left of them."},
    "X-RateLimit-Reset": {
        "schema": _NUMBER,
        "description": "When the count begins anew, in Unix seconds.",
    },
    "RateLimit": {"schema": {"type": "string"}, "description": "The same, as IETF’s draft."},
    "RateLimit-Policy": {
        "schema": {"type": "string"},
        "description": "The quota and its window, as IETF’s draft.",
    },
}
COUNTED: Final = {name: name for name in _COUNT}
"""Headers of every API response, by component."""
COUNTED_AT_ALL: Final = {name: f"{name}.WhereCounted" for name in _COUNT}
OF_STATUS: Final = {401: ["WWW-Authenticate"], 429: ["Retry-After"], 503: ["Retry-After"]}

HEADERS: Final[Node] = {
    **{name: {"required": True, **header} for name, header in _COUNT.items()},
    **{COUNTED_AT_ALL[name]: header for name, header in _COUNT.items()},
    "X-Request-Id": {
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
        "description": "Yours, where you sent one. Quote it when you ask for help.",
    },
    "ETag": {
        "required": True,
        "schema": {"type": "string", "pattern": '^"[^"]+"$'},
        "description": "Send it back as `If-None-Match`.",
    },
    "Idempotent-Replayed": {
        "schema": {"type": "string", "const": "true"},
        "description": "This is the answer of an earlier request with the same key.",
    },
    "Retry-After": {
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
        "description": "Seconds to wait.",
    },
    "WWW-Authenticate": {
        "required": True,
        "schema": {"type": "string", "const": "Bearer"},
        "description": "How to say who you are.",
    },
}
