"""Wegwijs for everybody: the library and the teamplotter."""
