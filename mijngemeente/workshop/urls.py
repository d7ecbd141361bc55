"""Taking part with a phone."""

from django.urls import path

from .views import phones

app_name = "workshop"

urlpatterns = [
    path("", phones.join, name="join"),
    path("<slug:code>/<str:token>/", phones.seat, name="seat"),
    path("<slug:code>/<str:token>/vraag/", phones.question, name="question"),
    path("<slug:code>/<str:token>/antwoord/", phones.answer, name="answer"),
]
