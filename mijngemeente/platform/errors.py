"""The family of refusals that a person can mend."""


class Refused(Exception):
    """Dit kan niet."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else (self.__doc__ or "")
