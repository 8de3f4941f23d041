"""What changed: git, comparison with another revision, the log of changes and its feed."""
