"""E-mail: IMAP and SMTP in, SMTP out."""

from collections.abc import Callable, Collection, Generator, Mapping
from uuid import UUID

from ..contract import (
    Bounce,
    Credentials,
    Direction,
    Fetched,
    Incoming,
    IncomingFile,
    Limits,
    Outgoing,
    Party,
    Receipt,
    Watch,
    Way,
    WireError,
)
from . import imap, smtp
from .addresses import Address
from .compose import OutgoingFile, OutgoingMail, UnusableAddress, ascii_domain, compose
from .mail import Mail, parse_mail
from .oauth import AccessTokens
from .threads import Forged, make_message_id, make_reply_address, normal_subject, own_subject, read_key

TEXT_CHARACTERS = 200_000
FILES = 20
# What most mail servers take in one message, less a third for base64.
TOTAL_BYTES = 18 * 1024 * 1024


class EmailWire:
    """`key` gives the 32 bytes that mark our own ids; `internal` names mail hosts inside our network."""

    limits = Limits(text_characters=TEXT_CHARACTERS, files=FILES, total_bytes=TOTAL_BYTES)
    direction = Direction.PULLED
    # SMTP has no key: whether a broken line delivered the message, only a person can find out.
    is_idempotent = False

    def __init__(
        self,
        key: Callable[[], bytes],
        internal: Collection[str] = (),
        *,
        tokens: AccessTokens | None = None,
        patience: smtp.Patience | None = None,
    ) -> None:
        self._key = key
        self._internal = internal
        self._tokens = tokens or AccessTokens()
        self._patience = patience or smtp.Patience()

    def authenticate(self, headers: Mapping[str, str], body: bytes, credentials: Credentials) -> bool:
        """Nobody pushes mail over HTTP."""
        return False

    def parse(self, body: bytes) -> Incoming:
        """Any bytes are a mail; what could not be read is named in `problems`."""
        mail = parse_mail(body)
        conversation_id, is_forged = self._mark_in(mail)
        return _incoming(mail, conversation_id, is_forged=is_forged)

    def _mark_in(self, mail: Mail) -> tuple[UUID | None, bool]:
        """The conversation our own mark names, and whether there was a mark that is not ours."""
        places = (
            *mail.in_reply_to,
            *reversed(mail.references),
            *(each.address for each in (*mail.to, *mail.cc)),
            *mail.delivered_to,
        )
        found = [read_key(place, self._key()) for place in places]
        ours = next((each for each in found if isinstance(each, UUID)), None)
        return ours, ours is None and any(isinstance(each, Forged) for each in found)

    def fetch(self, credentials: Credentials, position: str) -> Generator[Fetched, None, None]:
        """New mails in the mailbox; `position` is "uidvalidity:uid". Raises WireError."""
        return imap.fetch(self._way_in(credentials), position)

    def stay_with(self, credentials: Credentials, watch: Watch) -> None:
        """Stay in the mailbox and tell when something comes. Raises WireError."""
        imap.stay_with(self._way_in(credentials), watch)

    def try_out(self, credentials: Credentials, way: Way) -> None:
        """Sign in at the server for that way and leave again. Raises WireError."""
        if way is Way.OUT:
            smtp.try_out(self._way_out(credentials))
        elif credentials.get("incoming", "imap") == "imap":
            imap.try_out(self._way_in(credentials))

    def _way_in(self, credentials: Credentials) -> imap.Server:
        return imap.Server(credentials, self._internal, self._tokens)

    def _way_out(self, credentials: Credentials) -> smtp.Server:
        return smtp.Server(credentials, self._internal, self._tokens, self._patience)

    def id_of(self, outgoing: Outgoing, *, key: UUID) -> str:
        """The Message-ID, always the same for one delivery."""
        domain = ascii_domain(outgoing.sender_address).rpartition("@")[2]
        return make_message_id(outgoing.conversation_id, key, self._key(), domain)

    def send(self, outgoing: Outgoing, credentials: Credentials, *, key: UUID) -> Receipt:
        """One mail by SMTP; `key` makes its Message-ID. Raises WireError."""
        try:
            mail = self._mail_of(outgoing, key)
            content = compose(mail)
            recipient = ascii_domain(outgoing.recipient.address)
        except UnusableAddress as error:
            raise WireError(str(error) or "Dit e-mailadres klopt niet.", permanent=True) from error
        smtp.send(
            content,
            sender=ascii_domain(outgoing.sender_address),
            recipient=recipient,
            through=self._way_out(credentials),
        )
        return Receipt(external_id=mail.message_id)

    def _mail_of(self, outgoing: Outgoing, key: UUID) -> OutgoingMail:
        secret, address = self._key(), outgoing.sender_address
        reply_to = make_reply_address(outgoing.conversation_id, secret, address)
        return OutgoingMail(
            message_id=self.id_of(outgoing, key=key),
            sender=Address(outgoing.sender_name, address),
            to=(_recipient_of(outgoing),),
            subject=_subject_of(outgoing),
            text=outgoing.text,
            date=outgoing.written_at,
            reply_to=Address(outgoing.sender_name, reply_to),
            references=tuple(each for each in outgoing.references if each.startswith("<")),
            is_automatic=outgoing.is_automatic,
            attachments=tuple(
                OutgoingFile(each.name, each.content_type, each.content) for each in outgoing.files
            ),
        )


def _subject_of(outgoing: Outgoing) -> str:
    """The resident's own subject, answered; one of ours if there is none, or nobody read it yet."""
    if outgoing.is_automatic or not outgoing.subject:
        return own_subject(outgoing.sender_name)
    return f"Re: {normal_subject(outgoing.subject)}"


def _recipient_of(outgoing: Outgoing) -> Address:
    """Whoever writes under another's address cannot make us mail their words to it (promises.md, rule 17)."""
    name = "" if outgoing.is_automatic else outgoing.recipient.name
    return Address(name, outgoing.recipient.address)


def _incoming(mail: Mail, conversation_id: UUID | None, *, is_forged: bool) -> Incoming:
    author = mail.sender if mail.sender.address else mail.reply_to or mail.sender
    return Incoming(
        external_id=mail.message_id,
        sender=Party(author.name, author.address, "email"),
        text=mail.reply_text or mail.text,
        folded=mail.quoted_text if mail.reply_text else "",
        html=mail.html,
        subject=mail.subject,
        sent_at=mail.date,
        files=tuple(
            IncomingFile(each.name, each.content_type, each.content, each.inline, each.content_id or "")
            for each in mail.attachments
        ),
        replies_to=(*mail.in_reply_to, *reversed(mail.references)),
        recipients=tuple(each.address for each in (*mail.to, *mail.cc)),
        conversation_id=conversation_id,
        is_forged=is_forged,
        is_automatic=bool(mail.auto_submitted) or mail.bounce is not None,
        is_mass=mail.is_mass,
        bounce=_bounce(mail),
        problems=mail.problems,
    )


def _bounce(mail: Mail) -> Bounce | None:
    if mail.bounce is None:
        return None
    return Bounce(
        external_id=mail.bounce.original_message_id,
        recipients=mail.bounce.recipients,
        reason=f"De mail kwam terug als onbestelbaar ({mail.bounce.status or 'zonder reden'}).",
        is_permanent=mail.bounce.permanent,
    )
