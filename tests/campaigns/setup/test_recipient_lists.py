"""What a pasted list and a CSV file say: people, and lines that name nobody."""

import pytest

from interviewrelay.campaigns.setup import recipient_lists
from interviewrelay.core.errors import InvalidParameter


def named(text):
    return [
        (one.line, one.person.email, one.person.name)
        for one in recipient_lists.parse_recipients(text).people
    ]


def bad(text):
    return [(one.line, one.reason) for one in recipient_lists.parse_recipients(text).bad]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", []),
        ("a@x.example", [(1, "a@x.example", "")]),
        ("\n\n a@x.example \n", [(3, "a@x.example", "")]),
        ("a@x.example, b@x.example; c@x.example",
         [(1, "a@x.example", ""), (1, "b@x.example", ""), (1, "c@x.example", "")]),
        ("a@x.example b@x.example", [(1, "a@x.example", ""), (1, "b@x.example", "")]),
        ("Ada Alder <a@x.example>", [(1, "a@x.example", "Ada Alder")]),
        ('"Alder, Ada" <a@x.example>', [(1, "a@x.example", "Alder, Ada")]),
        ("Alder, Ada <a@x.example>", [(1, "a@x.example", "Alder, Ada")]),
        ("Ada <a@x.example>, Bo <b@x.example>; c@x.example",
         [(1, "a@x.example", "Ada"), (1, "b@x.example", "Bo"), (1, "c@x.example", "")]),
        ("c@x.example, Ada <a@x.example>", [(1, "c@x.example", ""), (1, "a@x.example", "Ada")]),
        ("a@x.example;Ada Alder", [(1, "a@x.example", "Ada Alder")]),
        ("Alder, Ada;a@x.example", [(1, "a@x.example", "Alder, Ada")]),
        ("a@x.example\tAda\tAlder", [(1, "a@x.example", "Ada Alder")]),
        ('"a@x.example","Alder, Ada"', [(1, "a@x.example", "Alder, Ada")]),
        ('a@x.example,"Ada ""Ace"" Alder"', [(1, "a@x.example", 'Ada "Ace" Alder')]),
        ("A@MÜNCHEN.example", [(1, "A@xn--mnchen-3ya.example", "")]),
    ],
)  # fmt: skip
def test_a_line_names_people(text, people):
    assert named(text) == people
    assert bad(text) == []


@pytest.mark.parametrize(
    "head", ["email;name;team", "E-Mail ; NAME;Team", '"Email";"Naam";"team"']
)
def test_a_first_line_says_what_the_columns_are(head):
    found = recipient_lists.parse_recipients(
        f"{head}\na@x.example;Alder, Ada;Blue\n\nb@x.example;;\n;;\n"
    )
    assert [(one.line, one.person.name) for one in found.people] == [(2, "Alder, Ada"), (4, "")]
    assert list(found.people[0].person.extra.values()) == ["Blue"]
    assert found.people[1].person.extra == {}
    assert [name.lower() for name in found.kept] == ["team"]
    assert found.bad == []


def test_first_and_last_names_are_one_name():
    text = "Vorname,Nachname,E-Mail-Adresse\nAda,Alder,a@x.example\n,Birch,b@x.example"
    assert named(text) == [(2, "a@x.example", "Ada Alder"), (3, "b@x.example", "Birch")]


def test_a_second_list_may_have_columns_of_its_own():
    text = "email,name\na@x.example,Ada\nname;mail\nBo;b@x.example"
    assert named(text) == [(2, "a@x.example", "Ada"), (4, "b@x.example", "Bo")]


def test_a_head_of_one_word_says_nothing_of_what_stands_between():
    assert [one[1] for one in named("Email\na@x.example, b@x.example")] == [
        "a@x.example", "b@x.example",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("nobody", [(1, "NO_ADDRESS")]),
        ("a@x", [(1, "INVALID_ADDRESS")]),
        ("a@x.example\n<b>@\nb@@x.example", [(2, "INVALID_ADDRESS"), (3, "INVALID_ADDRESS")]),
        ("Ada <no address>", [(1, "NO_ADDRESS")]),
        ("a@x.example, Ada, b@x.example", [(1, "NO_ADDRESS")]),
        ("a@x.example,Ada,Alder,Blue", [(1, "NO_COLUMNS")]),
        ("email,name\nAda", [(2, "NO_ADDRESS")]),
        ("email,name\na@x.example,Alder,Ada", [(2, "MORE_CELLS")]),
        ('email,name\na@x.example,"Ada\nb@x.example,Bo', [(2, "OPEN_QUOTE")]),
        ("email,name\na@x.example," + "n" * 201, [(2, "TOO_LONG")]),
        ("email,note\na@x.example," + "n" * 501, [(2, "TOO_LONG")]),
        ('email,name\na@x.example,"Ada\nAlder"\nb@x.example,Bo', [(2, "NOT_ONE_LINE")]),
        ('email,first name\na@x.example,"Ada\u2028Alder"', [(2, "NOT_ONE_LINE")]),
        ("Ada\x07 <a@x.example>\nBo <b@x.example>", [(1, "NOT_ONE_LINE")]),
    ],
)
def test_a_line_that_names_nobody_is_told_with_its_reason(text, wrong):
    assert bad(text) == wrong


