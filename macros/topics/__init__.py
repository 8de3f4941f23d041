"""One kind of data each: its dataclasses, and what is wrong with it alone."""
