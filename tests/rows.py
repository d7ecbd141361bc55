"""One row of each sort that an address can name, to ask for and to be kept from."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from mijngemeente.answers import actions as answers
from mijngemeente.api import actions as systems
from mijngemeente.api.models import Announcement, Webhook
from mijngemeente.assignment.models import AssignmentRule
from mijngemeente.channels.contract import Incoming, IncomingFile, Party
from mijngemeente.conversations.actions import (
    ask_approval,
    ask_department,
    block,
    merge_contacts,
    note_contact,
    receive_message,
    send_reply,
)
from mijngemeente.conversations.models import (
    PERSONAL_LINK,
    Attachment,
    Contact,
    Delivery,
    Label,
    Link,
    Message,
    Reminder,
)
from mijngemeente.course.actions import keep_course, keep_version, measure
from mijngemeente.desk.models import SavedView
from mijngemeente.intake.models import Payload
from mijngemeente.intake.queries.troubled_jobs import jobs_of
from mijngemeente.organisations.models import (
    ClosingDay,
    Department,
    Invitation,
    Member,
    Organisation,
    ServiceAgreement,
    ServiceLevel,
)
from mijngemeente.organisations.rules import Role
from mijngemeente.platform.seals import make_token
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.privacy.models import Erasure, Export, Hold
from mijngemeente.team.actions import add_own, keep_plot
from mijngemeente.team.models import OwnEntry
from mijngemeente.workshop.actions import begin
from tests.world import World


@dataclass(frozen=True)
class Rows:
    """One row of each sort that an address can name, in one organisation."""

    organisation: Organisation
    ids: dict[str, object]
    #: Stands in every text of this organisation, and nowhere else.
    secret: str


def rows_of(world: World, organisation: Organisation, agent: str) -> Rows:
    secret = f"geheim-van-{organisation.slug}"
    incoming = Incoming(
        external_id=f"m-{uuid4()}",
        sender=Party(f"Inwoner {secret}", f"{secret}@voorbeeld.example", "email"),
        subject=secret,
        text=f"Mijn vraag: {secret}",
        html=f"<p>{secret}</p>",
        files=(IncomingFile(f"{secret}.txt", "text/plain", secret.encode()),),
    )
    inbox = world.inbox(organisation, "web")
    with acting_for(organisation.id):
        received = receive_message(
            inbox=inbox, incoming=incoming, organisation_id=organisation.id, covered_by_id=organisation.id
        )
        conversation = received.conversation
        send_reply(conversation=conversation, by=world.members[agent], text=f"Antwoord {secret}", key=uuid4())
        Label.objects.create(organisation=organisation, name=secret)
        contact, by = conversation.contact, world.members[agent]
        note = note_contact(contact=contact, text=secret, ends_on=date(2099, 1, 1), by=by)
        twin = Contact.objects.create(organisation=organisation, name=secret)
        merge = merge_contacts(kept=contact, gone=twin, by=by)
        held = Hold.objects.create(
            organisation=organisation, conversation=conversation, reason="claim", by=by
        )
        erasure = Erasure.objects.create(
            organisation=organisation, way="erase", reason="request", explanation=secret, by=by
        )
        export = Export.objects.create(
            organisation=organisation,
            contact=contact,
            by=by,
            made_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=1),
            content=secret.encode(),
            size_bytes=len(secret),
        )
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=f"{secret}@voorbeeld.example",
            name=secret,
            roles=["reader"],
            invited_by=world.members[agent],
            token_digest=secret,
            expires_at=timezone.now() + timedelta(days=7),
        )
        agreement = ServiceAgreement.objects.create(
            provider=world.national, client=organisation, starts_on=date(2099, 1, 1)
        )
        department = Department.objects.create(
            organisation=organisation, name=secret, email=f"{secret}@voorbeeld.example"
        )
        payload = Payload.objects.create(
            organisation=organisation,
            inbox=inbox,
            digest=uuid4().bytes * 2,
            body=secret.encode(),
            size_bytes=1,
        )
        link = Link.objects.create(
            organisation=organisation,
            conversation=conversation,
            kind=Link.Kind.RELATED,
            other_organisation=organisation,
            other_conversation_id=uuid4(),
        )
        issued = systems.make_token(
            organisation=organisation,
            name=secret,
            role=Role.READER,
            ends_on=timezone.localdate(),
            by=world.members[agent],
        )
        webhook = Webhook.objects.create(
            organisation=organisation, url=f"https://{secret}.example/", events=[]
        )
        announcement = Announcement.objects.create(
            organisation=organisation,
            webhook=webhook,
            line_id=webhook.id,
            event=secret,
            happened_at=timezone.now(),
        )
        ids = {
            "organisation": organisation.slug,
            "conversation_id": conversation.id,
            "message_id": received.message.id,
            "attachment_id": Attachment.objects.get(message=received.message).id,
            "delivery_id": Delivery.objects.get(
                message=Message.objects.get(direction="out", is_automatic=False)
            ).id,
            "contact_id": contact.id,
            "hold_id": held.id,
            "erasure_id": erasure.id,
            "export_id": export.id,
            "address_id": contact.addresses.get().id,
            "contact_note_id": note.id,
            "contact_merge_id": merge.id,
            "payload_id": payload.id,
            "number": jobs_of(organisation.id).latest("id").id,
            "pending_id": ask_approval(
                conversation=conversation,
                by=world.members[agent],
                text=f"Voorstel {secret}",
                key=uuid4(),
                of=None,
            ).id,
            "inbox_id": inbox.id,
            "invitation_id": invitation.id,
            "agreement_id": agreement.id,
            "department_id": department.id,
            "question_id": ask_department(
                conversation=conversation,
                department=department,
                question=secret,
                excerpt=secret,
                by=world.members[agent],
            ).id,
            "reminder_id": Reminder.objects.create(
                organisation=organisation,
                conversation=conversation,
                member=world.members[agent],
                at=timezone.now() + timedelta(days=1),
                note=secret,
            ).id,
            "member_id": world.members[agent].id,
            "rule_id": AssignmentRule.objects.create(organisation=organisation, name=secret, condition={}).id,
            "token_id": issued.token.id,
            "webhook_id": webhook.id,
            "announcement_id": announcement.id,
            "name": secret,
            "token": make_token(PERSONAL_LINK, conversation.id),
            "block_id": block(
                conversation=conversation,
                until=timezone.now() + timedelta(days=7),
                reason=secret,
                by=world.members[agent],
            ).id,
            "formal_kind": "objection",
            "link_id": link.id,
            "kind": "web",
            "batch": uuid4(),
            "event": uuid4(),
            "view_id": SavedView.objects.create(
                organisation=organisation,
                owner=world.members[agent],
                audience="organisation",
                name=secret,
                condition={"field": "subject", "operator": "contains", "values": [secret]},
            ).id,
            "plot_id": keep_plot(
                document={"title": secret, "people": [{"name": secret}]}, by=world.members[agent]
            ).id,
            "entry_id": add_own(
                kind=OwnEntry.Kind.ROLE, name=secret, essence="", roles=[], by=world.members[agent]
            ).id,
            **course_of(by, secret),
            "workshop_id": begin(
                plot=keep_plot(document={"title": secret}, by=world.members[agent]), by=world.members[agent]
            ).id,
            "step": "people",
            "variant": "koers",
            "code": "R01",
            "file_format": "json",
            **answers_of(organisation, world.members[agent], secret),
            **norms_of(organisation, secret),
        }
    return Rows(organisation, ids, secret)


def answers_of(organisation: Organisation, by: Member, secret: str) -> dict[str, object]:
    """Rows of the answer bank; inside the organisation's unit."""
    answer = answers.write(organisation=organisation, draft=answers.Draft(secret, secret), by=by)
    fact = answers.keep_fact(organisation=organisation, name=secret, kind="other", value=secret, by=by)
    shown = answers.show_import(
        organisation=organisation, name=secret, content=b"titel;tekst\nMarkt;Ja\n", by=by
    )
    return {"answer_id": answer.id, "fact_id": fact.id, "import_id": shown.id}


def course_of(by: Member, secret: str) -> dict[str, object]:
    """A sheet and a version of it; inside the organisation's unit."""
    course = keep_course(typed={"title": secret, "goal": secret}, by=by)
    measurement = measure(course=course, on=date(2026, 1, 1), value=1, by=by)
    return {
        "course_id": course.id,
        "measurement_id": measurement.id,
        "version_id": keep_version(course=course, name=secret, figures=[], by=by).id,
    }


def norms_of(organisation: Organisation, secret: str) -> dict[str, object]:
    """A closing day and a service level; inside the organisation's unit."""
    day = date(2099, 1, 1)
    closing = ClosingDay.objects.create(organisation=organisation, starts_on=day, ends_on=day, reason=secret)
    level = ServiceLevel.objects.create(organisation=organisation, channel="web")
    return {"closing_id": closing.id, "level_id": level.id}
