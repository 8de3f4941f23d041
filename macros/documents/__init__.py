"""PDF and Word files, made from the built pages."""
