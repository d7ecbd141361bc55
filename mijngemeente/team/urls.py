"""Wegwijs, for everybody."""

from django.urls import path

from .views import library, plotter

app_name = "team"

urlpatterns = [
    path("", library.start, name="start"),
    path("rollen/", library.roles, name="roles"),
    path("rollen/<slug:code>/", library.role, name="role"),
    path("competenties/", library.competencies, name="competencies"),
    path("succesfactoren/", library.success, name="success"),
    path("gemeenten/", library.municipalities, name="municipalities"),
    path("teamplotter/", plotter.begin, name="begin"),
    path("teamplotter/open/", plotter.opened, name="open"),
    path("teamplotter/invullen/", plotter.fill, name="fill"),
    path("teamplotter/mensen/", plotter.people_from_file, name="people_file"),
    path("teamplotter/mensen/toevoegen/", plotter.people_taken_over, name="people_taken_over"),
    path("teamplotter/bestand/<slug:kind>/", plotter.export, name="export"),
]
