"""Every address there is. Fixed words come first; after them an organisation's own."""

from django.urls import include, path

from . import live, views

urlpatterns = [
    path("", views.home, name="home"),
    path("account/", include("allauth.urls")),
    path("werkplek/live/", live.not_here, name="live"),
    path("<slug:organisation>/contact/<str:token>/live/", live.not_here, name="resident_live"),
]
