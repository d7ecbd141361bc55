"""Privacy: for the administrator, and at the desk for who manages."""

from django.urls import include, path

from .views import administration, erasures, exports

app_name = "privacy"

of_administration = [
    path("", administration.overview, name="overview"),
    path("termijnen/", administration.periods, name="periods"),
    path("vasthouden/", administration.holds, name="holds"),
    path("vasthouden/<uuid:hold_id>/vrij/", administration.lift, name="lift"),
    path("register/", administration.register, name="register"),
]

at_the_desk = [
    path("inwoners/<uuid:contact_id>/gegevens/", exports.exports, name="exports"),
    path("inwoners/<uuid:contact_id>/gegevens/<uuid:export_id>/", exports.download, name="download"),
    path("inwoners/<uuid:contact_id>/wissen/", erasures.contact, name="erase_contact"),
    path("gesprekken/<uuid:conversation_id>/wissen/", erasures.conversation, name="erase_conversation"),
    path("wissingen/<uuid:erasure_id>/", erasures.erasure, name="erasure"),
]

urlpatterns = [
    path("<slug:organisation>/beheer/privacy/", include(of_administration)),
    path("<slug:organisation>/werkplek/", include(at_the_desk)),
]
