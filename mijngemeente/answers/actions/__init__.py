"""What is done with answers."""

from .adopting import adopt, leave
from .facts import check_fact, keep_fact, remove_fact
from .importing import cancel_import, show_import, start_import
from .starters import load_starters
from .using import InsertedText, forget_uses, judge, record_uses, say_opinion
from .writing import Draft, restore, review, rewrite, write

__all__ = [
    "Draft",
    "InsertedText",
    "adopt",
    "cancel_import",
    "check_fact",
    "forget_uses",
    "judge",
    "keep_fact",
    "leave",
    "load_starters",
    "record_uses",
    "remove_fact",
    "restore",
    "review",
    "rewrite",
    "say_opinion",
    "show_import",
    "start_import",
    "write",
]
