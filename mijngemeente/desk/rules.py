"""What the desk decides without asking anybody."""


def needs_receipt(*, is_new: bool, is_automatic: bool, is_mass: bool, is_recorded: bool) -> bool:
    """Whether the resident gets a receipt: once per conversation, and never a machine."""
    return is_new and not (is_automatic or is_mass or is_recorded)
