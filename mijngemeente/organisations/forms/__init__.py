"""What an administrator may type, and what people decide about themselves."""

from .hours import ClosingDayForm, OpeningWeekForm
from .organisations import (
    THEMES,
    AcceptForm,
    AgreementForm,
    DetailsForm,
    EngagementRulesForm,
    InvitationForm,
    ProfileForm,
    RolesForm,
    ThemeForm,
    TokenFileForm,
)

__all__ = [
    "THEMES",
    "AcceptForm",
    "AgreementForm",
    "ClosingDayForm",
    "DetailsForm",
    "EngagementRulesForm",
    "InvitationForm",
    "OpeningWeekForm",
    "ProfileForm",
    "RolesForm",
    "ThemeForm",
    "TokenFileForm",
]
