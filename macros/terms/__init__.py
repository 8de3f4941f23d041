"""The glossary at work: how terms are spelled, found in a text and told apart."""
