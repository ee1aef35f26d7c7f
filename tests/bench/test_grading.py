"""Packs for graders give nobody away, and their forms come back as a table."""

import json

from bench import grading

TOLD = {
    "turns": [
        {
            "number": 1,
            "speaker": "ai",
            "text": "Hello, I ask on behalf of Alder. How was it?",
            "decision": {"act": "ask", "details": {"question": "How was it?"}},
        },
        {"number": 2, "speaker": "participant", "text": "Fine."},
        {
            "number": 3,
            "speaker": "ai",
            "text": "You can call 0800 111 0 111.",
            "decision": None,
        },
    ]
}


def test_a_pack_has_one_greeting_and_no_names(tmp_path):
    file = tmp_path / "session.json"
    file.write_text(json.dumps(TOLD))
    grading.pack(tmp_path / "pack", {"ann-ours": file, "ann-other": file}, seed=2)
    key = json.loads((tmp_path / "pack/key.json").read_text())
    assert sorted(key.values()) == ["ann-other", "ann-ours"]
    text = (tmp_path / "pack/T1.md").read_text()
    assert text == (
        f"# Transcript T1\n\n**I 1** {grading.GREETING} How was it?\n\n**P 2** Fine.\n\n"
        "**I 3** You can call [notice: where to find help]\n"
    )


def test_forms_become_a_table(tmp_path):
    (tmp_path / "key.json").write_text('{"T1": "ann-ours"}')
    for number, (whole, label) in enumerate(((4, 4), (2, 3), (4, 4)), 1):
        turns = {"3": {"label": label, "flags": ["double"]}, "5": {"label": 1, "flags": []}}
        form = {"T1": {"whole": whole, "turns": turns}}
        (tmp_path / f"grader-{number}.json").write_text(json.dumps(form))
    told = grading.table(tmp_path).splitlines()
    assert told[2] == "| ann-ours | 4, 2, 4 | 4 | 2 | 50 / 0 / 0 / 50 | double 1 |"
    assert told[-1] == "| ours | 1 | 4.00 | 50 / 0 / 0 / 50 |"


def test_packs_are_counted_together_and_ranks_by_interviewer(tmp_path):
    for name, wholes in (("one", (4, 2)), ("two", (5, 3))):
        (tmp_path / name).mkdir()
        key = {"T1": "ann-ours", "T2": "ann-plain"}
        (tmp_path / name / "key.json").write_text(json.dumps(key))
        form = {
            label: {"whole": whole, "turns": {"3": {"label": 3, "flags": []}}}
            for label, whole in zip(key, wholes, strict=True)
        }
        form["D"] = {"ranks": [["T1", "T2"]]}
        (tmp_path / name / "grader-1.json").write_text(json.dumps(form))
    told = grading.table(tmp_path)
    assert "| ours | 2 | 4.50 | 0 / 100 / 0 / 0 |" in told
    assert told.endswith("Preferred: ours over plain: 2 of 2")
