"""Understanding a text without asking anybody: no database, clock or network."""
