"""Administration of who we are: under /<organisation>/beheer/."""

from django.urls import path

from .views import appearance, departments, details, hours, members, spoken_for

app_name = "organisations"
urlpatterns = [
    path("mensen/", members.people, name="people"),
    path("mensen/uitnodigen/", members.invite, name="invite"),
    path("mensen/<uuid:member_id>/", members.member, name="member"),
    path("mensen/<uuid:member_id>/einde/", members.end, name="end_membership"),
    path("uitnodigingen/<uuid:invitation_id>/opnieuw/", members.renew, name="renew_invitation"),
    path("uitnodigingen/<uuid:invitation_id>/intrekken/", members.withdraw, name="withdraw_invitation"),
    path("gegevens/", details.details, name="details"),
    path("spelregels/", spoken_for.rules, name="rules"),
    path("openingstijden/", hours.hours, name="hours"),
    path("openingstijden/voorbeeld/", hours.example, name="hours_example"),
    path("openingstijden/herberekening/", hours.recount, name="recount"),
    path("openingstijden/dicht/", hours.close_on, name="close_on"),
    path("openingstijden/dicht/<uuid:closing_id>/weg/", hours.open_after_all, name="open_after_all"),
    path("uiterlijk/", appearance.appearance, name="appearance"),
    path("uiterlijk/eigen/", appearance.own_theme, name="own_theme"),
    path("uiterlijk/eigen/weg/", appearance.remove, name="remove_theme"),
    path("afdelingen/", departments.departments, name="departments"),
    path("afdelingen/<uuid:department_id>/weg/", departments.remove, name="remove_department"),
]
