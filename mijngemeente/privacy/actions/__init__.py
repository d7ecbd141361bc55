"""What privacy does: erasing on request and by the clock, holding, and handing over."""

from .erasures import Asked, ask_to_erase_contact, ask_to_erase_conversation, carry_out, erase_again

__all__ = ["Asked", "ask_to_erase_contact", "ask_to_erase_conversation", "carry_out", "erase_again"]
