"""Administration of what comes in and goes out: under /<organisation>/beheer/."""

from django.urls import path

from .views import inboxes, letters, overview, payloads

app_name = "administration"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("werk/<int:number>/opnieuw/", overview.retry_job, name="retry_job"),
    path("postvakken/", inboxes.inboxes, name="inboxes"),
    path("postvakken/nieuw/", inboxes.connect, name="connect"),
    path("postvakken/<uuid:inbox_id>/", inboxes.inbox, name="inbox"),
    path("postvakken/<uuid:inbox_id>/controle/", inboxes.check, name="check"),
    path("postvakken/<uuid:inbox_id>/stop/", inboxes.stop, name="stop"),
    path("postvakken/<uuid:inbox_id>/hervat/", inboxes.resume, name="resume"),
    path("post/", letters.letters, name="letters"),
    path("post/uit/<uuid:delivery_id>/opnieuw/", letters.retry, name="retry_delivery"),
    path("post/uit/<uuid:delivery_id>/aangekomen/", letters.confirm, name="confirm_delivery"),
    path("post/in/", payloads.payloads, name="payloads"),
    path("post/in/<uuid:payload_id>/", payloads.payload, name="payload"),
    path("post/in/<uuid:payload_id>/opnieuw/", payloads.retry, name="retry_payload"),
    path("post/in/<uuid:payload_id>/bestand/", payloads.download, name="download_payload"),
]
