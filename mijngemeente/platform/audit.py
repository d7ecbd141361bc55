"""The audit line: beside every change and every opening of a conversation.

Timeline, history and statistics are drawn from these lines. The app can add a line, never alter one.
"""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils import timezone

from . import rows
from .tenancy import OrganisationModel

if TYPE_CHECKING:
    from mijngemeente.organisations.models import Member

#: Every `subject.verb` there is, with what a person reads in the timeline.
VERBS = {
    "conversation.opened": "Gesprek begonnen",
    "conversation.viewed": "Gesprek geopend",
    "conversation.assigned": "Toegewezen",
    "conversation.covered": "Naar een ander team",
    "conversation.released": "Toewijzing opgeheven",
    "conversation.status_changed": "Status gewijzigd",
    "conversation.topic_changed": "Onderwerp gewijzigd",
    "conversation.kind_changed": "Soort gewijzigd",
    "conversation.prioritised": "Voorrang gewijzigd",
    "conversation.snoozed": "Uitgesteld",
    "conversation.woken": "Teruggekomen na uitstel",
    "conversation.labelled": "Label toegevoegd",
    "conversation.unlabelled": "Label verwijderd",
    "conversation.closed": "Gesloten",
    "conversation.reopened": "Heropend",
    "conversation.restored": "Teruggezet zoals het was",
    "conversation.municipality_asked": "Gevraagd over welke gemeente het gaat",
    "conversation.municipality_unanswered": "De inwoner koos geen gemeente",
    "conversation.municipality_settled": "De inwoner koos een gemeente",
    "conversation.handed_over": "Overgedragen aan een andere gemeente",
    "conversation.taken_over": "Overgenomen van een andere gemeente",
    "conversation.linked": "Gekoppeld aan een ander gesprek",
    "conversation.unlinked": "Koppeling met een ander gesprek verwijderd",
    "conversation.gathered": "Bij een gebeurtenis gezet",
    "conversation.ungathered": "Uit een gebeurtenis gehaald",
    "conversation.merged": "Samengevoegd met een ander gesprek",
    "conversation.unmerged": "Losgemaakt van een ander gesprek",
    "conversation.split": "Berichten afgesplitst naar een nieuw gesprek",
    "conversation.spam_marked": "Als spam gemarkeerd",
    "conversation.spam_unmarked": "Geen spam",
    "conversation.formal_marked": "Als formeel bericht gemarkeerd",
    "conversation.formal_receipt": "Ontvangst van een formeel bericht bevestigd",
    "conversation.nearly_due": "Antwoord is bijna te laat",
    "conversation.overdue": "Antwoord is te laat",
    "conversation.rated": "Beoordeeld door de inwoner",
    "question.asked": "Vraag aan een afdeling gesteld",
    "question.viewed": "Vraag geopend door de afdeling",
    "question.answered": "Antwoord van een afdeling",
    "question.reminded": "Afdeling herinnerd aan de vraag",
    "question.withdrawn": "Vraag aan een afdeling ingetrokken",
    "growth.judged": "Groei ingevuld",
    "course.kept": "Koers bewaard",
    "course.changed": "Koers gewijzigd",
    "course.version_kept": "Versie van de koers vastgelegd",
    "course.measured": "Voortgang van de koers gemeten",
    "course.measurement_removed": "Meting van de koers weggehaald",
    "course.removed": "Koers weggehaald",
    "course.brought_back": "Koers teruggezet",
    "plot.kept": "Teamplot bewaard",
    "plot.changed": "Teamplot gewijzigd",
    "plot.version_kept": "Versie van een teamplot vastgelegd",
    "plot.removed": "Teamplot weggehaald",
    "plot.brought_back": "Teamplot teruggezet",
    "scores.kept": "Eigen competenties ingevuld",
    "scores.shared": "Eigen competenties gedeeld met een leidinggevende",
    "scores.withdrawn": "Gestopt met delen van eigen competenties",
    "scores.viewed": "Competenties van een collega bekeken",
    "scores.second": "Oordeel naast de competenties van een collega gezet",
    "scores.erased": "Competenties van iemand gewist",
    "plot.shared": "Fte per rol gedeeld, om als middelste mee te tellen",
    "plot.sharing_withdrawn": "Delen van fte per rol ingetrokken",
    "own_entry.added": "Eigen rol of taak toegevoegd",
    "own_entry.retired": "Eigen rol of taak niet meer gebruikt",
    "own_entry.used_again": "Eigen rol of taak weer gebruikt",
    "offer.made": "Aangeboden om vragen over rollen te krijgen",
    "offer.withdrawn": "Aanbod om vragen over rollen te krijgen ingetrokken",
    "workshop.begun": "Sessie over een teamplot begonnen",
    "workshop.answers_taken": "Antwoorden uit een sessie overgenomen",
    "workshop.answers_laid_aside": "Antwoorden uit een sessie opzij gelegd",
    "workshop.participant_removed": "Deelnemer uit een sessie gehaald",
    "workshop.closed": "Sessie over een teamplot afgesloten",
    "workshop.erased": "Namen en antwoorden van een sessie gewist",
    "cluster.proposed": "Gebeurtenis voorgesteld",
    "cluster.confirmed": "Gebeurtenis bevestigd",
    "cluster.refused": "Gebeurtenis afgewezen",
    "cluster.named": "Naam van een gebeurtenis gewijzigd",
    "cluster.answered": "Antwoord aan allen bij een gebeurtenis",
    "cluster.answer_taken_back": "Antwoord aan allen teruggenomen",
    "cluster.ended": "Gebeurtenis afgesloten",
    "department.added": "Afdeling op de lijst gezet",
    "department.removed": "Afdeling van de lijst gehaald",
    "message.received": "Bericht ontvangen",
    "message.sent": "Antwoord geschreven",
    "message.planned": "Antwoord gepland",
    "message.held": "Gepland antwoord vastgehouden",
    "message.approval_asked": "Gevraagd om mee te lezen",
    "message.approved": "Antwoord goedgekeurd",
    "message.returned": "Antwoord teruggegeven",
    "message.taken_back": "Antwoord teruggenomen",
    "message.automatic": "Automatisch bericht gemaakt",
    "message.noted": "Notitie geschreven",
    "message.recorded": "Contact vastgelegd",
    "message.forged": "Bericht met een vervalst kenmerk ontvangen",
    "message.images_shown": "Afbeeldingen van buiten getoond",
    "message.hidden": "Bericht verborgen",
    "message.unhidden": "Bericht weer getoond",
    "delivery.sent": "Verzonden",
    "delivery.delivered": "Afgeleverd",
    "delivery.failed": "Verzenden mislukt",
    "delivery.uncertain": "Onzeker of het is verzonden",
    "delivery.retried": "Opnieuw verzonden",
    "delivery.confirmed": "Aangemerkt als verzonden",
    "search.made": "Gezocht in gesprekken",
    "attachment.downloaded": "Bijlage gedownload",
    "payload.viewed": "Onleesbaar bericht bekeken",
    "job.retried": "Werk opnieuw geprobeerd",
    "payload.retried": "Onleesbaar bericht opnieuw geprobeerd",
    "contact.viewed": "Inwoner bekeken",
    "contact.renamed": "Naam van een inwoner gewijzigd",
    "contact.address_added": "Adres van een inwoner toegevoegd",
    "contact.address_removed": "Adres van een inwoner verwijderd",
    "contact.address_preferred": "Voorkeursadres van een inwoner gekozen",
    "contact.noted": "Notitie over een inwoner geschreven",
    "contact.note_removed": "Notitie over een inwoner verwijderd",
    "contact.merged": "Inwoners samengevoegd",
    "contact.merge_undone": "Samenvoegen van inwoners ongedaan gemaakt",
    "contact.anonymised": "Inwoner geanonimiseerd",
    "contact.erased": "Inwoner gewist",
    "contact.exported": "Gegevens van een inwoner opgevraagd",
    "export.downloaded": "Opgevraagde gegevens gedownload",
    "erasure.asked": "Gevraagd om te wissen",
    "conversation.anonymised": "Gesprek geanonimiseerd",
    "conversation.erased": "Gesprek gewist",
    "conversation.held": "Gesprek vastgehouden",
    "conversation.hold_lifted": "Gesprek vrijgegeven",
    "retention.changed": "Bewaartermijn gewijzigd",
    "retention.ran": "Over tijd opgeruimd",
    "inbox.connected": "Postvak gekoppeld",
    "inbox.changed": "Postvak gewijzigd",
    "inbox.stopped": "Postvak gestopt",
    "inbox.resumed": "Postvak hervat",
    "inbox.failed": "Postvak werkt niet",
    "inbox.recovered": "Postvak werkt weer",
    "sender.silenced": "Automatische afzender stilgezet",
    "sender.let_through": "Bericht van een geblokkeerde afzender doorgelaten",
    "sender.unsilenced": "Automatische afzender weer toegelaten",
    "sender.blocked": "Afzender geblokkeerd",
    "sender.unblocked": "Blokkade opgeheven",
    "designation.changed": "Kanaal voor formele berichten gewijzigd",
    "member.invited": "Medewerker uitgenodigd",
    "member.invitation_withdrawn": "Uitnodiging ingetrokken",
    "member.joined": "Medewerker begonnen",
    "member.roles_changed": "Rollen gewijzigd",
    "member.skills_changed": "Kennis van onderwerpen gewijzigd",
    "member.left": "Medewerker gestopt",
    "rule.kept": "Toewijzingsregel bewaard",
    "rule.moved": "Volgorde van toewijzingsregels gewijzigd",
    "rule.switched_on": "Toewijzingsregel aangezet",
    "rule.switched_off": "Toewijzingsregel uitgezet",
    "rule.removed": "Toewijzingsregel weggehaald",
    "token.made": "Sleutel voor een ander systeem gemaakt",
    "token.ended": "Sleutel voor een ander systeem ingetrokken",
    "webhook.made": "Koppeling gemaakt",
    "webhook.stopped": "Koppeling gestopt",
    "webhook.resumed": "Koppeling hervat",
    "agreement.made": "Dienstverleningsafspraak gemaakt",
    "agreement.ended": "Dienstverleningsafspraak beëindigd",
    "agreement.changed": "Dienstverleningsafspraak gewijzigd",
    "agreement.moved": "Volgorde van dienstverleningsafspraken gewijzigd",
    "agreement.switched_on": "Dienstverleningsafspraak aangezet",
    "agreement.switched_off": "Dienstverleningsafspraak uitgezet",
    "answer.written": "Antwoord geschreven voor de antwoordenbank",
    "answer.changed": "Antwoord in de antwoordenbank gewijzigd",
    "answer.reviewed": "Antwoord nagekeken",
    "answer.adopted": "Antwoord overgenomen",
    "answer.left": "Overgenomen antwoord losgelaten",
    "answers.imported": "Antwoorden ingevoerd",
    "fact.changed": "Gegeven voor antwoorden gewijzigd",
    "fact.checked": "Gegeven voor antwoorden nagekeken",
    "fact.removed": "Gegeven voor antwoorden verwijderd",
    "corrections.exported": "Verbeterde berichten meegegeven om van te leren",
    "levels.changed": "Servicenormen gewijzigd",
    "levels.recomputed": "Termijnen opnieuw berekend",
    "hours.changed": "Openingstijden gewijzigd",
    "view.made": "Rij bewaard",
    "view.changed": "Rij gewijzigd",
    "view.removed": "Rij weggehaald",
    "beginning.put_away": "Beginnen opzij gezet",
    "import.started": "Invoer begonnen",
    "import.paused": "Invoer onderbroken",
    "import.undone": "Invoer ongedaan gemaakt",
    "contact.imported": "Inwoner ingevoerd uit een ander systeem",
    "conversation.imported": "Oud gesprek ingevoerd uit een ander systeem",
    "organisation.changed": "Gegevens van de organisatie gewijzigd",
}


