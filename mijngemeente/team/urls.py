"""Wegwijs, for everybody."""

from django.urls import path

from . import views

app_name = "team"

urlpatterns = [
    path("teamplotter/", views.begin, name="begin"),
    path("teamplotter/open/", views.opened, name="open"),
    path("teamplotter/invullen/", views.fill, name="fill"),
    path("teamplotter/bestand/<slug:kind>/", views.export, name="export"),
]
