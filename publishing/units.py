"""Units for systemd: what was taken goes live within a minute, whoever died, and each night what is overdue is said anew."""

from __future__ import annotations

from publishing.settings import Server

_SERVICE = """# Made by python -m publishing init; init makes it again.
[Unit]
Description=The guidance at {address}: {word}
StartLimitIntervalSec=0

[Service]
Type=oneshot
User={user}
Environment="PYTHONPATH={code}"
ExecStart="{python}" -P -m publishing {word} "{folder}"
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
_NIGHT = """# Made by python -m publishing init; init makes it again.
[Unit]
Description=Each night: what readers see at {address}, as of today

[Timer]
OnCalendar=*-*-* 00:10:00 Europe/London
Persistent=true

[Install]
WantedBy=timers.target
"""


def units(server: Server, code: str, python: str, user: str) -> dict[str, str]:
    """The texts of the units by the names of their files."""
    facts = {"code": code, "python": python, "folder": str(server.folder), "repository": str(server.repository)}
    safe = {name: text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") for name, text in facts.items()}
    words = {**safe, "address": server.address, "user": user}
    forms = {"settle.service": _SERVICE, "settle.timer": _TIMER, "settle.path": _PATH}
    forms |= {"rebuild.service": _SERVICE, "rebuild.timer": _NIGHT}
    return {f"guidance-{name}": form.format(**words, word=name.split(".")[0]) for name, form in forms.items()}
