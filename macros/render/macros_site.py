"""The components that tell history: what changed by date, the briefing for teams, and the editions that are kept."""

from __future__ import annotations

from datetime import date

from macros.changes.change_log import PAGE as UPDATES_PAGE
from macros.changes.change_log import briefing, by_day, changes, in_force
from macros.content.addresses import address, present
from macros.content.load import edition
from macros.content.macro_list import EDITIONS_PAGE
from macros.render.components import Components
from macros.topics.dates import full_date

_NUMBERS = ("Nothing", "One thing", "Two things", "Three things")


class Chronicle(Components):
    """The macros that look back."""

    def updates(self) -> str:
        """Every revision under its day, the newest first."""
        return self.render("updates", days=by_day(changes(self.content)))

    def briefing(self) -> str:
        """What teams are told of the newest changes, on one sheet."""
        told = briefing(self.content, self.kept.editions)
        values = {"briefing": told, "count": _NUMBERS[len(told.told)], "edition": full_date(edition(self.content))}
        return self.render("briefing", **values, updates=self.page(UPDATES_PAGE))

    def editions(self) -> str:
        """The editions that are kept, with the days on which each was in force; one that is kept leads to the others."""
        if self.kept.as_at:
            home = present(self.kept.site, self.kept.as_at) + address(EDITIONS_PAGE)
            return self.render(
                "editions", editions=(), elsewhere=home, day=full_date(date.fromisoformat(self.kept.as_at))
            )
        editions = tuple(in_force(self.content, self.kept.editions))
        return self.render("editions", editions=editions, elsewhere="", day=full_date(edition(self.content)))
