"""The presenter's screen."""

from django.urls import path

from .views import screen

app_name = "workshops"

urlpatterns = [
    path("begin/<uuid:plot_id>/", screen.begin, name="begin"),
    path("<uuid:workshop_id>/", screen.screen, name="screen"),
    path("<uuid:workshop_id>/stap/", screen.step, name="step"),
    path("<uuid:workshop_id>/keuze/", screen.choice, name="choice"),
    path("<uuid:workshop_id>/deelnemer/", screen.remove, name="remove"),
    path("<uuid:workshop_id>/sluiten/", screen.close, name="close"),
]
