"""The imports' addresses: under /<organisation>/beheer/invoer/."""

from django.urls import path

from .views import files, imports

app_name = "imports"

urlpatterns = [
    path("invoer/", imports.imports, name="imports"),
    path("invoer/voorbeeld/<slug:kind>.csv", files.sample, name="sample"),
    path("invoer/<uuid:import_id>/", imports.one_import, name="import"),
    path("invoer/<uuid:import_id>/fouten.csv", files.problems, name="problems"),
]
