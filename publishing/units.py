"""Units for systemd: what was taken goes live within a minute, whoever died, and what does not is told to the operator."""

from __future__ import annotations

from publishing.settings import Server

_SERVICE = """# Made by python -m publishing init; init makes it again.
[Unit]
Description=What was pushed to {address} goes live
StartLimitIntervalSec=0

[Service]
Type=oneshot
User={user}
Environment="PYTHONPATH={code}"
ExecStart="{python}" -P -m publishing settle "{folder}"
"""
_TIMER = """# Made by python -m publishing init; init makes it again.
[Unit]
Description=Each minute: is what was pushed to {address} live?

[Timer]
OnBootSec=10
OnUnitInactiveSec=60
AccuracySec=5

[Install]
WantedBy=timers.target
"""
_PATH = """# Made by python -m publishing init; init makes it again.
[Unit]
Description=At each push to {address}

[Path]
PathChanged={repository}/refs/heads

[Install]
WantedBy=paths.target
"""


def units(server: Server, code: str, python: str, user: str) -> dict[str, str]:
    """The texts of the units by the names of their files."""
    facts = {"code": code, "python": python, "folder": str(server.folder), "repository": str(server.repository)}
    safe = {name: text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") for name, text in facts.items()}
    forms = {"service": _SERVICE, "timer": _TIMER, "path": _PATH}
    words = {**safe, "address": server.address, "user": user}
    return {f"guidance-settle.{kind}": form.format(**words) for kind, form in forms.items()}
