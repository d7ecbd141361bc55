"""Verbs that change who we are, one file per noun."""

from .absences import be_away, be_back
from .agreements import (
    agree,
    change_terms,
    end_agreement,
    move_agreement,
    switch_agreement_off,
    switch_agreement_on,
)
from .appearance import choose_theme, load_theme, remove_theme
from .departments import add_department, remove_department
from .details import change_details
from .founding import found_municipality, found_national
from .hours import change_opening_week, close_on, open_after_all, recompute_clocks
from .inboxes import change_inbox, connect_inbox, resume_inbox, stop_inbox
from .invitations import accept_invitation, invite, renew_invitation, withdraw_invitation
from .levels import change_level, remove_level
from .members import change_profile, change_roles, end_membership
from .notifications import begin_digest, choose_notifications
from .spoken_for import change_engagement_rules

__all__ = [
    "accept_invitation",
    "add_department",
    "agree",
    "be_away",
    "be_back",
    "begin_digest",
    "change_details",
    "change_engagement_rules",
    "change_inbox",
    "change_level",
    "change_opening_week",
    "change_profile",
    "change_roles",
    "change_terms",
    "choose_notifications",
    "choose_theme",
    "close_on",
    "connect_inbox",
    "end_agreement",
    "end_membership",
    "found_municipality",
    "found_national",
    "invite",
    "load_theme",
    "move_agreement",
    "open_after_all",
    "recompute_clocks",
    "remove_department",
    "remove_level",
    "remove_theme",
    "renew_invitation",
    "resume_inbox",
    "stop_inbox",
    "switch_agreement_off",
    "switch_agreement_on",
    "withdraw_invitation",
]
