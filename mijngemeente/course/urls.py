"""The A4, for everybody."""

from django.urls import path

from .views import browser

app_name = "course"

urlpatterns = [
    path("", browser.write, name="write"),
    path("past/", browser.fit, name="fit"),
    path("pdf/<slug:variant>/", browser.export, name="export"),
]
