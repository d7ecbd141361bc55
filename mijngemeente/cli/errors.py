"""What a person at the keyboard can mend."""


class Stop(Exception):
    """The command ends here; the message says in Dutch why, and what to do."""
