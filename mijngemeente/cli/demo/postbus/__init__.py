"""The residents' own mail, for the demo only: a post office, and a page to read and write in."""
