"""How nodes of an accessibility tree are said."""

import pytest

from bench import listen
from bench.reading import Reader, words


def node(role, name="", **more):
    properties = more.pop("properties", {})
    return {
        "role": {"value": role},
        "name": {"value": name},
        "properties": [{"name": n, "value": {"value": v}} for n, v in properties.items()],
        **{key: {"value": value} for key, value in more.items()},
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (node("heading", "How was it?", properties={"level": 1}), 'heading 1 "How was it?"'),
        (node("DisclosureTriangle", "More", properties={"expanded": False}), 'disclosure "More" closed'),
        (node("radio", "1 Bad", properties={"checked": "true"}), 'radio "1 Bad" chosen'),
        (node("button", "Send", properties={"disabled": True}), 'button "Send" disabled'),
        (node("progressbar", "Asked", value=2, properties={"valuemax": 9}), 'progress "Asked" 2 of 9'),
        (
            node(
                "textbox", "Your  answer", value="By bus", description="How did you get here?",
                properties={"required": True, "invalid": "false"},
            ),
            'text field "Your answer" with "By bus" required, described by "How did you get here?"',
        ),
    ],
)  # fmt: skip
def test_a_thing_is_said_with_its_name_and_its_states(given, said):
    assert words(given) == said


class Wire:
    """A protocol that knows one tree and nothing else."""

    def __init__(self, nodes):
        self.nodes = nodes

    def send(self, method, _=None):
        return {"nodes": self.nodes} if method.endswith("Tree") else {}


class FakePage:
    def __init__(self, nodes):
        self.context = self
        self.nodes = nodes

    def new_cdp_session(self, _):
        return Wire(self.nodes)

    def expose_binding(self, name, told):
        self.told = told

    def add_init_script(self, script):
        pass


def tree(*rows):
    """Nodes by (depth, node), as the protocol has them."""
    nodes, above = [], []
    for depth, made in rows:
        made |= {"nodeId": str(len(nodes)), "childIds": []}
        del above[depth:]
        if above:
            made["parentId"] = above[-1]["nodeId"]
            above[-1]["childIds"].append(made["nodeId"])
        above.append(made)
        nodes.append(made)
    return nodes


def test_a_page_is_read_from_top_to_bottom_without_what_nobody_hears():
    ignored = node("generic") | {"ignored": True}
    nodes = tree(
        (0, node("RootWebArea", "Study")),
        (1, ignored),
        (2, node("main")),
        (3, node("paragraph")),
        (4, node("StaticText", "It takes")),
        (4, node("strong")),
        (5, node("StaticText", "nine minutes")),
        (4, node("StaticText", ".")),
        (3, node("list")),
        (4, node("listitem")),
        (5, node("ListMarker", "•")),
        (5, node("StaticText", "You can stop.")),
        (3, node("paragraph")),
        (4, node("StaticText", "Questions:")),
        (4, node("link", "a@b.example")),
        (5, node("StaticText", "a@b.example")),
        (3, node("LabelText")),
        (4, node("StaticText", "Your answer")),
        (3, node("textbox", "Your answer")),
    )
    assert Reader(FakePage(nodes)).whole() == [
        'page "Study"',
        "  main",
        '    text "It takes nine minutes."',
        "    list of 1",
        '      item "You can stop."',
        '    text "Questions:"',
        '    link "a@b.example"',
        '    text field "Your answer"',
    ]


def test_what_is_announced_is_told_once_in_its_order():
    page = FakePage([])
    reader = Reader(page)
    for text in ("Saving…", "Saving…", "Saved", "Saving…"):
        page.told(None, text)
    assert reader.announced() == ["Saving…", "Saved", "Saving…"]
    assert reader.announced() == []


def test_the_shape_of_a_transcript_is_the_same_whatever_is_asked_and_how_often():
    step = '### {}. An answer is sent\n\n```text\nfocus: text field "A" required, described by "{}"\n```'
    few = "\n\n".join(["### 1. Open", *(step.format(n, 'How was "it"?') for n in (2, 3))])
    many = "\n\n".join(["### 1. Open", *(step.format(n, f"Why {n}?") for n in range(2, 12))])
    other = few.replace("required", "disabled")
    assert listen.shape(few) == listen.shape(many) != listen.shape(other)


def test_what_is_written_replaces_the_transcript_and_leaves_the_rest(tmp_path):
    file = tmp_path / "told.md"
    file.write_text(f"# Head\n\n{listen.MARK}\nold\n", encoding="utf-8")
    listen.write(file, "new\n")
    assert file.read_text(encoding="utf-8") == f"# Head\n\n{listen.MARK}\nnew\n"
    assert listen.written(file) == "new\n"
