"""Paths, queries, methods, keys and headers that are not as they should be."""

from tests.hostile.case import Case

UUID = "018f3f3e-0000-7000-8000-00000000abcd"
LISTS = ("projects", "scripts", "campaigns", "sessions", "campaigns/{campaign_id}/invites")
TEN = "%EF%BC%91%EF%BC%90"  # in full-width digits

CASES = [
    Case(f"{noun}: limit={value[:20]}", f"GET /api/{noun}?limit={value}", 400, "INVALID_PARAMETER", "limit")
    for noun in ("projects", "sessions", "campaigns/{campaign_id}/invites")
    for value in ("abc", "0", "-1", "1_0", TEN, "", "+1", "1.0", "%201", "1e1", "0x1", "%00", "true")
]  # fmt: skip
CASES += [
    Case(f"offset={value}", f"GET /api/campaigns?offset={value}", 400, "INVALID_PARAMETER", "offset")
    for value in ("-1", "x", "", "100001", "1.5", "%D9%A1", "9" * 20)
]  # fmt: skip
CASES += [
    Case(f"cursor={value[:20]}", f"GET /api/campaigns?cursor={value}", 400, "INVALID_PARAMETER", "cursor")
    for value in ("x", "", "AAAA", "%00", "' OR 1=1".replace(" ", "%20"), "MjAyNC0xMC0yMCAx", "=" * 50)
]  # fmt: skip
CASES += [
    Case(f"{noun}: status={value}", f"GET /api/{noun}?status={value}", 400, "INVALID_PARAMETER", "status")
    for noun in ("scripts", "campaigns", "sessions", "campaigns/{campaign_id}/invites")
    for value in ("nothing", "ACTIVE", "%00")
]  # fmt: skip
CASES += [
    Case(f"{name}={value}", f"GET /api/sessions?{name}={value}", 400, "INVALID_PARAMETER", name)
    for name in ("start_date", "end_date")
    for value in (
        "2024-02-30", "2024-13-01", "yesterday", "2024-W01-1", "2024-1-1", "20240101", "0000-01-01", "0001-01-01",
        "9999-12-31T23:59:59-23:59", "2024-01-01T25:00:00Z", "2024-01-01T00:00:00%2B99:00", "%EF%BC%92024-01-01", "1700000000",
    )
]  # fmt: skip
CASES += [
    Case("end before start", "GET /api/sessions?start_date=2024-02-02&end_date=2024-02-01", 400, "INVALID_PARAMETER", "end_date"),
    Case("format=exe", "GET /api/session/{session_id}/transcript?format=exe", 400, "INVALID_PARAMETER", "format"),
    Case("a limit of 30 digits is 100", f"GET /api/campaigns?limit={'9' * 30}", 200, shows={"limit": 100}),
    Case("limit=1000 is 100", "GET /api/campaigns?limit=1000", 200, shows={"limit": 100, "pagination.limit": 100}),
    Case("an unknown parameter is ignored", "GET /api/campaigns?colour=red&limit=1", 200, shows={"limit": 1}),
    Case("a project that is no id matches nothing", "GET /api/campaigns?project_id=abc123", 200, shows={"total": 0, "campaigns": []}),
    Case("NUL in a project's id matches nothing", "GET /api/campaigns?project_id=%00", 200, shows={"total": 0}),
    Case("NUL after a project's id matches nothing", "GET /api/campaigns?project_id={project_id}%00", 200, shows={"total": 0}),
    Case("a campaign that is no id matches nothing", "GET /api/sessions?campaign_id=campaign-123", 200, shows={"total": 0, "data": []}),
    Case("SQL in a filter matches nothing", "GET /api/sessions?campaign_id=%27%20OR%201%3D1%20--", 200, shows={"total": 0}),
    Case("NUL in a campaign's id matches nothing", "GET /api/sessions?campaign_id=%00", 200, shows={"total": 0}),
]  # fmt: skip
SEARCHED = ("sessions", "scripts", "campaigns/{campaign_id}/invites")
CASES += [
    Case(f"{noun}: q of 201", f"GET /api/{noun}?q=" + "a" * 201, 400, "INVALID_PARAMETER", "q")
    for noun in SEARCHED
]
CASES += [
    Case(
        f"{noun}: q of 200",
        f"GET /api/{noun}?q=" + "zzqx%20" * 39 + "zzqxy",
        200,
        shows={"total": 0},
    )
    for noun in SEARCHED
]
# What means something to one database's search, and to neither of ours.
CASES += [
    Case(f"{noun}: q={said} finds nothing", f"GET /api/{noun}?q={said}", 200, shows={"total": 0})
    for noun in SEARCHED
    for said in (
        "zzqx%20OR%20zzqy", "zzqx%22", "%22zzqx", "zzqx*", "%28zzqx", "NEAR%28zzqx%20zzqy%29", "folded%3Azzqx", "zzqx%3A*", "%21zzqx",
        "zzqx%20%26%20%7C", "%27zzqx%27%27", "zzqx%5C", "zzqx%00", "%25zzqx%25", "zzqx_%5B%5D", "%F0%9F%99%82zzqx", "%3Cb%3Ezzqx", "-zzqx%20%2Bzzqy",
    )
]  # fmt: skip
CASES += [
    Case(f"{noun}: limit twice", f"GET /api/{noun}?limit=1&limit=2", 400, "INVALID_PARAMETER", "limit", says="appears more than once")
    for noun in LISTS
]  # fmt: skip
CASES += [
    Case("a filter twice", "GET /api/sessions?status=completed&status=abandoned", 400, "INVALID_PARAMETER", "status", says="appears more than once"),
    Case("the same value twice", "GET /api/campaigns?offset=0&offset=0", 400, "INVALID_PARAMETER", "offset"),
    Case("a query that is not UTF-8", "GET /api/campaigns?project_id=%FF%FE", 400, "INVALID_PARAMETER", "query", says="UTF-8"),
    Case("an overlong slash", "GET /api/campaigns?project_id=%C0%AF", 400, "INVALID_PARAMETER", "query"),
    Case("a surrogate in the query", "GET /api/campaigns?project_id=%ED%A0%80", 400, "INVALID_PARAMETER", "query"),
    Case("a path of 9,000", "GET /api/" + "a" * 9_000, 414, "URI_TOO_LONG"),
    Case("a query of 9,000", "GET /api/campaigns?project_id=" + "a" * 9_000, 414, "URI_TOO_LONG"),
    Case("a path of 7,000", "GET /api/" + "a" * 7_000, 404, "NOT_FOUND"),
    Case("a header of 15,000", "GET /api/campaigns", 200, headers={"X-Much": "a" * 15_000}),
    Case("80 headers", "GET /api/campaigns", 431, "HEADERS_TOO_LARGE", headers={f"X-{n}": "a" for n in range(80)}),
]  # fmt: skip

