"""Every address there is. Fixed words come first; after them an organisation's own."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("account/", include("allauth.urls")),
]
