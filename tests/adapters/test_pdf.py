"""Transcripts as PDF: every script comes back as text, nothing people write acts, and it ends."""

import io
import logging
import re
import socket
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from interviewrelay.adapters.pdf.renderer import ChildPdfRenderer
from interviewrelay.core.errors import PdfUnavailable
from tests.adapters.pdf_samples import SCRIPTS, a_transcript

pytestmark = pytest.mark.gate  # each document is made by a process of its own

SECONDS = 600.0  # only a hang takes as long
SECRET = "what only the participant and the researcher may know"
QUESTION = "Could you tell me how the day of your discharge went?"
ANSWER = (
    "The nurse came at seven – “finally”, I thought – but nothing happened until four o'clock. "
)


def pages(pdf: bytes) -> list[str]:
    """The text of each page without its footer, as people would compare it."""
    found = []
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        lines = unicodedata.normalize("NFC", page.extract_text()).splitlines()
        foot = next(i for i, line in enumerate(lines) if re.search(r"Page \d+ of \d+", line))
        found.append("\n".join(lines[foot + 1 :]))
    return found


def text_of(pdf: bytes) -> str:
    return "\n".join(pages(pdf))


def packed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text))


@pytest.fixture(scope="module")
def render() -> ChildPdfRenderer:
    return ChildPdfRenderer(seconds=SECONDS)


