"""Cases that more than one test runs over: written as YAML, so that anybody can add one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).parent


def read(file: Path) -> Any:
    """What a file of cases holds, read by libyaml: the reader in Python takes a second for all of them."""
    return yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
