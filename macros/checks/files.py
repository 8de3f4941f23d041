"""What is wrong with pages beside each other: those that share an address, or a name where files are named after them."""

from __future__ import annotations

from collections.abc import Iterator

from macros.content.addresses import address
from macros.content.load import Content
from macros.source.problems import Problem
from macros.topics.decisions import decision_id


def check_files(content: Content) -> Iterator[Problem]:
    """Pages at one address, and pages whose names are one where files are named after them."""
    addresses: dict[str, str] = {}
    names: dict[str, str] = {}
    for path, page in content.pages.items():
        same = addresses.setdefault(address(path), path)
        if same != path:
            wish = "Rename one of the two."
            yield page.path.problem(f'The page "{same}" has the same address, "{address(path)}".', wish)
            continue
        same = names.setdefault(decision_id(path), path)
        if same != path:
            wrong = f'What is made from this page would be named like that of "{same}": "{decision_id(path)}".'
            yield page.path.problem(wrong, "Rename one of the two.")
