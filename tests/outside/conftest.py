"""Here the fixtures are of the real guidance."""

from tests.guidance.real import address, content, site

__all__ = ["address", "content", "site"]
