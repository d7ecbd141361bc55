"""The national front door: a message goes to its municipality, or the resident is asked which one it is."""

from django.conf import settings
from django.utils.translation import gettext, override

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.errors import AlreadyClosed, NobodyThere
from mijngemeente.conversations.models import Conversation
from mijngemeente.conversations.queries import email_of, personal_url
from mijngemeente.organisations.models import Organisation
from mijngemeente.reference.models import Municipality

from .. import queries, rules


def pass_on(*, conversation: Conversation, to_id: int) -> bool:
    """Give it to the municipality that it is about, and tell the resident (Awb 2:3); False if that cannot be.

    Then it stays here, for a person.
    """
    to = Organisation.objects.get(id=to_id)
    with override(_spoken(conversation)):
        told = gettext(
            "Dit bericht gaat over {municipality}. Daarom is het daarheen gestuurd."
            " Het antwoord komt van daar."
        ).format(municipality=to.full_name)
    try:
        conversations.hand_over(conversation=conversation, to=to, by=None, told=told)
    except (NobodyThere, AlreadyClosed):
        return False
    return True


def ask_where(*, conversation: Conversation) -> bool:
    """Ask the resident which of the municipalities it is; False if that was asked before."""
    names = [each.label for each in queries.choices_for(conversation)]
    with override(_spoken(conversation)):
        either = gettext(" of ").join(filter(None, (", ".join(names[:-1]), *names[-1:])))
        question = gettext("Over welke gemeente gaat dit: {names}?").format(names=either)
        how = gettext("Kies de gemeente op deze pagina, of antwoord met de naam:")
    # Who has no mail address reads it on that page, above the buttons.
    link = personal_url(conversation, conversation.organisation.slug) if email_of(conversation) else ""
    text = f"{question}\n\n{how}\n{link}" if link else question
    return conversations.ask_municipality(conversation=conversation, text=text)


def settle(*, conversation: Conversation, code: str) -> bool:
    """The resident says which municipality it is: there it goes, or to a person here if it is not with us.

    False if nothing was asked, or it was answered before.
    """
    if not conversations.settle_municipality(conversation=conversation, code=code):
        return False
    there = queries.taking_part([code]).get(code)
    if there is not None:
        pass_on(conversation=conversation, to_id=there)
    else:
        _point_to(conversation, code)
    return True


def _point_to(conversation: Conversation, code: str) -> None:
    """It is not with us: the resident reads where else to go, and a person here looks as well (Awb 2:3)."""
    municipality = Municipality.objects.get(code=code)
    # The government's own site names every municipality, also one whose address a newer list leaves out.
    website = f"www.{municipality.domain}" if municipality.domain else "www.overheid.nl"
    with override(_spoken(conversation)):
        text = gettext(
            "Gemeente {municipality} doet hier nog niet mee: stel de vraag ook daar, via {website}."
            " Een medewerker van ons kijkt ook."
        ).format(municipality=municipality.name, website=website)
    conversations.send_automatic(conversation=conversation, text=text)


def settle_by_text(*, conversation: Conversation, text: str) -> bool:
    """The same from what somebody wrote back; False if that says nothing."""
    choices = queries.open_choices(conversation)
    if not choices:
        return False
    code = rules.chosen_in(text, choices) or queries.certain_code(text)
    return bool(code) and settle(conversation=conversation, code=code)


def _spoken(conversation: Conversation) -> str:
    return conversation.language if conversation.language in dict(settings.LANGUAGES) else "nl"
