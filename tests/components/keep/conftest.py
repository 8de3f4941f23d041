"""Here the fixtures are of the real guidance, but in the folders whose own conftest.py takes those of the small site."""

from tests.guidance.real import address, content, site

__all__ = ["address", "content", "site"]
