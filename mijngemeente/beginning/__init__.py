"""The first half hour of a new municipality, from founded to a first answer."""
