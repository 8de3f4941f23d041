"""Files into values that know their file and line; what is wrong with them is a problem."""
