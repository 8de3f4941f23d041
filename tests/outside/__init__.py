"""What asks programs from outside of this project: each has a lock and an environment of its own under `.venv-…`."""
