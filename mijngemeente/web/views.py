"""Pages that belong to no room: the first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Choose a municipality, or sign in."""
    return render(request, "web/home.html")