@pytest.fixture(scope="module")
def scripts_page(render: ChildPdfRenderer) -> str:
    texts = [text for answer in SCRIPTS.values() for text in ("Please say it.", answer)]
    return text_of(render.render(a_transcript(texts)))


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port on loopback and the connections that were made to it."""
    calls: list[object] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    over = threading.Event()

    def listen() -> None:
        while not over.is_set():
            try:
                calls.append(server.accept())
            except TimeoutError:
                continue

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], calls
    over.set()
    thread.join()
    server.close()


def child(code: str) -> list[str]:
    """A command that runs the code instead of making a PDF."""
    return [sys.executable, "-P", "-c", code]


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_words_of_every_script_come_back(script: str, scripts_page: str) -> None:
    for word in unicodedata.normalize("NFC", SCRIPTS[script]).split():
        assert word in scripts_page


def test_no_character_is_lost_in_a_box(scripts_page: str) -> None:
    assert not set("■□\ufffd") & set(scripts_page)
    assert "[U+" not in scripts_page


def test_what_no_face_has_is_shown_by_its_number(render: ChildPdfRenderer) -> None:
    text = text_of(render.render(a_transcript(["Yes?", "ᎠᏂ 𐌰 \ue000 \U0001e900 end"])))
    assert "[U+13A0][U+13C2] [U+10330] [U+E000] [U+1E900] end" in text


def test_a_sign_that_no_face_has_is_written_as_what_it_stands_for(
    render: ChildPdfRenderer,
) -> None:
    text = text_of(render.render(a_transcript(["Yes?", "ｶﾅ, ㈱ and 𝐁old; 5 ‰, ⅓, ﬁrst, ‽"])))
    assert "カナ, (株) and Bold; 5 ‰, ⅓, ﬁrst, ‽" in text


def test_every_face_that_is_named_is_in_the_file(render: ChildPdfRenderer) -> None:
    made = pypdf.PdfReader(io.BytesIO(render.render(a_transcript(["Yes?", "One ‰ of 七."]))))
    named = set()
    for page in made.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object().get("/FontDescriptor")
            named.add(font.get_object()["/BaseFont"])
            assert descriptor is not None, font.get_object()["/BaseFont"]
            assert "/FontFile2" in descriptor.get_object()
    assert len(named) >= 4


def test_controls_are_dropped_and_lines_kept(render: ChildPdfRenderer) -> None:
    answer = "one\x00\x07 two\u202e three\r\nfour\u200b five \ud800"
    text = text_of(render.render(a_transcript(["Yes?", answer])))
    assert "one two three" in text
    assert "four five [U+D800]" in text


def test_the_first_page_says_what_is_known(render: ChildPdfRenderer) -> None:
    first = pages(render.render(a_transcript([QUESTION, ANSWER, QUESTION, None])))[0]
    for words in (
        "Going home",
        "Patient journeys",
        "Sint Anna",
        "Maria Jansen (maria@example.org)",
        "Completed",
        "2 March 2026, 10:00 UTC",
        "14 min 2 s",
        "150 (15 minutes billed)",
        "version 2026-01, given 2 March 2026, 10:00 UTC",
        "Mixed",
        "01:05 · positive",
        "Skipped",
    ):
        assert words in first


def test_it_says_whose_words_were_said_and_what_was_said_at_the_end(
    render: ChildPdfRenderer,
) -> None:
    said = a_transcript(["Where was it?", "At home."], closing="Call this.\n112", danger=True)
    worded = {"source": "model", "model": {"name": "tiny-7b"}}
    turns = (replace(said.turns[0], decision=worded), said.turns[1])
    text = packed(text_of(render.render(replace(said, turns=turns))))
    for words in (
        "Worded by the model tiny-7b.",
        "Completed (ended for safety)",
        "Call this.",
        "112",
        "at the end",
    ):
        assert packed(words) in text
    plain = packed(text_of(render.render(a_transcript(["Where was it?"]))))
    assert packed("In the words") not in plain
    assert packed("at the end") not in plain


def test_nothing_known_and_nothing_said_is_still_a_page(render: ChildPdfRenderer) -> None:
    bare = a_transcript(
        [],
        title="",
        project="",
        participant_name="",
        participant_email="",
        consent=None,
        completed_at=None,
        credits_charged=None,
        sentiment={},
        interviewer="",
    )
    text = text_of(render.render(bare))
    assert "has no answers" in text
    assert "Consent" not in text
    assert "None" not in text


def test_markup_in_answers_stays_literal_and_reaches_nothing(
    render: ChildPdfRenderer, listener: tuple[int, list[object]]
) -> None:
    port, calls = listener
    url = f"http://127.0.0.1:{port}/x"
    hostile = [
        f'<img src="{url}.png">',
        f'<link rel="stylesheet" href="{url}.css">',
        f'<style>@import url("{url}.css"); @font-face {{ src: url({url}.ttf) }}</style>',
        f'<style>@page {{ background-image: url("{url}.pdf") }}</style>',
        f'<pdf:insertpdf src="{url}.pdf"/>',
        '<img src="file:///etc/passwd">',
        '<font color="[[[getattr(pow, Word)(1) for Word in [1]]]]">red</font>',
        "</p></body></html><script>alert(1)</script>",
        "{{ 7 * 7 }} {% for x in y %} &lt;b&gt; &amp;",
    ]
    texts = [text for answer in hostile for text in (QUESTION, answer)]
    pdf = render.render(
        a_transcript(texts, title=hostile[0], participant_name=hostile[4], language=hostile[2])
    )
    text = packed(text_of(pdf))
    for answer in hostile:
        assert packed(answer) in text
    assert not calls


def test_five_thousand_nested_elements_are_five_thousand_words(
    render: ChildPdfRenderer,
) -> None:
    answer = "<div>" * 5_000 + "x" + "</div>" * 5_000
    assert answer in packed(text_of(render.render(a_transcript([QUESTION, answer]))))


def test_a_word_wider_than_the_page_is_broken_and_comes_back_whole(
    render: ChildPdfRenderer,
) -> None:
    word = "".join(chr(ord("a") + at % 26) for at in range(1_000))
    pdf = render.render(a_transcript([QUESTION, f"before {word} after"], title=word))
    assert f"before{word}after" in packed(text_of(pdf))
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for line in page.extract_text().splitlines():
            assert len(line) < 140


def test_five_hundred_turns_keep_every_label_with_its_words(render: ChildPdfRenderer) -> None:
    texts = [ANSWER * (1 + at % 7) if at % 2 else QUESTION for at in range(500)]
    found = pages(render.render(a_transcript(texts)))
    assert len(found) > 40
    for page in found:
        assert not re.search(r"\d+:\d\d( · \w+)?$", page.strip().splitlines()[-1])
    assert packed("".join(found)).count(packed(QUESTION)) == 250


def test_an_answer_of_many_pages_in_chinese_is_whole(render: ChildPdfRenderer) -> None:
    answer = "护士解释了一切，我很满意。但是信迟到了三个星期 discharge letter。" * 120
    pdf = render.render(a_transcript([QUESTION, answer], language="zh-Hans"))
    assert packed(answer) in packed(text_of(pdf))


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "raise SystemExit(1)",
        "print('no PDF at all')",
        "from interviewrelay.adapters import child_process as c; c.limit_memory(2**29); bytearray(2**30)",
    ],
)
def test_a_child_that_dies_is_a_pdf_unavailable(
    code: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(PdfUnavailable):
        ChildPdfRenderer(command=child(code)).render(a_transcript([QUESTION, SECRET]))
    assert "a-session" in caplog.text
    assert SECRET not in caplog.text


def test_a_child_that_never_ends_is_ended(caplog: pytest.LogCaptureFixture) -> None:
    slow = child("import time; time.sleep(60)")
    with pytest.raises(PdfUnavailable):
        ChildPdfRenderer(command=slow, seconds=0.3).render(a_transcript([SECRET]))
    assert "timed out after 0.3 s" in caplog.text


def test_a_failure_inside_tells_no_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(PdfUnavailable):
        ChildPdfRenderer(tmp_path).render(a_transcript([QUESTION, SECRET]))
    assert "exit code 1, TTFError" in caplog.text
    assert SECRET not in caplog.text


def test_at_most_two_at_once_and_the_third_is_told_so(tmp_path: Path) -> None:
    code = (
        "import pathlib, tempfile, time\n"
        f"here = pathlib.Path({str(tmp_path)!r})\n"
        "tempfile.mkstemp(dir=here)\n"
        "while not (here / 'go on').exists(): time.sleep(0.01)\n"
    )
    slow = ChildPdfRenderer(command=child(code), seconds=SECONDS)
    started = [threading.Thread(target=_refused, args=(slow,)) for _ in range(2)]
    for thread in started:
        thread.start()
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.01)
    with pytest.raises(PdfUnavailable):
        ChildPdfRenderer(patience=0.1).render(a_transcript([]))
    (tmp_path / "go on").touch()
    for thread in started:
        thread.join()


def _refused(renderer: ChildPdfRenderer) -> None:
    with pytest.raises(PdfUnavailable):
        renderer.render(a_transcript([]))


def test_the_child_sees_no_secret_and_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IR_SECRET_KEY", SECRET)
    tells = child(
        "import os, pathlib; pathlib.Path('left').write_text('x');"
        "print('%PDF-', os.environ['TMPDIR'], sorted(os.environ))"
    )
    said = ChildPdfRenderer(command=tells).render(a_transcript([])).decode()
    assert "IR_SECRET_KEY" not in said
    assert not Path(said.split()[1]).exists()


def test_the_child_may_not_open_a_socket_or_start_a_program() -> None:
    code = (
        "import socket, subprocess; from interviewrelay.adapters import child_process\n"
        "child_process.refuse_actions()\n"
        "for act in (socket.socket, lambda: socket.getaddrinfo('localhost', 80),"
        " lambda: subprocess.run(['true'])):\n"
        "    try: act()\n"
        "    except PermissionError as e: print(e)\n"
    )
    done = subprocess.run(child(code), capture_output=True, text=True, check=True)
    assert len(done.stdout.split()) == 3


def test_the_parent_loads_no_pdf_library() -> None:
    code = (
        "import sys; import interviewrelay.adapters.pdf.renderer;"
        "print({'xhtml2pdf', 'reportlab', 'uharfbuzz', 'jinja2'} & set(sys.modules))"
    )
    done = subprocess.run(child(code), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
