"""The program that is running: Python on a checkout or an installed package, or the single binary."""

import os
import sys
from pathlib import Path
from typing import Final

FROZEN: Final = bool(getattr(sys, "frozen", False))
"""True in the single binary, which holds Python and cannot be started with `-m`."""

FILE: Final = Path(sys.executable)
"""Path of the single binary, otherwise of Python."""

MODULE: Final = "module"
"""Its hidden command that runs a module."""


def find_asset_root() -> Path:
    """Folder with `templates/` and `static/`: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "_assets"
    return inside if inside.is_dir() else package.parent


def get_unpacked() -> dict[str, str]:
    """Environment by which a child of the single binary finds the files that are unpacked already."""
    return {name: text for name, text in os.environ.items() if name.startswith("_PYI_")}


def get_default_instance() -> Path:
    """Folder of the data unless INSTANCE_DIR is set: beside the binary, otherwise in this folder."""
    return FILE.parent / "instance" if FROZEN else Path("instance")
