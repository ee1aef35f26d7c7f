"""A transcript in every form, read back by what reads such files."""

import csv
import html
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from interviewrelay.core.conversation import Transcript, TranscriptTurn
from interviewrelay.transcripts import formats

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
HOSTILE = [
    '=HYPERLINK("http://x.example")', "+1+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1+1", "\r=1", " =1", "\n=1",
    "one\n\ntwo\r\nthree\u2028four", "5\n00:00:01,000 --> 00:00:02,000\nsmuggled", "WEBVTT\n\nNOTE x",
    "<b>bold</b> & <script>alert(1)</script> {\\an8} a --> b",
    "# head\n- list\n1. one\n> quote `code` [a](b) ![c](d)",
    'She said "no", twice;\ttabs', "\u202egnp.exe", "שלום world", "مرحبا", "我等了", "🙂 e\u0301", "\x0b\x1f", "",
]  # fmt: skip


def a_transcript(*texts, times=None):
    times = times or [0, 3.5, 3.5, 60, 60, 3725.4, 3725.4, 4000]
    return Transcript(
        session_id="018f0000-0000-7000-8000-000000000001", title="Autumn\n# x", project="Patients", organization="A",
        participant_email="pat@example.com", participant_name="=Pat", status="in_progress", language="en",
        mode="text", interviewer="built-in", consent=None, started_at=NOON, completed_at=NOON + timedelta(hours=2),
        duration_seconds=4000, duration_minutes=67, credits_charged=1, sentiment={},
        turns=tuple(
            TranscriptTurn(
                id=f"t{n}", number=n + 1, timestamp=times[n % len(times)] + 5000 * (n // len(times)),
                speaker=("ai", "participant")[n % 2], text=text, sentiment="neutral",
                duration=None if n % 2 == 0 else 3.5, question_id="q1",
                decision={"act": "ask", "reason": "=why"} if n % 2 == 0 else None,
            )
            for n, text in enumerate(texts)
        ),
    )  # fmt: skip


def seconds(stamp):
    hours, minutes, rest = re.fullmatch(r"(\d\d+):(\d\d):(\d\d[.,]\d{3})", stamp).groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))


def cues(text):
    """A small reader of SRT and WebVTT: blocks apart by empty lines."""
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", text.strip("\n"))]
    if blocks[0] == ["WEBVTT"]:
        blocks = blocks[1:]
    found = []
    for number, block in enumerate(blocks, 1):
        assert block[0] == str(number)
        begin, end = map(seconds, block[1].split(" --> "))
        found.append((begin, end, "\n".join(block[2:])))
    return found


def test_subtitles_stand_one_after_the_other_from_their_turns_on():
    made = a_transcript(*"abcdefgh")
    for text in (formats.format_srt(made), formats.format_vtt(made)):
        read = cues(text)
        assert [begin for begin, _, _ in read] == [0, 3.5, 4.5, 60, 61, 3725.4, 3726.4, 4000]
        assert [end for _, end, _ in read] == [3.5, 4.5, 24.5, 61, 81, 3726.4, 3746.4, 4005]


def test_subtitles_of_turns_at_one_moment_do_not_overlap():
    made = a_transcript(*"abcdefgh", times=[0, 7, 7, 7, 7.5, 8, 8, 30])
    read = cues(formats.format_srt(made))
    assert [begin for begin, _, _ in read] == [0, 7, 8, 9, 10, 11, 12, 30]
    assert all(end <= begin for (_, end, _), (begin, _, _) in pairwise(read))


def test_subtitles_begin_in_the_form_of_their_kind():
    made = a_transcript(*"abcdefgh")
    assert formats.format_srt(made).startswith(
        "1\n00:00:00,000 --> 00:00:03,500\nInterviewer: a\n\n2\n00:00:03,500 --> "
    )
    assert formats.format_vtt(made).startswith(
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:03.500\n<v Interviewer>a\n\n2\n"
    )


@pytest.mark.parametrize("said", HOSTILE)
def test_no_text_breaks_out_of_its_subtitle(said):
    made = a_transcript("Hello", said, "Next")
    for kind, text in (("srt", formats.format_srt(made)), ("vtt", formats.format_vtt(made))):
        read = cues(text)
        assert len(read) == 3
        body = read[1][2]
        assert "-->" not in body
        if kind == "vtt":
            assert re.findall(r"<[^>]*>?", body) == ["<v Participant>"]
            body = html.unescape(body.removeprefix("<v Participant>"))
        else:
            assert not re.search(r"<[a-z/]|\{\\", body)
            body = body.removeprefix("Participant: ").replace("\u2060", "")
        shown = re.sub(r"[\u2068\u2069]", "", body)
        assert shown.split() == formats._plain(said).split() or shown in (
            formats.SKIPPED,
            formats.UNHEARD,
        )


