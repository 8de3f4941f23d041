"""The macros, the components, and the frame of a page, as HTML."""
