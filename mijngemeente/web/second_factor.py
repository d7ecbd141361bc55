"""Turning on the second factor, and what follows from it."""

from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView
from allauth.usersessions.models import UserSession
from django.http import HttpResponse


class ActivateSecondFactor(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Sessions elsewhere were opened with a password alone: they end here."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Turn it on, then end the others."""
        response: HttpResponse = super().form_valid(form)
        others = UserSession.objects.filter(user_id=self.request.user.pk)
        for session in others.exclude(session_key=self.request.session.session_key):
            session.end()
        return response
