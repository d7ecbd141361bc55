"""The course: a goal, what stands in its way and what it asks, on one A4."""