ODD_IDS = (
    "abc",
    "1",
    "-1",
    "null",
    "%00",
    "%FF",
    UUID.upper(),
    "{{" + UUID + "}}",
    f"urn:uuid:{UUID}",
    UUID + "%20",
    "%2e%2e",
    "é".encode().hex(),
    "%27",
    "*",
)
CASES += [
    Case(f"{noun} of id {odd[:20]}", f"GET /api/{noun}/{odd}", 404, "NOT_FOUND")
    for noun in ("campaigns", "sessions", "scripts", "invites")
    for odd in ODD_IDS
]  # fmt: skip
CASES += [
    Case(f"{ask}, and more in the id: {more}", ask.replace("}", "}" + more, 1), 404, "NOT_FOUND", json=body)
    for ask, body in (
        ("DELETE /api/sessions/{session_id}", None), ("GET /api/session/{session_id}/pdf", None),
        ("PATCH /api/campaigns/{campaign_id}", {"name": "x"}), ("GET /api/campaigns/{campaign_id}/transcripts", None),
        ("POST /api/campaigns/{campaign_id}/invites", {"emails": ["a@x.example"]}),
        ("POST /api/campaigns/{campaign_id}/invites/remind", {}),
        ("DELETE /api/projects/{project_id}", None), ("PATCH /api/projects/{project_id}", {"name": "x"}),
        ("DELETE /api/scripts/{script_id}", None), ("POST /api/scripts/{script_id}/publish", None),
        ("POST /api/scripts/{script_id}/preview", {"answers": []}),
        ("DELETE /api/invites/{invite_token}", None), ("POST /api/invites/{invite_token}/resend", {}),
        ("POST /api/invites/{invite_token}/extend", {"hours": 1}),
    )
    for more in ("%00", "%FF", "%20", "%0A")
]  # fmt: skip
CASES += [
    Case(f"GET {path}", f"GET /api{path}", 404, "NOT_FOUND")
    for path in (
        "", "/", "/nothing", "/projects//", "//projects", "/campaigns/../projects", "/%2e%2e/x", "/campaigns%2F" + UUID,
        "/PROJECTS", "/projects;x=1", "/projects%00", "/projects.json", "/v1/projects", "/admin", "/.env", "/%E2%80%8Bprojects",
    )
]  # fmt: skip
CASES += [
    Case(f"of others: {ask}", ask, 404, "NOT_FOUND", json=body)
    for ask, body in (
        ("GET /api/campaigns/{B.campaign_id}", None), ("GET /api/sessions/{B.session_id}", None),
        ("GET /api/session/{B.session_id}/transcript", None), ("GET /api/session/{B.session_id}/pdf", None),
        ("GET /api/scripts/{B.script_id}", None), ("GET /api/invites/{B.invite_token}", None),
        ("GET /api/campaigns/{B.campaign_id}/invites", None), ("DELETE /api/scripts/{B.script_draft_id}", None),
        ("PATCH /api/scripts/{B.script_draft_id}", {"name": "mine"}), ("POST /api/scripts/{B.script_id}/publish", None),
        ("POST /api/campaigns/{B.campaign_id}/invites", {"emails": ["a@x.example"]}),
    )
]  # fmt: skip

