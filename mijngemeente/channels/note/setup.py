"""Connecting telephone and counter: only a name, as there is no line."""

from ..setup import Setup


class SetupForm(Setup):
    """Contacts that a member records by hand."""
