"""Wegwijs of one organisation."""

from django.urls import path

from .views import beside, own, plots

app_name = "plots"

urlpatterns = [
    path("", plots.plots, name="plots"),
    path("nieuw/", plots.new, name="new"),
    path("eigen/", own.own, name="own"),
    path("eigen/toevoegen/", own.add, name="add_own"),
    path("eigen/<uuid:entry_id>/weg/", own.retire, name="retire_own"),
    path("eigen/<uuid:entry_id>/terug/", own.use_again, name="use_own_again"),
    path("buren/", beside.near, name="near"),
    path("buren/aanbod/", beside.offer, name="offer"),
    path("buren/aanbod/intrekken/", beside.stop_offering, name="stop_offering"),
    path("delen/intrekken/", beside.stop_sharing, name="stop_sharing"),
    path("<uuid:plot_id>/naast/", beside.beside, name="beside"),
    path("<uuid:plot_id>/delen/", beside.share, name="share"),
    path("bewaren/", plots.keep, name="keep"),
    path("<uuid:plot_id>/typen/", plots.change, name="change"),
    path("<uuid:plot_id>/mensen/", plots.people_from_file, name="people_file"),
    path("<uuid:plot_id>/mensen/toevoegen/", plots.people_taken_over, name="people_taken_over"),
    path("<uuid:plot_id>/vastleggen/", plots.version, name="version"),
    path("<uuid:plot_id>/proef/", plots.what_if, name="what_if"),
    path("<uuid:plot_id>/vergelijk/", plots.compare, name="compare"),
    path("<uuid:plot_id>/bestand/<slug:file_format>/", plots.export, name="export"),
    path("<uuid:plot_id>/weghalen/", plots.remove, name="remove"),
    path("<uuid:plot_id>/terugzetten/", plots.bring_back, name="bring_back"),
    path("<uuid:plot_id>/stap/<slug:step>/", plots.plot, name="plot"),
]