CASES += [
    Case(f"{method} {path}", f"{method} {path}", 405, "METHOD_NOT_ALLOWED", headers={"Accept": "application/json"})
    for method, path in (
        ("PUT", "/api/projects"), ("DELETE", "/api/projects"), ("PATCH", "/api/campaigns"), ("TRACE", "/api/projects"),
        ("PROPFIND", "/api/projects"), ("CONNECT", "/api/projects"), ("POST", "/api/billing/credits"),
        ("DELETE", "/api/sessions"), ("POST", "/api/session/{session_id}/pdf"), ("PUT", "/api/scripts/{script_id}"),
        ("POST", "/interview/{invite_token}"), ("GET", "/interview/{invite_token}/start"), ("DELETE", "/interview/{invite_token}"),
        ("PUT", "/interview/{invite_token}/turns"), ("PATCH", "/interview/{invite_token}/state"), ("TRACE", "/interview/{invite_token}"),
    )
]  # fmt: skip
CASES += [
    Case(f"OPTIONS {path}", f"OPTIONS {path}", 200, key=None)
    for path in ("/api/projects", "/api/campaigns/{campaign_id}", "/interview/{invite_token}", "/campaigns", "/livez", "/login")
]  # fmt: skip
CASES += [
    Case(f"HEAD {path}", f"HEAD {path}", 200)
    for path in ("/api/projects", "/api/sessions/{session_id}", "/api/session/{session_id}/transcript", "/interview/{invite_token}", "/livez")
]  # fmt: skip

CASES += [
    Case(f"Authorization {value[:24]!r}", "GET /api/projects", 401, "UNAUTHENTICATED", key=None, headers={"Authorization": value})
    for value in (
        "", "Bearer", "Bearer ", "Basic b3duZXI6eA==", "Bearer null", "Bearer {A.key_revoked}", "Bearer {A.key_owner}x", "{A.key_owner}",
        "Token {A.key_owner}", "Bearer ir_live_" + "a" * 46, "Bearer ir_live_" + "0" * 5_000, "Bearer {A.invite_token}",
        "Bearer {A.key_owner}, Bearer {B.key_owner}", "Bearer \u00e9",
    )
]  # fmt: skip
CASES += [
    Case("a key in the query", "GET /api/projects?api_key={A.key_owner}", 401, "UNAUTHENTICATED", key=None),
    Case("a key in another header", "GET /api/projects", 401, "UNAUTHENTICATED", key=None, headers={"X-Api-Key": "{A.key_owner}"}),
    Case("a cookie", "GET /api/projects", 401, "UNAUTHENTICATED", key=None, headers={"Cookie": "ir={A.key_owner}"}),
    Case("a viewer's key writes", "POST /api/projects", 403, "FORBIDDEN", json={"name": "x"}, key="A.key_viewer"),
    Case("a viewer's key deletes", "DELETE /api/scripts/{script_id}", 403, "FORBIDDEN", key="A.key_viewer"),
    Case("a viewer's key writes nonsense", "POST /api/projects", 403, "FORBIDDEN", raw=b"{", key="A.key_viewer"),
]  # fmt: skip
CASES += [
    Case(f"Host {host!r}", "GET /api/projects", 400, "UNKNOWN_HOST", headers={"Host": host})
    for host in ("evil.example", "127.0.0.1.nip.io", "localhost.evil.example", "a@127.0.0.1", "127.0.0.1:1:2", "169.254.169.254", "[::ffff:7f00:1]")
]  # fmt: skip
CASES += [
    Case(f"{header}: {value[:20]!r} is not listened to", "GET /api/projects", 200, headers={header: value})
    for header, value in (
        ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "1.2.3.4"), ("X-HTTP-Method-Override", "DELETE"), ("Forwarded", "host=evil.example"),
        ("X-Original-URL", "/api/admin"), ("Accept", "text/html"), ("Accept", "*/*;q=x"), ("Accept-Language", "x" * 500), ("Accept-Encoding", "br;q=9"),
        ("If-None-Match", '"' * 99), ("If-Modified-Since", "never"), ("Range", "bytes=0-1"), ("Range", "bytes=5-1,x"), ("X-Request-Id", "a b<c>"),
        ("Idempotency-Key", "a b"), ("Content-Type", ";;;"), ("Cookie", '=;;="'), ("User-Agent", "${{jndi:ldap://x}}"),
    )
]  # fmt: skip
CASES += [
    Case(f"Idempotency-Key {value[:12]!r}", "POST /api/projects", 400, "INVALID_PARAMETER", "Idempotency-Key", json={"name": "x"}, headers={"Idempotency-Key": value})
    for value in ("", "a b", "x" * 256, "\u00e9", "a\tb")
]  # fmt: skip
CASES += [
    Case("a clock without a time", "GET /api/projects", 400, None, headers={"X-Test-Now": "2026-01-01"}),
    Case("a clock at the calendar's edge", "GET /api/projects", 400, None, headers={"X-Test-Now": "9999-12-31T23:59:59Z"}),
]  # fmt: skip
