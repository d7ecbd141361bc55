"""Verbs that bring in a file."""

from .deciding import cancel_import, pause_import, resume_import, start_import, undo_import
from .forgetting import withdraw_files_naming
from .running import bring_in
from .showing import clear_files, read_again, show_import
from .taking_back import take_back

__all__ = [
    "bring_in",
    "cancel_import",
    "clear_files",
    "pause_import",
    "read_again",
    "resume_import",
    "show_import",
    "start_import",
    "take_back",
    "undo_import",
    "withdraw_files_naming",
]
