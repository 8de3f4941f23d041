"""The hook before git moves a ref: the gate judges, what it refused is noted, and what it takes is settled by itself."""

from __future__ import annotations

from datetime import datetime

from publishing.building import Say
from publishing.following import begin, expect
from publishing.gate import Gate, Update, note_refused
from publishing.settings import RefusedError, Server


def judge(server: Server, pusher: str, moves: str, push: int, now: datetime, say: Say) -> None:
    """Lets in what git lists of a push, which is known by its process; refused with what is wrong, which is noted too."""
    updates = [Update(*line.split(" ", 2)) for line in moves.splitlines()]
    said: list[str] = []
    expect(server, push)

    def tell(line: str) -> None:
        said.extend([] if line.endswith("…") else [line])
        say(line)

    try:
        Gate(server, pusher, now, tell).take(updates, push)
    except Exception as refused:
        foreseen = isinstance(refused, RefusedError)
        reason = (str(refused) or "\n".join(said)) if foreseen else f"A fault of the server's own: {refused!r}"
        note_refused(server, now, updates, reason)
        if not foreseen:
            raise
        lines = filter(None, [str(refused), "Nothing was published; the site is as it was."])
        raise RefusedError("\n".join(lines)) from None
    begin(server, push)
