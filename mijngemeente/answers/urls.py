"""The answer bank's addresses: under /<organisation>/antwoorden/."""

from django.urls import include, path

from .views import adopting, bank, facts, imports, reviews, writing

app_name = "answers"

one_answer = [
    path("", bank.answer, name="answer"),
    path("wijzigen/", writing.edit, name="edit"),
    path("versies/", writing.versions, name="versions"),
    path("terugzetten/", writing.restore, name="restore"),
    path("nagekeken/", writing.checked, name="checked"),
    path("overname/", adopting.adoption, name="adoption"),
    path("oordeel/", bank.opinion, name="opinion"),
]

urlpatterns = [
    path("", bank.bank, name="bank"),
    path("nieuw/", writing.new, name="new"),
    path("nakijken/", reviews.review, name="review"),
    path("gegevens/", facts.facts, name="facts"),
    path("gegevens/<uuid:fact_id>/", facts.fact, name="fact"),
    path("invoer/", imports.imports, name="imports"),
    path("invoer/voorbeeld.csv", imports.sample, name="sample"),
    path("invoer/<uuid:import_id>/", imports.one_import, name="import"),
    path("invoer/<uuid:import_id>/fouten.csv", imports.problems, name="problems"),
    path("uitvoer.csv", imports.export, name="export"),
    path("<uuid:answer_id>/", include(one_answer)),
]
