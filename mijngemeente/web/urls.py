"""Every address there is. Fixed words come first; after them an organisation's own."""

from django.urls import include, path

from mijngemeente.intake.views.webhook import receive
from mijngemeente.organisations.views.appearance import stylesheet

from . import live, views
from .second_factor import ActivateSecondFactor

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("mijngemeente.organisations.person_urls")),
    path("werkplek/organisaties/", views.switch, name="switch"),
    path("account/2fa/totp/activate/", ActivateSecondFactor.as_view(), name="mfa_activate_totp"),
    path("account/", include("allauth.urls")),
    path("in/<slug:kind>/<slug:token>/", receive, name="receive"),
    path("api/", include("mijngemeente.api.urls")),
    path("wegwijs/koers/", include("mijngemeente.course.urls")),
    path("wegwijs/meedoen/<str:token>/live/", live.not_here, name="workshop_live"),
    path("wegwijs/meedoen/", include("mijngemeente.workshop.urls")),
    path("wegwijs/groei/", include("mijngemeente.growth.urls")),
    path("wegwijs/", include("mijngemeente.team.urls")),
    path("werkplek/cijfers/", include("mijngemeente.figures.urls")),
    path("werkplek/live/", live.not_here, name="live"),
    path("<slug:organisation>/contact/<str:token>/live/", live.not_here, name="resident_live"),
    path("<slug:organisation>/contact/uiterlijk.css", stylesheet, name="appearance"),
    path("<slug:organisation>/beheer/begin/", include("mijngemeente.beginning.urls")),
    path("<slug:organisation>/beheer/", include("mijngemeente.organisations.urls")),
    path("<slug:organisation>/beheer/", include("mijngemeente.intake.administration_urls")),
    path("<slug:organisation>/beheer/", include("mijngemeente.api.administration_urls")),
    path("<slug:organisation>/beheer/", include("mijngemeente.desk.administration_urls")),
    path("<slug:organisation>/beheer/", include("mijngemeente.imports.urls")),
    path("<slug:organisation>/contact/", include("mijngemeente.intake.urls")),
    path("<slug:organisation>/wegwijs/groei/", include("mijngemeente.growth.organisation_urls")),
    path("<slug:organisation>/wegwijs/koers/", include("mijngemeente.course.organisation_urls")),
    path("<slug:organisation>/wegwijs/competenties/", include("mijngemeente.competencies.urls")),
    path("<slug:organisation>/wegwijs/sessie/", include("mijngemeente.workshop.organisation_urls")),
    path("<slug:organisation>/wegwijs/", include("mijngemeente.team.organisation_urls")),
    path("<slug:organisation>/antwoorden/", include("mijngemeente.answers.urls")),
    path("", include("mijngemeente.privacy.urls")),
    path("", include("mijngemeente.desk.urls")),
]
