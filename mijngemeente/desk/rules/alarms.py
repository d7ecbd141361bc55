"""What a person sends first to somebody in danger or distress: always the same, so quick and right."""

from collections.abc import Mapping
from uuid import UUID, uuid5

# 113: Stichting 113 Zelfmoordpreventie; 0800-2000: Veilig Thuis, day and night;
# 0800-9009: the national line for gas and electricity faults.
_NUMBERS = {
    "distress": "Denk je aan zelfmoord? Bel nu 113 of 0800-0113. Dat is gratis en kan dag en nacht."
    " Chatten kan op 113.nl."
    "\nIs het thuis niet veilig? Bel Veilig Thuis: 0800-2000.\nBen je nu in gevaar? Bel 112.",
    "danger": "Is er nu gevaar? Bel meteen 112.\nRuik je gas? Ga naar buiten en bel 0800-9009.",
}
_NUMBERS_FORMAL = {
    "distress": "Denkt u aan zelfmoord? Bel nu 113 of 0800-0113. Dat is gratis en kan dag en nacht."
    " Chatten kan op 113.nl."
    "\nIs het thuis niet veilig? Bel Veilig Thuis: 0800-2000.\nBent u nu in gevaar? Bel 112.",
    "danger": "Is er nu gevaar? Bel meteen 112.\nRuikt u gas? Ga naar buiten en bel 0800-9009.",
}
_NUMBERS_ENGLISH = {
    "distress": "Are you thinking about suicide? Call 113 or 0800-0113 now. It is free, day and night."
    " You can chat at 113.nl."
    "\nIs your home not safe? Call Veilig Thuis: 0800-2000.\nAre you in danger right now? Call 112.",
    "danger": "Is there danger right now? Call 112 at once."
    "\nDo you smell gas? Go outside and call 0800-9009.",
}
_READ: Mapping[str, Mapping[str, str]] = {
    "je": {
        "distress": "Ik heb je bericht gelezen. Fijn dat je het ons schrijft. Je staat er niet alleen voor.",
        "danger": "Ik heb je bericht gelezen.",
    },
    "u": {
        "distress": "Ik heb uw bericht gelezen. Fijn dat u het ons schrijft. U staat er niet alleen voor.",
        "danger": "Ik heb uw bericht gelezen.",
    },
    "en": {
        "distress": "I have read your message. Thank you for writing to us. You are not alone in this.",
        "danger": "I have read your message.",
    },
}
#: Who writes one of these reads Dutch; to everybody else we speak English.
_DUTCH = frozenset({"", "nl", "fy"})


def first_answer(alarm: str, *, addressed_as: str, language: str, emergency: str) -> str:
    """The words between greeting and signature; `emergency` is what the municipality says of emergencies."""
    if language not in _DUTCH:
        return f"{_READ['en'][alarm]}\n\n{_NUMBERS_ENGLISH[alarm]}"
    numbers = _NUMBERS if addressed_as == "je" else _NUMBERS_FORMAL
    return "\n\n".join(filter(None, (_READ[addressed_as][alarm], numbers[alarm], emergency)))


def first_answer_key(conversation_id: UUID) -> UUID:
    """One for each conversation: pressed twice, or by two colleagues, it is sent once."""
    return uuid5(conversation_id, "first answer")
