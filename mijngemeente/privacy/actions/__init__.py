"""What privacy does: erasing on request and by the clock, holding, and handing over."""

from .erasures import Asked, ask_to_erase_contact, ask_to_erase_conversation, carry_out, erase_again
from .exports import ask_for_export, download, make_export
from .holds import hold, lift_hold
from .retention import BATCH, MANY, change_periods, clear_batch, finish_run, start_run, take_out_gone

__all__ = [
    "BATCH",
    "MANY",
    "Asked",
    "ask_for_export",
    "ask_to_erase_contact",
    "ask_to_erase_conversation",
    "carry_out",
    "change_periods",
    "clear_batch",
    "download",
    "erase_again",
    "finish_run",
    "hold",
    "lift_hold",
    "make_export",
    "start_run",
    "take_out_gone",
]
