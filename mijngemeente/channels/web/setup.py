"""Connecting the web form: only a name, as the page is our own."""

from ..setup import Setup


class SetupForm(Setup):
    """The web form and the chat at /<gemeente>/contact."""
