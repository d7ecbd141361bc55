"""The interface for other systems: under /api/."""

from django.urls import path, re_path

from .views import contacts, conversations, description, directory, messages

app_name = "api"
urlpatterns = [
    path("v1/openapi.json", description.openapi, name="openapi"),
    path("v1/gesprekken", conversations.conversations, name="conversations"),
    path("v1/gesprekken/<uuid:conversation_id>", conversations.conversation, name="conversation"),
    path("v1/gesprekken/<uuid:conversation_id>/sluiting", conversations.closure, name="closure"),
    path("v1/gesprekken/<uuid:conversation_id>/labels/<str:name>", conversations.label, name="label"),
    path("v1/gesprekken/<uuid:conversation_id>/berichten", messages.messages, name="messages"),
    path("v1/inwoners", contacts.contacts, name="contacts"),
    path("v1/inwoners/<uuid:contact_id>", contacts.contact, name="contact"),
    path("v1/onderwerpen", directory.topics, name="topics"),
    path("v1/labels", directory.labels, name="labels"),
    path("v1/medewerkers", directory.members, name="members"),
    # Also an address with a line break in it, which `path` does not match.
    re_path(r"^[\s\S]*$", description.nothing, name="nothing"),
]
