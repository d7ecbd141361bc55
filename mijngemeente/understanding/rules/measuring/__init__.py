"""How often what we understand is right, on texts that somebody labelled."""