@given(st.lists(st.text(), min_size=1, max_size=8))
def test_csv_is_read_back_whole_and_holds_no_formula(texts):
    made = a_transcript(*texts)
    text = formats.format_csv(made)
    assert text.startswith("\ufeffsession_id,number,timestamp,")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert tuple(lines[0]) == formats.COLUMNS
    assert len(lines) == len(texts) + 1
    for line, said in zip(lines[1:], texts, strict=True):
        assert len(line) == len(formats.COLUMNS)
        read = dict(zip(formats.COLUMNS, line, strict=True))
        for value in line:
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert not value.lstrip().startswith(("=", "+", "-", "@"))
        assert read["text"].removeprefix("'") == said.replace("\x00", "").removeprefix("'")


def test_every_form_tells_whose_words_a_question_is_in():
    said = a_transcript("Where?", "At home.", "And then?")
    worded = {"act": "probe", "source": "model", "model": {"name": "tiny *7b*", "used": True}}
    refused = {"act": "ask", "source": "author", "model": {"name": "tiny *7b*", "used": False}}
    turns = (replace(said.turns[0], decision=refused), said.turns[1])
    said = replace(said, turns=(*turns, replace(said.turns[2], decision=worded)))
    assert formats.format_text(said).count("(Worded by the model tiny *7b*.)") == 1
    assert formats.format_markdown(said).count("*Worded by the model tiny \\*7b\\*\\.*") == 1
    lines = list(csv.DictReader(io.StringIO(formats.format_csv(said).removeprefix("\ufeff"))))
    assert [(line["source"], line["model"]) for line in lines] == [
        ("author", ""),
        ("", ""),
        ("model", "tiny *7b*"),
    ]


@pytest.mark.parametrize("made", [formats.format_text, formats.format_markdown])
def test_what_was_said_at_the_end_stands_at_the_end(made):
    said = a_transcript("Where?", "At home.")
    assert "danger" not in made(said)
    ended = made(replace(said, closing="Thanks.\nBye", danger=True))
    assert ended.rstrip().endswith("Bye")
    assert "Interviewer" in ended.split("At home")[1]
    assert "ended for safety" in ended


@pytest.mark.parametrize("said", HOSTILE)
def test_a_dangerous_cell_is_marked_and_an_innocent_one_is_not(said):
    dangerous = said.lstrip().startswith(("=", "+", "-", "@")) or said.startswith(
        ("\t", "\r", "\n")
    )
    assert (formats.safe_cell(said) == f"'{said}") == dangerous
    assert dangerous or formats.safe_cell(said) == said
    assert [formats.safe_cell(v) for v in (3.5, 0, -1.5, None, True)] == [
        3.5,
        0,
        -1.5,
        None,
        "true",
    ]


def test_markdown_shows_words_as_they_were_said():
    text = formats.format_markdown(a_transcript("Hello", HOSTILE[12], "<script>x</script>"))
    assert text.startswith("# Autumn \\# x\n")
    assert (
        "> \\# head\\\n> \\- list\\\n> 1\\. one\\\n> \\> quote \\`code\\` \\[a\\]\\(b\\) \\!\\[c\\]\\(d\\)\n"
        in text
    )
    assert "<script" not in text.replace("\\<script", "")
    assert "**Participant** (00:00:03)" in text


@pytest.mark.parametrize("written", [formats.format_text, formats.format_markdown])
def test_words_of_every_script_are_there_and_nothing_turns_the_line_round(written):
    text = written(a_transcript(*HOSTILE))
    for word in ("שלום", "مرحبا", "我等了", "🙂", "four"):
        assert word in text
    assert "\u202e" not in text
    assert "\u2068שלום world\u2069" in text
    assert formats.SKIPPED.strip("[]") in text


def test_plain_text_is_plain():
    text = formats.format_text(a_transcript("Hello", "Hi there."))
    assert "[00:00:00] Interviewer: Hello\n\n[00:00:03] Participant: Hi there.\n" in text
    assert text.startswith("Autumn # x\nInterview ID: 018f")
