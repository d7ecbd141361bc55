"""What is in a file of another system, without asking anybody."""
