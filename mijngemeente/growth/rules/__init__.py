"""What the room of growth decides."""
