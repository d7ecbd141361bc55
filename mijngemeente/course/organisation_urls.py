"""The courses of one organisation."""

from django.urls import path

from .views import kept, progress

app_name = "courses"

urlpatterns = [
    path("", kept.courses, name="courses"),
    path("nieuw/", kept.new, name="new"),
    path("bewaren/", kept.keep, name="keep"),
    path("<uuid:course_id>/", kept.course, name="course"),
    path("<uuid:course_id>/typen/", kept.write, name="write"),
    path("<uuid:course_id>/past/", kept.fit, name="fit"),
    path("<uuid:course_id>/wie/", kept.others, name="others"),
    path("<uuid:course_id>/aanwezig/", kept.presence, name="presence"),
    path("<uuid:course_id>/wie-schreef-wat/", kept.edits, name="edits"),
    path("<uuid:course_id>/versies/", kept.versions, name="versions"),
    path("<uuid:course_id>/vastleggen/", kept.version, name="version"),
    path("<uuid:course_id>/afdruk/<slug:variant>/", kept.print_sheet, name="print"),
    path(
        "<uuid:course_id>/versie/<uuid:version_id>/<slug:variant>/", kept.printed_again, name="printed_again"
    ),
    path("<uuid:course_id>/voortgang/", progress.progress, name="progress"),
    path("<uuid:course_id>/meten/", progress.measure, name="measure"),
    path("<uuid:course_id>/meting/<uuid:measurement_id>/weghalen/", progress.take_off, name="take_off"),
    path("<uuid:course_id>/terugblik/", progress.look_back, name="look_back"),
    path("<uuid:course_id>/terugblik/afdruk/", progress.print_look_back, name="print_look_back"),
    path("<uuid:course_id>/weghalen/", kept.remove, name="remove"),
    path("<uuid:course_id>/terugzetten/", kept.bring_back, name="bring_back"),
]
