"""The A4, for everybody."""

from django.urls import path

from . import views

app_name = "course"

urlpatterns = [
    path("", views.write, name="write"),
    path("pdf/<slug:variant>/", views.export, name="export"),
]
