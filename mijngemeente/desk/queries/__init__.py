"""What the desk shows, one file per part of the page."""
