"""Built HTML read as a tree, and the slots in it that are filled late."""
