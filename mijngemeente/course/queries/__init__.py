"""What the room of the course reads."""
