"""The departments that can be asked by mail."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mijngemeente.platform.http import posted

from .. import actions
from ..models import Department
from ..requests import MemberRequest


class DepartmentForm(forms.Form):
    """A department to add, or to correct by its name."""

    name = forms.CharField(
        label="Afdeling",
        max_length=80,
        help_text="Zo kiezen collega's de afdeling. Inwoners zien de naam niet.",
        error_messages={"required": "Vul de naam van de afdeling in."},
    )
    email = forms.EmailField(
        label="E-mailadres",
        help_text="Hier komt de vraag aan, met een link om te antwoorden.",
        error_messages={
            "required": "Vul een e-mailadres in.",
            "invalid": "Dit is geen e-mailadres. Een voorbeeld: groen@gemeente.nl",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def departments(request: MemberRequest) -> HttpResponse:
    """The list, and a department to add."""
    form = DepartmentForm(posted(request))
    if form.is_valid():
        actions.add_department(
            organisation_id=request.organisation.id, by=request.member, **form.cleaned_data
        )
        messages.success(request, "De afdeling staat op de lijst.")
        return redirect(request.path)
    rows = Department.objects.filter(organisation=request.organisation, is_active=True)
    context = {"form": form, "form_url": request.path, "departments": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/departments.html", context, status=status)


@require_POST
def remove(request: MemberRequest, department_id: UUID) -> HttpResponse:
    """Take a department off the list."""
    mine = Department.objects.filter(organisation=request.organisation)
    actions.remove_department(department=get_object_or_404(mine, id=department_id), by=request.member)
    messages.success(request, "De afdeling is van de lijst.")
    return redirect("organisations:departments", request.organisation.slug)
