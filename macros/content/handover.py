"""The checked content, handed by the build to MkDocs in a process of its own: it is read once and checked once."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path

from macros.content.load import Content
from macros.source.writing import add

_FILE, _CODE = "LRP_CONTENT", "LRP_GENERATOR"
NOTHING = {_FILE: "", _CODE: ""}  # what a process is told that reads and checks for itself


def hand(content: Content, file: Path) -> dict[str, str]:
    """Writes content without problems to `file`; the environment that says so to the process that takes it."""
    add(file.parent, file.name, pickle.dumps(content))
    return {_FILE: str(file), _CODE: _code()}


def handed() -> Content | None:
    """The content that this process was given; none where it was given none, or by a generator that is not the same."""
    file = os.environ.get(_FILE, "")
    if not file or os.environ.get(_CODE, "") != _code():
        return None
    content = pickle.loads(Path(file).read_bytes())
    assert isinstance(content, Content)
    return content


def _code() -> str:
    """The fingerprint of the generator that runs here: what one writes, another could read wrongly."""
    whole = hashlib.sha256()
    for module in sorted(Path(__file__).parent.parent.rglob("*.py")):
        whole.update(module.read_bytes())
    return whole.hexdigest()
