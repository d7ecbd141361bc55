"""Administration of other systems: under /<organisation>/beheer/."""

from django.urls import path

from .views import administration

app_name = "systems"
urlpatterns = [
    path("koppelingen/", administration.systems, name="systems"),
    path("koppelingen/sleutel/", administration.new_token, name="new_token"),
    path("koppelingen/sleutel/<uuid:token_id>/einde/", administration.end_token, name="end_token"),
    path("koppelingen/webhook/", administration.new_webhook, name="new_webhook"),
    path("koppelingen/webhook/<uuid:webhook_id>/", administration.webhook, name="webhook"),
    path("koppelingen/webhook/<uuid:webhook_id>/stop/", administration.stop_webhook, name="stop_webhook"),
    path(
        "koppelingen/webhook/<uuid:webhook_id>/<uuid:announcement_id>/opnieuw/",
        administration.retry,
        name="retry_announcement",
    ),
]
