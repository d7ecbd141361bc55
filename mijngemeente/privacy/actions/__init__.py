"""What privacy does: erasing on request and by the clock, holding, and handing over."""

from .erasures import Asked, ask_to_erase_contact, ask_to_erase_conversation, carry_out, erase_again
from .holds import hold, lift_hold
from .retention import BATCH, change_periods, clear_batch, finish_run, start_run

__all__ = [
    "BATCH",
    "Asked",
    "ask_to_erase_contact",
    "ask_to_erase_conversation",
    "carry_out",
    "change_periods",
    "clear_batch",
    "erase_again",
    "finish_run",
    "hold",
    "lift_hold",
    "start_run",
]
