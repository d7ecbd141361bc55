"""Verbs of events that many write about."""

from .gathering import add_part, forget_events, forget_traces, gather, mark_compared
from .judging import bring_back, confirm, end, leave_out, refuse, rename

__all__ = [
    "add_part",
    "bring_back",
    "confirm",
    "end",
    "forget_events",
    "forget_traces",
    "gather",
    "leave_out",
    "mark_compared",
    "refuse",
    "rename",
]
