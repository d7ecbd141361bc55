"""Growth of one organisation."""

from django.urls import path

from .views import kept

app_name = "growths"

urlpatterns = [
    path("", kept.maturity, name="maturity"),
    path("succesfactoren/", kept.factors, name="factors"),
    path("verloop/", kept.past, name="past"),
    path("zeggen/", kept.say, name="say"),
    path("bewaren/", kept.keep, name="keep"),
    path("stand/", kept.standing, name="standing"),
]
