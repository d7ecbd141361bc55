"""What the answer bank decides without asking anybody."""
