"""Growth, for everybody."""

from django.urls import path

from .views import browser

app_name = "growth"

urlpatterns = [
    path("", browser.maturity, name="maturity"),
    path("succesfactoren/", browser.factors, name="factors"),
    path("stand/", browser.standing, name="standing"),
]
