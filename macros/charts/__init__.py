"""Decisions and processes as drawings in SVG."""
