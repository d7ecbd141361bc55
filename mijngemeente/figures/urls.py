"""Figures: over all organisations whose figures somebody may see."""

from django.urls import path

from .views import figures, own, understanding

app_name = "figures"
urlpatterns = [
    path("", figures.figures, name="figures"),
    path("gesprekken/", figures.conversations, name="conversations"),
    path("gesprekken.csv", figures.conversations_csv, name="conversations_csv"),
    path("van-mij/", own.own, name="own"),
    path("begrip/", understanding.understanding, name="understanding"),
    path("cijfers.csv", figures.csv, name="csv"),
    path("cijfers.ods", figures.ods, name="ods"),
    path("maand.pdf", figures.month, name="month"),
]
