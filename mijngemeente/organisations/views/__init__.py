"""Pages about who we are."""
