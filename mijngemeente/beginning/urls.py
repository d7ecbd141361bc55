"""The first half hour: under /<organisation>/beheer/begin/."""

from django.urls import path

from . import views

app_name = "beginning"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("klaar/", views.put_away, name="put_away"),
    path("zelf/", views.answer_as_well, name="answer_as_well"),
    path("antwoorden/", views.answers, name="answers"),
    path("antwoorden/gegevens/", views.blanks, name="blanks"),
    path("voorbeeld/", views.sample, name="sample"),
]
