"""Who we are and whom we cover: organisations, people, members, agreements, inboxes, hours and norms."""

from .absences import Absence
from .departments import Department
from .levels import ClosingDay, OpeningWeek, ServiceLevel
from .notifications import NotificationChoice
from .organisations import (
    EngagementRules,
    InboxAddress,
    InboxCredentials,
    InboxHealth,
    Invitation,
    Member,
    MemberQuerySet,
    Organisation,
    Person,
    PersonManager,
    ServiceAgreement,
    ServiceAgreementQuerySet,
    Theme,
)

__all__ = [
    "Absence",
    "ClosingDay",
    "Department",
    "EngagementRules",
    "InboxAddress",
    "InboxCredentials",
    "InboxHealth",
    "Invitation",
    "Member",
    "MemberQuerySet",
    "NotificationChoice",
    "OpeningWeek",
    "Organisation",
    "Person",
    "PersonManager",
    "ServiceAgreement",
    "ServiceAgreementQuerySet",
    "ServiceLevel",
    "Theme",
]
