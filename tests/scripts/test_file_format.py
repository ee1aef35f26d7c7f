"""Scripts as files: what is read, what is refused and where, and that nothing is lost on the way."""

import random
from typing import Any

import pytest

from interviewrelay.core.errors import InvalidParameter, PayloadTooLarge, Refusal
from interviewrelay.scripts import file_format
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.web.scripts.uploads import read_script
from tests.web.dashboard.test_pages import RICH

SHORT = "name: S\nquestions:\n- text: T\n"
TRICKY = (
    "no", "yes", "null", "~", "1", "-0", "1.5", "1e5", "0x1f", "09", "2024-01-01", "12:30:00", "a: b",
    "- a", "#a", "a #b", "'", '"', "\\", "{a}", "[a]", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">",
    "first\nsecond", "first\n\n  third", "a\tb", "…", "שלום", "😀", "e\u0301", "a\u2028b", "a\x85b", "=",
    "true", ".inf", "1_000", "+5", "? a", "a:", "<<", "\ufeffx",
)  # fmt: skip


def test_a_rich_script_comes_back_as_it_was() -> None:
    document = ScriptDocument.model_validate(RICH).document()
    for form in ("yaml", "json"):
        written = file_format.format_file(document, form)  # type: ignore[arg-type]
        assert read_script(written).document() == document


@pytest.mark.parametrize("seed", range(30))
def test_words_that_look_like_something_else_stay_words(seed: int) -> None:
    draw = random.Random(seed)
    texts = draw.sample(TRICKY, 10)
    question = {
        "text": texts[0],
        "options": texts[1:6],
        "explain": texts[6],
        "probes": texts[7:],
    }
    wanted = ScriptDocument.model_validate({"name": "S", "questions": [question]}).document()
    for form in ("yaml", "json"):
        written = file_format.format_file(wanted, form)  # type: ignore[arg-type]
        assert read_script(written).document() == wanted, written.decode()


def test_what_is_at_its_default_is_left_out() -> None:
    written = file_format.format_file(read_script(SHORT.encode()).document(), "yaml").decode()
    assert written == (
        "name: S\nlanguage: en\ntarget_minutes: 20\nquestions:\n- id: q1\n  text: T\n"
    )


def test_people_write_plain_words() -> None:
    text = SHORT + "  options: [no, yes, 2024-01-01, 12:30]\nlanguage: no\ncontact:\n"
    made = read_script(text.encode())
    assert made.questions[0].options == ["no", "yes", "2024-01-01", "12:30"]
    assert (made.language, made.contact) == ("no", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty."),
        ("name: S\nquestions:\n- text: T\n- txt: T\n", "Line 4: The 'questions.1.text' field is required"),
        (SHORT + "  depth: deeper\n", "Line 4: The 'questions.0.depth' field must be one of"),
        (SHORT + "target_minutes: 0\n", "Line 4: The 'target_minutes' field must be a whole number from 1 to 180"),
        ('{\n\t"name": "S",\n\t"questions": [\n{"text":3}]}', "Line 4: The 'questions.0.text' field"),
        ('{"name": "S",\n"name": "T"}', "appears twice"),
        ('{"name": ', "line 1"),
        ("name: S\nname: T", "Line 2: The field “name” appears twice."),
        ("name: [1\n", "Line 2: This isn’t valid YAML"),
        ("name: S\n\ttext: x", "Line 2: This isn’t valid YAML"),
        ("a: &x [1]\nb: *x", "Line 1: Anchors and aliases"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", "Line 2: Tags"),
        ("- 1", "Line 1: A script must contain fields"),
        ("just words", "Line 1: A script must contain fields"),
        ("a: 1\n---\nb: 1", "Line 3: A file can contain only one script"),
        ("? [a]\n: 1", "Line 1: A field name must be plain text."),
        ("a: 1\nb: \x01", "Line 2: This line contains a control character"),
        ("a: 1234567890123456", "Line 1: A number has more than 15 digits."),
        ("@", "Line 1: This isn’t valid YAML"),
        ("a:\n" + "".join(" " * n + "- \n" for n in range(1, 40)) , "levels"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_script(text.encode())
    assert words in str(caught.value)


def test_every_field_that_is_wrong_has_its_line() -> None:
    text = "name: S\ntone: loud\nquestions:\n- text: ''\n"
    with pytest.raises(InvalidParameter) as caught:
        read_script(text.encode())
    details: Any = caught.value.details
    assert [p["message"].partition(":")[0] for p in details["errors"]] == ["Line 2", "Line 4"]


def test_what_is_no_text_is_told_with_its_line() -> None:
    with pytest.raises(InvalidParameter, match=r"Line 2: The text isn’t UTF-8\."):
        read_script(b"name: S\nx: \xff")


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000])
def test_nothing_is_nested_without_end(text: str) -> None:
    with pytest.raises(Refusal):
        read_script(text.encode())


def test_a_file_is_bounded() -> None:
    with pytest.raises(PayloadTooLarge):
        read_script(b"#" * (file_format.LARGEST + 1))
    many = "a:\n" + "- 1\n" * (file_format.MOST_PARTS + 10)
    with pytest.raises(InvalidParameter, match=r"more than 50,000 values"):
        read_script(many.encode())


def test_without_the_fast_reader_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_format, "_LOADER", file_format.yaml.SafeLoader)
    document = ScriptDocument.model_validate(RICH).document()
    assert read_script(file_format.format_file(document, "yaml")).document() == document
    with pytest.raises(InvalidParameter, match="Anchors"):
        read_script(b"a: &x [1]\nb: *x")
