"""The mail in which a department is asked something."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from mijngemeente.channels.email.threads import make_message_id, make_reply_address
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.seals import derived_key

from ..models import DepartmentQuestion
from ..queries import token_of_question


def of_question(question: DepartmentQuestion, inbox: InboxAddress | None) -> EmailMessage:
    """With a link, and marked so that an answer by mail finds the question and nothing else."""
    organisation = question.organisation
    path = reverse("intake:question", args=[organisation.slug, token_of_question(question)])
    key, marks = derived_key("mail ids"), {}
    if inbox is not None:
        domain = inbox.address.rpartition("@")[2]
        marks["Message-ID"] = make_message_id(question.id, uuid7(), key, domain)
    again = "Herinnering: v" if question.reminded_at else "V"
    return EmailMessage(
        subject=f"{again}raag van {organisation.full_name} ({question.conversation.number})",
        body=_LETTER.format(
            department=question.department,
            asker=question.asked_by,
            organisation=organisation.full_name,
            question=question.question,
            url=f"{settings.PUBLIC_URL}{path}",
        ),
        to=[question.department.email],
        reply_to=[make_reply_address(question.id, key, inbox.address)] if inbox else [],
        headers=marks,
    )


_LETTER = """Beste collega van {department},

{asker} heeft namens {organisation} een vraag:

{question}

Lees de hele vraag en geef antwoord. Je hebt daar geen account voor nodig:
{url}

Je mag ook deze mail beantwoorden. Je antwoord gaat alleen naar de collega's die de inwoner helpen.
Stuur deze mail niet door: wie de link heeft, kan de vraag lezen.
"""
