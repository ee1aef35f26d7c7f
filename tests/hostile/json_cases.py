"""Bodies that are not strict JSON, wherever a body is read."""

from tests.hostile.case import Case, refusals

MADE = "POST /api/projects"


def deep(levels: int, opens: str = '{"a":', closes: str = "}") -> bytes:
    """An object with so many levels in it."""
    inner = opens * (levels - 1) + "1" + closes * (levels - 1)
    return ('{"name":"x","a":' + inner + "}").encode()


def padded(size: int) -> bytes:
    head = b'{"name":"x"'
    return head + b" " * (size - len(head) - 1) + b"}"


RULES = {
    "empty": (b"", "empty"),
    "blank": (b" \n ", "not valid JSON"),
    "half an object": (b'{"name":"x"', "not valid JSON"),
    "a form": (b"name=x", "not valid JSON"),
    "single quotes": (b"{'name':'x'}", "not valid JSON"),
    "a comma too many": (b'{"name":"x",}', "not valid JSON"),
    "a comment": (b'{"name":"x"/* */}', "not valid JSON"),
    "a plus sign": (b'{"name":"x","a":+1}', "not valid JSON"),
    "a leading zero": (b'{"name":"x","a":01}', "not valid JSON"),
    "hexadecimal": (b'{"name":"x","a":0x1}', "not valid JSON"),
    "a line break in a text": (b'{"name":"a\nb"}', "not valid JSON"),
    "trailing bytes": (b'{"name":"x"} x', "not valid JSON"),
    "two objects": (b'{"name":"x"}{"name":"y"}', "not valid JSON"),
    "a list": (b'[{"name":"x"}]', "must be a JSON object"),
    "a text": (b'"x"', "must be a JSON object"),
    "null": (b"null", "must be a JSON object"),
    "a number": (b"1", "must be a JSON object"),
    "NaN": (b'{"name":NaN}', "NaN is not a JSON number"),
    "Infinity": (b'{"name":"x","a":Infinity}', "Infinity is not a JSON number"),
    "-Infinity": (b'{"name":"x","a":[-Infinity]}', "-Infinity is not a JSON number"),
    "1e999": (b'{"name":"x","a":1e999}', "too large"),
    "-1e999": (b'{"name":"x","a":-1e999}', "too large"),
    "16 digits": (b'{"name":"x","a":1234567890123456}', "15 digits"),
    "400 digits": (b'{"name":"x","a":' + b"9" * 400 + b"}", "15 digits"),
    "-16 digits": (b'{"name":"x","a":-1234567890123456}', "15 digits"),
    "a field twice": (b'{"name":"x","name":"y"}', "'name' appears twice"),
    "a field twice, once escaped": (b'{"name":"x","n\\u0061me":"y"}', "'name' appears twice"),
    "a field twice inside": (b'{"name":"x","a":{"b":1,"b":2}}', "'b' appears twice"),
    "33 levels of objects": (deep(33), "32 levels"),
    "33 levels of lists": (deep(33, "[", "]"), "32 levels"),
    "100,000 levels": (b"[" * 100_000, "32 levels"),
    "100,000 levels of objects": (b'{"a":' * 100_000, "32 levels"),
    "half a surrogate pair": (b'{"name":"\\ud800"}', "surrogate"),
    "the other half": (b'{"name":"a\\udfffb"}', "surrogate"),
    "halves in the wrong order": (b'{"name":"\\udc00\\ud800"}', "surrogate"),
    "half a pair in a field's name": (b'{"name":"x","\\ud800":1}', "surrogate"),
    "NUL": (b'{"name":"a\\u0000b"}', "control character"),
    "NUL in a field's name": (b'{"name":"x","a\\u0000":1}', "control character"),
    "NUL deep inside": (b'{"name":"x","a":[{"b":"\\u0000"}]}', "control character"),
    "a bell": (b'{"name":"a\\u0007b"}', "control character"),
    "an escape": (b'{"name":"\\u001b[31mred"}', "control character"),
    "raw NUL": (b'{"name":"a\x00b"}', "NUL"),
    "UTF-16": ('{"name":"x"}'.encode("utf-16"), "not UTF-8"),
    "UTF-16 without a mark": ('{"name":"x"}'.encode("utf-16-le"), "NUL"),
    "UTF-32": ('{"name":"x"}'.encode("utf-32"), "not UTF-8"),
    "a byte order mark": (b'\xef\xbb\xbf{"name":"x"}', "byte order mark"),
    "Latin-1": ('{"name":"é"}'.encode("latin-1"), "not UTF-8"),
    "an overlong NUL": (b'{"name":"\xc0\x80"}', "not UTF-8"),
    "a raw surrogate": (b'{"name":"\xed\xa0\x80"}', "not UTF-8"),
    "beyond Unicode": (b'{"name":"\xf5\x80\x80\x80"}', "not UTF-8"),
}

CASES = [
    Case(f"JSON: {name}", MADE, 400, "INVALID_JSON", raw=body, says=words)
    for name, (body, words) in RULES.items()
]

# Every other operation with a body reads it by the same rules.
for _ask in (
    "POST /api/scripts",
    "POST /api/campaigns",
    "POST /api/campaigns/{campaign_id}/invites",
    "PATCH /api/scripts/{script_draft_id}",
):
    CASES += refusals(
        _ask,
        "INVALID_JSON",
        {
            f"{_ask}: a field twice": b'{"name":"x","name":"y"}',
            f"{_ask}: 33 levels": deep(33),
            f"{_ask}: NaN": b'{"name":NaN}',
        },
    )

CASES += [
    Case("32 levels are taken", MADE, 201, raw=deep(32)),
    Case("15 digits are taken", MADE, 201, raw=b'{"name":"x","a":123456789012345}'),
    Case("a whole pair is taken", MADE, 201, raw=b'{"name":"\\ud83d\\ude42"}', shows={"name": "🙂"}),
    Case("tab and line break are taken", MADE, 201, json={"name": "a\tb\nc", "description": "a\tb\nc"}, shows={"name": "a\tb c", "description": "a\tb\nc"}),
    Case("unknown fields are ignored", MADE, 201, json={"name": "x", "id": "1", "org_id": "2", "__proto__": {}}),
    Case("1 MiB is taken", MADE, 201, raw=padded(1_048_576)),
    Case("1 MiB and a byte", MADE, 413, "PAYLOAD_TOO_LARGE", raw=padded(1_048_577)),
    Case("3 MiB", MADE, 413, "PAYLOAD_TOO_LARGE", raw=padded(3 * 1_048_576)),
]  # fmt: skip

TYPES = (
    None,
    "text/plain",
    "text/json",
    "application/jsonp",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    "application/json; charset=latin-1",
    "application/xml",
    "application/problem+json",
)
CASES += [
    Case(f"content type {kind}", MADE, 415, "UNSUPPORTED_MEDIA_TYPE", raw=b'{"name":"x"}', kind=kind)
    for kind in TYPES
]  # fmt: skip
CASES += [
    Case(f"content encoding {coding}", MADE, 415, "UNSUPPORTED_MEDIA_TYPE", raw=b'{"name":"x"}',
         headers={"Content-Encoding": coding})
    for coding in ("gzip", "deflate", "br", "identity", "gzip, gzip")
]  # fmt: skip
CASES += [
    Case(f"content type {kind} is taken", MADE, 201, json={"name": "x"}, kind=kind)
    for kind in (
        "application/json;charset=UTF-8",
        "Application/JSON",
        'application/json; charset="utf-8"',
    )
]