class AuditLine(OrganisationModel):
    """Who did what to which row, when."""

    append_only = True

    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    #: Conversation in whose timeline this belongs; no key, as platform knows no conversations.
    conversation_id = models.UUIDField(null=True)
    member = models.ForeignKey("organisations.Member", null=True, on_delete=models.PROTECT, db_index=False)
    #: Ids, states and numbers; never content.
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "conversation_id", "id"], name="audit_timeline"),
            models.Index(
                fields=["organisation", "subject_id"],
                condition=models.Q(conversation_id__isnull=True),
                name="audit_subject",
            ),
        ]

    def __str__(self) -> str:
        return VERBS.get(self.verb, self.verb)


def record(
    verb: str,
    subject: models.Model,
    *,
    by: "Member | None" = None,
    at: datetime | None = None,
    **detail: object,
) -> None:
    """Write one line beside a change to `subject`, in the caller's transaction.

    Raises KeyError for a verb outside VERBS. Detail holds ids, states and numbers, never content.
    """
    rows.add(line(verb, subject, by=by, at=at, **detail))


def line(
    verb: str,
    subject: models.Model,
    *,
    by: "Member | None" = None,
    at: datetime | None = None,
    **detail: object,
) -> AuditLine:
    """As `record`, for who writes it together with its row (platform/rows.py)."""
    VERBS[verb]
    return AuditLine(
        organisation_id=_organisation_of(subject),
        verb=verb,
        subject_id=subject.pk if isinstance(subject.pk, UUID) else None,
        conversation_id=_conversation_of(subject),
        member=by,
        at=at or timezone.now(),
        detail={name: value if isinstance(value, int) else str(value) for name, value in detail.items()},
    )


def _organisation_of(subject: models.Model) -> int:
    if subject._meta.model_name == "organisation":
        return int(subject.pk)
    organisation_id: int = subject.organisation_id  # type: ignore[attr-defined]  # every audited row has one
    return organisation_id


def _conversation_of(subject: models.Model) -> UUID | None:
    if subject._meta.model_name == "conversation":
        return UUID(str(subject.pk))
    conversation_id: UUID | None = getattr(subject, "conversation_id", None)
    return conversation_id
