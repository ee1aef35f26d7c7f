"""Commands that are started to be measured."""

import os

import pytest

from bench.commands import COMMAND, ROOT, begun


def test_what_a_command_prints_goes_to_the_end_of_its_log(tmp_path):
    log = tmp_path / "log"
    log.write_text("before\n")
    for _ in range(2):
        assert begun(dict(os.environ), "--version", log=log).wait(60) == 0
    before, *told = log.read_text().splitlines()
    assert before == "before"
    assert len(told) == 2
    assert len(set(told)) == 1
    assert "interviewrelay" in told[0].lower()


@pytest.mark.parametrize("apart", [True, False])
def test_only_one_that_is_apart_heads_a_group(apart):
    process = begun(dict(os.environ), "--version", apart=apart)
    heads = os.getpgid(process.pid) == process.pid
    assert process.wait(60) == 0
    assert heads is apart


def test_no_measurement_starts_the_product_in_a_way_of_its_own():
    mine = f'"-m", "{COMMAND[-1]}"'
    found = [path for path in (ROOT / "bench").rglob("*.py") if mine in path.read_text()]
    assert [path.name for path in found] == ["commands.py"]
