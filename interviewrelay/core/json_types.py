"""Types of JSON."""

from typing import Any

Shape = dict[str, Any]