def test_a_quoted_cell_may_go_on_over_lines_and_an_open_quote_spoils_no_more():
    text = 'email,note\na@x.example,"one\ntwo"\nb@x.example,fine'
    found = recipient_lists.parse_recipients(text)
    assert [(one.line, one.person.extra) for one in found.people] == [
        (2, {"note": "one\ntwo"}), (4, {"note": "fine"}),
    ]  # fmt: skip
    many = 'email,note\na@x.example,"open\n' + "".join(f"p{n}@x.example,x\n" for n in range(20))
    assert len(recipient_lists.parse_recipients(many).people) == 20
    assert bad(many) == [(2, "OPEN_QUOTE")]


def test_who_stands_there_twice_is_told_with_both_lines():
    found = recipient_lists.parse_recipients("a@x.example\nb@x.example\nA@X.example")
    assert [one.person.email for one in found.people] == ["a@x.example", "b@x.example"]
    (twice,) = found.twice
    assert (twice.line, twice.email, twice.first) == (3, "A@x.example", 1)


def test_taking_out_what_is_bad_leaves_every_good_line_as_it_was():
    text = 'email;name\na@x.example;"Alder; Ada"\nnobody;x\nb@x.example;Bo'
    assert recipient_lists.remove_invalid_lines(text) == (
        'email;name\na@x.example;"Alder; Ada"\nb@x.example;Bo',
        1,
    )
    clean, touched = recipient_lists.remove_invalid_lines(
        "Ada <a@x.example>, nobody, b@x.example\nc@x.example"
    )
    assert (clean, touched) == ("Ada <a@x.example>, b@x.example\nc@x.example", 1)
    assert bad(clean) == []


def test_somebody_is_taken_out_in_whatever_form_they_stand_there():
    text = "email;name\nb@x.example;Bo\nADA@münchen.example;Ada\nc@x.example;Cy"
    left = "email;name\nb@x.example;Bo\nc@x.example;Cy"
    assert recipient_lists.remove_lines(text, "ada@xn--mnchen-3ya.example") == left
    assert (
        recipient_lists.find_lines(text, "Ada@xn--mnchen-3ya.example")
        == "ADA@münchen.example;Ada"
    )
    assert recipient_lists.remove_lines(left, "nobody@x.example") == left


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"\xef\xbb\xbfa@x.example\r\nb@x.example", "a@x.example\nb@x.example"),
        ("a@x.example;Zoë".encode(), "a@x.example;Zoë"),
        ("a@x.example;Zoë".encode("cp1252"), "a@x.example;Zoë"),
        ("a@x.example;Zoë".encode("utf-16"), "a@x.example;Zoë"),
        (b"a@x.example\x07", "a@x.example"),
        (b"", ""),
    ],
)
def test_a_file_is_read_as_spreadsheets_write_it(body, text):
    assert recipient_lists.decode_file(body) == text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        (b"\xff\xfe\x00", "not a text file"),
        (b"a" * (1024 * 1024 + 1), "larger than 1 MiB"),
    ],
)
def test_what_is_no_list_is_refused(body, words):
    with pytest.raises(InvalidParameter, match=words):
        recipient_lists.decode_file(body)


def test_a_thousand_people_are_the_most():
    text = "\n".join(f"p{n}@x.example" for n in range(1_000))
    assert len(recipient_lists.parse_recipients(text).people) == 1_000
    with pytest.raises(InvalidParameter, match="this list has 1,001 lines"):
        recipient_lists.parse_recipients(f"{text}\nmore@x.example")
    with pytest.raises(InvalidParameter, match="this list has more"):
        recipient_lists.parse_recipients(", ".join(f"p{n}@x.example" for n in range(1_001)))


@pytest.mark.gate
@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "<" * 1_000_000, '"' * 999_999, 'x"' * 500_000, "a,@;" * 250_000,
             "<@>" * 300_000, "\n" * 1_000_000],
)  # fmt: skip
def test_a_mebibyte_of_nonsense_names_nobody(text):
    assert named(text) == []


def test_more_than_fifty_columns_of_ones_own_are_refused():
    head = "email;" + ";".join(f"c{n}" for n in range(51))
    text = f"{head}\na@x.example"
    with pytest.raises(InvalidParameter, match="more than 50"):
        recipient_lists.parse_recipients(text)
    assert recipient_lists.remove_lines(text, "a@x.example") == head  # erasing goes on
