"""A municipality's front door; fixed words come before personal links."""

from django.urls import path

from .views import contact, departments, personal, widget

app_name = "intake"
urlpatterns = [
    path("", contact.contact, name="contact"),
    path("chat/", contact.chat, name="chat"),
    path("widget/", widget.widget, name="widget"),
    path("widget.js", widget.widget_script, name="widget_script"),
    path("afdeling/<slug:token>/", departments.question, name="question"),
    path("<slug:token>/", personal.personal, name="personal"),
    path("<slug:token>/berichten/", personal.messages, name="messages"),
    path("<slug:token>/gemeente/", personal.municipality, name="municipality"),
    path("<slug:token>/cijfer/", personal.rating, name="rating"),
    path("<slug:token>/bijlage/<uuid:attachment_id>/", personal.attachment, name="attachment"),
]
