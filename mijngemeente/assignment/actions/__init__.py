"""Verbs of assignment, one file per noun."""

from .covering import check_agreements, move, settle, switch_agreement_on
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
    "check_agreements",
    "check_rules",
    "fill",
    "keep_rule",
    "know",
    "move",
    "move_rule",
    "place",
    "remove_rule",
    "settle",
    "switch_agreement_on",
    "switch_off",
    "switch_on",
]
