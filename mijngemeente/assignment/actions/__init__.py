"""Verbs of assignment, one file per noun."""

from .placing import fill, place
from .rules import (
    Outline,
    check_rules,
    keep_rule,
    move_rule,
    remove_rule,
    switch_off,
    switch_on,
)
from .skills import know

__all__ = [
    "Outline",
    "check_rules",
    "fill",
    "keep_rule",
    "know",
    "move_rule",
    "place",
    "remove_rule",
    "switch_off",
    "switch_on",
]
