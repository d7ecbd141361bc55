"""Numbers and addresses of people, as they stand in a text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Personal(StrEnum):
    """What sort of personal data it is."""

    BSN = "bsn"
    IBAN = "iban"
    PHONE = "phone"
    EMAIL = "email"
    PUBLIC_PHONE = "public_phone"
    PUBLIC_EMAIL = "public_email"
    PUBLIC_HOME = "public_home"


@dataclass(frozen=True)
class PersonalData:
    """A piece of it, and where it stands."""

    kind: Personal
    quote: str
    start: int


def personal_data_in(text: str, *, own: Iterable[str], is_public: bool) -> Iterator[PersonalData]:
    """What of people stands in the text and should not go out there.

    The reader's or the municipality's `own` may be repeated to them, though never where all read along.
    """
    known = {_bare(each) for each in own}
    yield from _numbers(text)
    yield from _accounts(text)
    yield from _mobiles(text, known, is_public=is_public)
    yield from _mailboxes(text, known, is_public=is_public)
    if is_public:
        for home in _HOME.finditer(text):
            yield PersonalData(Personal.PUBLIC_HOME, home[0], home.start())


def _bare(address: str) -> str:
    """One form for each number and address: 06 12 34 56 78 is +31612345678."""
    if "@" in address:
        return address.lower()
    digits = re.sub(r"\D", "", address)
    return re.sub(r"^(?:0031|31|0)", "", digits)


_NINE = re.compile(
    r"(?<![\w.,/+-])(?:\d{3}[ .]?\d{3}[ .]?\d{3}|\d{4}[ .]\d{2}[ .]\d{3})(?![\w/-]|[.,]\d)",
)
# What a municipality numbers itself often has nine figures; one in eleven passes the test by chance.
_CASE = re.compile(
    r"(?:zaak|kenmerk|melding|meldings|factuur|aanslag|aanslagbiljet|klant|order|dossier|referentie|bon|polis|gesprek|volg)"
    r"[\w-]{0,12}:?[\s#]*(?:is|nr\.?|met|nummer)?\s*$",
    re.IGNORECASE,
)


def _numbers(text: str) -> Iterator[PersonalData]:
    for number in _NINE.finditer(text):
        if is_bsn(number[0]) and not _CASE.search(text[max(0, number.start() - 40) : number.start()]):
            yield PersonalData(Personal.BSN, number[0], number.start())


def is_bsn(number: str) -> bool:
    """Nine figures that pass the test of eleven (Logisch Ontwerp BSN)."""
    figures = [int(each) for each in re.sub(r"\D", "", number)]
    if len(figures) != 9 or not any(figures):
        return False
    weighed = sum(
        figure * weight for figure, weight in zip(figures, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)
    )
    return weighed % 11 == 0


_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
# Municipalities bank there, and nobody else.
_OUR_BANK = "BNGH"


def _accounts(text: str) -> Iterator[PersonalData]:
    for account in _IBAN.finditer(text):
        quote = _longest_iban(account[0])
        if quote and quote.replace(" ", "")[4:8] != _OUR_BANK:
            yield PersonalData(Personal.IBAN, quote, account.start())


def _longest_iban(found: str) -> str:
    """The account alone, also when words in capitals come after it; empty if there is none."""
    for end in range(len(found), 14, -1):
        if found[end - 1] != " " and is_iban(found[:end]):
            return found[:end]
    return ""


def is_iban(account: str) -> bool:
    """Whether it passes the test of 97 (ISO 13616)."""
    plain = account.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain) or (plain[:2] == "NL" and len(plain) != 18):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


_MOBILE = re.compile(r"(?<![\w+])(?:(?:\+|00)31[ -]?(?:\(0\))?|0)6(?:[ -]?\d){8}(?!\d)")


def _mobiles(text: str, known: set[str], *, is_public: bool) -> Iterator[PersonalData]:
    for number in _MOBILE.finditer(text):
        if is_public:
            yield PersonalData(Personal.PUBLIC_PHONE, number[0], number.start())
        elif _bare(number[0].replace("(0)", "")) not in known:
            yield PersonalData(Personal.PHONE, number[0], number.start())


_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
# Where people have an address of their own; any other may be an office that everybody may write to.
_PRIVATE = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|ziggo|kpnmail|kpnplanet|planet|xs4all|home|"
    r"hetnet|upcmail|casema|chello|quicknet|tele2|telfort|solcon|caiway|protonmail|proton|freedom)\."
)


def _mailboxes(text: str, known: set[str], *, is_public: bool) -> Iterator[PersonalData]:
    for mailbox in _MAILBOX.finditer(text):
        address = mailbox[0].lower().rstrip(".")
        is_private = bool(_PRIVATE.search(address))
        if is_public and (is_private or address in known):
            yield PersonalData(Personal.PUBLIC_EMAIL, mailbox[0], mailbox.start())
        elif is_private and address not in known:
            yield PersonalData(Personal.EMAIL, mailbox[0], mailbox.start())


_HOME = re.compile(
    r"\b[1-9]\d{3} ?[A-Z]{2}\b[ ,]{1,3}(?:nr\.? ?|huisnummer )?\d{1,5}\b|"
    r"\b[A-Z]\w+(?:straat|laan|weg|plein|hof|gracht|kade|singel) \d{1,5}\b"
)
