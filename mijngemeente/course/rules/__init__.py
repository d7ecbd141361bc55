"""What the room of the course decides."""
