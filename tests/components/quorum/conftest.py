"""Here the fixtures are of the small site on which every component stands."""

from tests.conftest import address, content, site

__all__ = ["address", "content", "site"]
