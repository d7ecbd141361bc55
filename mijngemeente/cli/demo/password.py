"""Everybody's password in the demo: long enough, and easy to type."""

PASSWORD = "welkom in de demo"  # noqa: S105 - it is printed on the screen
