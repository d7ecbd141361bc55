"""What somebody can do, at one organisation."""

from django.urls import path

from . import views

app_name = "scores"

urlpatterns = [
    path("", views.own, name="own"),
    path("delen/", views.share, name="share"),
    path("wissen/", views.erase, name="erase"),
    path("wie-keek/", views.seen, name="seen"),
    path("team/", views.team, name="team"),
    path("gedeeld/", views.shared, name="shared"),
    path("gedeeld/<uuid:member_id>/", views.person, name="person"),
]
