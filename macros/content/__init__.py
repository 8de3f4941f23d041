"""Markdown pages, the macros they may call, and everything that editors write, loaded at once."""
