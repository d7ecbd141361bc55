"""What we hold of the people who work here, and what an organisation writes about itself."""

from .holding import Holding, Until

_WORKING = "om te kunnen aanmelden en te weten wie wat deed"
_OURS = "om te werken zoals de organisatie dat wil"
_WORDING = ("title", "text_nl", "text_en", "text_fy")


def _of_member(table: str, what: str, *keeps: str) -> Holding:
    return Holding(table, what=what, why=_WORKING, until=Until.MEMBER, keeps=keeps)


def _of_organisation(table: str, what: str, *keeps: str) -> Holding:
    return Holding(table, what=what, why=_OURS, until=Until.ORGANISATION, keeps=keeps)


OF_OURSELVES: tuple[Holding, ...] = (
    _of_member(
        "organisations.Person",
        "Naam, e-mailadres en wachtwoord van een medewerker",
        "password",
        "email",
        "name",
    ),
    _of_member("organisations.NotificationChoice", "Welke meldingen iemand wil", "muted"),
    _of_member("assignment.Skill", "Van welke onderwerpen iemand veel weet", "topic_group"),
    _of_member("organisations.Member", "Rollen van een medewerker", "roles"),
    _of_member(
        "organisations.Invitation", "Uitnodiging van een medewerker", "email", "name", "roles", "token_digest"
    ),
    _of_organisation(
        "organisations.Organisation", "Naam en uiterlijk van de organisatie", "name", "slug", "theme"
    ),
    _of_organisation("organisations.OpeningWeek", "Openingstijden", "week"),
    _of_organisation("organisations.ClosingDay", "Dagen dat wij dicht zijn", "reason"),
    _of_organisation("organisations.ServiceLevel", "Servicenormen", "kind", "channel"),
    _of_organisation(
        "organisations.ServiceAgreement", "Wie voor ons antwoordt", "channels", "topic_groups", "problem"
    ),
    _of_organisation("organisations.InboxAddress", "Postvakken", "kind", "address", "name", "token"),
    _of_organisation("organisations.InboxCredentials", "Wachtwoorden van postvakken, versleuteld", "sealed"),
    _of_organisation("organisations.InboxHealth", "Of een postvak werkt", "problem", "position"),
    _of_organisation(
        "organisations.EngagementRules",
        "Spelregels",
        "salutation",
        "signature",
        "answer_promise",
        "promised",
        "not_promised",
        "norms",
        "house_rules",
        "hand_over_to",
        "emergency",
        "opening_hours",
        "telephone",
        "privacy_url",
        "widget_sites",
    ),
    _of_organisation("organisations.Department", "Afdelingen om iets te vragen", "name", "email"),
    _of_organisation("organisations.Theme", "Uiterlijk", "tokens"),
    _of_organisation("conversations.Label", "Labels", "name"),
    _of_organisation(
        "conversations.Designation", "Waar formele berichten heen gaan", "url", "email", "post", "terms"
    ),
    _of_organisation("team.TeamPlot", "Teamplots: wie wat doet, zonder wat iemand kan", "title", "document"),
    _of_organisation("team.PlotVersion", "Teamplots: eerdere versies", "name", "document"),
    _of_organisation("team.Sharing", "Fte per rol, om als middelste mee te tellen", "size", "figures"),
    _of_organisation("team.OwnEntry", "Eigen rollen en taken", "kind", "code", "name", "essence", "roles"),
    _of_organisation(
        "team.Offer", "Wie andere gemeenten over een rol mogen vragen", "roles", "contact", "email", "note"
    ),
    _of_organisation("growth.Said", "Hoe ver wij zijn, en waaraan je dat ziet", "code", "evidence"),
    _of_organisation("course.Course", "De koers op één A4", "title", "fields"),
    _of_organisation("course.CourseEdit", "De koers: wie schreef wat", "field", "text"),
    _of_organisation("course.CourseVersion", "De koers: vastgelegde versies", "name", "fields", "figures"),
    _of_organisation("course.Measurement", "De koers: wat er is gemeten"),
    Holding(
        "competencies.OwnScore",
        what="Wat een medewerker van zichzelf zegt te kunnen, met één zin waaraan dat te zien is",
        why="om te weten wat het team kan, en waarin iemand wil groeien",
        until=Until.YEAR,
        keeps=("competency", "evidence"),
    ),
    Holding(
        "competencies.SecondScore",
        what="Wat een leidinggevende daarnaast zet, als de medewerker het deelde",
        why="om er samen over te praten",
        until=Until.YEAR,
        keeps=("competency",),
    ),
    Holding(
        "workshop.Participant",
        what="Wie met een telefoon meedeed aan een sessie over een teamplot",
        why="om te weten van wie een antwoord is",
        until=Until.WEEK,
        keeps=("name",),
    ),
    Holding(
        "workshop.Answer",
        what="Wat iemand in een sessie antwoordde",
        why="om samen een teamplot in te vullen",
        until=Until.WEEK,
        keeps=("place", "content"),
    ),
    _of_organisation("workshop.Workshop", "Sessies over een teamplot", "step"),
    _of_organisation("workshop.JoinCode", "Codes van sessies", "code"),
    _of_organisation("figures.ReadingTally", "Hoeveel per maand goed is begrepen", "model_version", "mended"),
    _of_organisation("desk.SavedView", "Eigen rijen op de werkplek", "name", "condition"),
    _of_organisation("assignment.AssignmentRule", "Regels voor toewijzing", "name", "condition", "problem"),
    _of_organisation("api.Token", "Sleutels van andere systemen, als vingerafdruk", "name", "digest"),
    _of_organisation("api.Webhook", "Systemen die wij iets vertellen", "url", "sealed", "events"),
    _of_organisation(
        "api.Announcement", "Wat wij andere systemen vertelden, zonder inhoud", "event", "problem"
    ),
    _of_organisation("answers.Answer", "Antwoordenbank", *_WORDING, "reference"),
    _of_organisation("answers.AnswerVersion", "Antwoordenbank: eerdere teksten", *_WORDING, "why"),
    _of_organisation("answers.SharedAnswer", "Gedeelde antwoorden", *_WORDING, "reference"),
    _of_organisation("answers.SharedAnswerVersion", "Gedeelde antwoorden: eerdere teksten", *_WORDING, "why"),
    _of_organisation("answers.Fact", "Prijzen, links en namen in antwoorden", "name", "value"),
    _of_organisation("answers.Adoption", "Eigen deel van gedeelde antwoorden", "parts"),
    _of_organisation(
        "answers.AnswerImport",
        "Ingelezen bestanden met antwoorden",
        "name",
        "encoding",
        "separator",
        "problems",
    ),
    _of_organisation(
        "imports.Import",
        "Ingelezen bestanden met inwoners en oude gesprekken; het bestand zelf hoogstens zeven dagen",
        "name",
        "form",
        "kind",
        "source",
        "encoding",
        "separator",
        "heading",
        "columns",
        "own_addresses",
        "problems",
    ),
    _of_organisation("imports.Imported", "Wat een ingelezen bestand maakte, als vingerafdruk", "digest"),
)
