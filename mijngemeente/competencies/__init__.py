"""What somebody can do, as they say it themselves: theirs alone, until they share it."""
