"""`.env.example` has every setting for operators, with its default."""

import re
from pathlib import Path

from interviewrelay.core.config.settings import list_settable_fields, read_settings

ROOT = Path(__file__).parents[3]
FOR_DEVELOPERS = {"DESIGN_PAGE", "IR_TESTING", "IR_FAILPOINT"}


def read_example():
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(re.findall(r"^#([A-Z0-9_]+)=(.*)$", "\n".join(lines), re.MULTILINE))


def test_it_has_every_setting_for_operators():
    names = [known.name.upper() for known in list_settable_fields()]
    assert sorted(read_example()) == sorted(set(names) - FOR_DEVELOPERS)


def test_its_values_are_the_defaults(tmp_path):
    given = {**read_example(), "INSTANCE_DIR": str(tmp_path)}
    # Without LOG_LEVEL, the level depends on whether there is a terminal.
    assert given.pop("LOG_LEVEL") == "INFO"
    assert read_settings(given) == read_settings({"INSTANCE_DIR": str(tmp_path)})
