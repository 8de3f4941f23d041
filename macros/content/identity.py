"""Who publishes the site and what it is called."""

from __future__ import annotations

PUBLISHER = "Newcastle and Gateshead safeguarding children partnerships"
SITE = "Learning and review pathways"
