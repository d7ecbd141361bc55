"""Pages about what comes in."""
