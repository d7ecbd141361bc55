"""Administration of whom we keep out and where formal messages go: under /<organisation>/beheer/."""

from django.urls import path

from .views import formals, senders

app_name = "safeguards"
urlpatterns = [
    path("afzenders/", senders.senders, name="senders"),
    path("afzenders/blokkades/<uuid:block_id>/opheffing/", senders.lift_block, name="lift_block"),
    path("afzenders/stilte/<uuid:address_id>/opheffing/", senders.lift_silence, name="lift_silence"),
    path("formeel/", formals.designations, name="designations"),
    path("formeel/<slug:formal_kind>/", formals.designation, name="designation"),
]
