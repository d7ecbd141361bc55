"""The ten steps of a plot filled in together: a screen for all, and a phone for each."""
