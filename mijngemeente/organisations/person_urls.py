"""Pages of one person, whoever they work for."""

from django.urls import path

from .views import people

app_name = "people"
urlpatterns = [
    path("account/profiel/", people.profile, name="profile"),
    path("uitnodiging/<str:token>/", people.invitation, name="invitation"),
]
