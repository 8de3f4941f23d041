"""Files into values that know their file and line, what is wrong with them, and the one door for what is written."""
