"""What the parts say of each other, and what is wrong with that."""
