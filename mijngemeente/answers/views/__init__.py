"""The pages of the answer bank."""
