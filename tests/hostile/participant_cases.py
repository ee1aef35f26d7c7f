"""What may come through a participant's link. `{open}` is one not started, `{begun}` one under way."""

from tests.hostile.case import Case, refusals

FORM = "application/x-www-form-urlencoded"
JSON = {"Accept": "application/json"}
NOBODY = "inv_" + "a" * 43

CASES = [
    Case(f"link: {name}", f"GET /interview/{token}", status, code, key=None, headers=JSON)
    for name, token, status, code in (
        ("unknown", NOBODY, 404, "NOT_FOUND"), ("short", "inv_x", 404, "NOT_FOUND"), ("NUL", "inv_%00", 404, "NOT_FOUND"),
        ("climbing", "..%2F..%2Fapi", 404, "NOT_FOUND"), ("expired", "{invite_token_expired}", 410, "INVITE_EXPIRED"),
        ("cancelled", "{invite_token_cancelled}", 410, "INVITE_CANCELLED"), ("a key", "{key_owner}", 404, "NOT_FOUND"),
    )
]  # fmt: skip
CASES += refusals(
    "POST /interview/{open}/start", "INVALID_JSON",
    {"start: a field twice": b'{"consent":true,"consent":false}', "start: NaN": b'{"consent":NaN}', "start: a list": b"[]",
     "start: a byte order mark": b'\xef\xbb\xbf{"consent":true}'},
    key=None, headers=JSON,
)  # fmt: skip
CASES += [
    Case(f"start: {name}", "POST /interview/{open}/start", 400, "INVALID_PARAMETER", field, json=body, key=None, headers=JSON)
    for name, body, field in (
        ("no consent", {}, "consent"), ("consent in words", {"consent": "yes"}, "consent"), ("consent 1", {"consent": 1}, "consent"),
        ("consent refused", {"consent": False}, "consent"), ("another mode", {"consent": True, "mode": "video"}, "mode"),
        ("another language", {"consent": True, "language": "../x"}, "language"),
        ("much metadata", {"consent": True, "metadata": {str(n): "x" for n in range(51)}}, "metadata"),
    )
]  # fmt: skip
CASES += [
    Case("start: the wrong content type", "POST /interview/{open}/start", 415, "UNSUPPORTED_MEDIA_TYPE", raw=b"consent", kind="text/plain", key=None, headers=JSON),
    Case("turns before the start", "POST /interview/{open}/turns", 409, "CONFLICT", json={"number": 2, "text": "x"}, key=None, headers=JSON),
    Case("state before the start", "GET /interview/{open}/state", 409, "CONFLICT", key=None, headers=JSON),
    Case("pause before the start", "POST /interview/{open}/pause", 409, "CONFLICT", json={}, key=None, headers=JSON),
]  # fmt: skip
CASES += [
    Case(f"turn: {name}", "POST /interview/{begun}/turns", 400, "INVALID_PARAMETER", field, json=body, key=None, headers=JSON)
    for name, body, field in (
        ("no number", {"text": "x"}, "number"), ("number in words", {"number": "2", "text": "x"}, "number"),
        ("number true", {"number": True, "text": "x"}, "number"), ("number 0", {"number": 0, "text": "x"}, "number"),
        ("number -2", {"number": -2, "text": "x"}, "number"), ("a large number", {"number": 10**12, "text": "x"}, "number"),
        ("2.5", {"number": 2.5, "text": "x"}, "number"), ("no text", {"number": 2}, "text"), ("null", {"number": 2, "text": None}, "text"),
        ("blank", {"number": 2, "text": " \n\t"}, "text"), ("10,001 characters", {"number": 2, "text": "x" * 10_001}, "text"),
        ("100,001 characters", {"number": 2, "text": "x" * 100_001}, "text"), ("a list", {"number": 2, "text": ["x"]}, "text"),
        ("invisible", {"number": 2, "text": "\u200b\u2060"}, "text"),
    )
]  # fmt: skip
CASES += [
    Case("turn: a number that is not next", "POST /interview/{begun}/turns", 409, "CONFLICT", json={"number": 4, "text": "x"}, key=None, headers=JSON),
    Case("turn: the question's own number", "POST /interview/{begun}/turns", 409, "CONFLICT", json={"number": 1, "text": "x"}, key=None, headers=JSON),
    Case("turn: NUL", "POST /interview/{begun}/turns", 400, "INVALID_JSON", raw=b'{"number":2,"text":"a\\u0000"}', key=None, headers=JSON),
    Case("turn: broken", "POST /interview/{begun}/turns", 400, "INVALID_JSON", raw=b'{"number":2', key=None, headers=JSON),
    Case("turn: 2 MiB", "POST /interview/{begun}/turns", 413, "PAYLOAD_TOO_LARGE", raw=b'{"number":2,"text":"' + b"x" * 2_000_000 + b'"}', key=None, headers=JSON),
    Case("turn by a form: no number", "POST /interview/{begun}/turns", 400, "INVALID_PARAMETER", "number", raw=b"text=x", kind=FORM, key=None, headers=JSON),
    Case("turn by a form: only NUL", "POST /interview/{begun}/turns", 400, "INVALID_PARAMETER", "text", raw=b"number=2&text=%00", kind=FORM, key=None, headers=JSON),
    Case("skip: no number", "POST /interview/{begun}/skip", 400, "INVALID_PARAMETER", "number", json={}, key=None, headers=JSON),
    Case("skip: not next", "POST /interview/{begun}/skip", 409, "CONFLICT", json={"number": 8}, key=None, headers=JSON),
    Case("from another site", "POST /interview/{begun}/complete", 403, "FORBIDDEN", json={}, key=None, headers={**JSON, "Sec-Fetch-Site": "cross-site"}),
    Case("a verb that is none", "POST /interview/{begun}/erase", 404, "NOT_FOUND", json={}, key=None, headers=JSON),
]  # fmt: skip
CASES += [
    Case(f"feedback: {name}", "POST /interview/{begun}/feedback", 400, "INVALID_PARAMETER", field, json=body, key=None, headers=JSON)
    for name, body, field in (
        ("none", {}, "rating"), ("0", {"rating": 0}, "rating"), ("6", {"rating": 6}, "rating"), ("in words", {"rating": "5"}, "rating"),
        ("true", {"rating": True}, "rating"), ("a long comment", {"rating": 5, "comment": "x" * 5_001}, "comment"),
    )
]  # fmt: skip
# Metadata of a link, with what no database keeps; then an answer by a form that holds NUL among words.
CASES += [
    Case("start with odd metadata in the link", "POST /interview/{other}/start?utm=%00a&%FF=%FF&x=1&x=2", 201, json={"consent": True}, key=None, headers=JSON),
    Case("turn by a form: NUL among words", "POST /interview/{other}/turns", 201, raw=b"number=2&text=a%00b%0Bc+%FF", kind=FORM, key=None, headers=JSON,
         shows={"saved.text": "abc %FF"}),
]  # fmt: skip
