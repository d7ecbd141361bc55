"""What an import has to know."""
