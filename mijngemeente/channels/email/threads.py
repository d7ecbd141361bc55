"""What ties a mail to a conversation: keys in our own ids and addresses, and subjects."""

import hmac
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

_ID_BYTES = 16
#: Keyed hash in a Message-ID.
_LONG_HASH_BYTES = 16
#: Shorter in an address (as HMAC-SHA1-96, RFC 2404): RFC 5321 allows 64 characters before the @.
_SHORT_HASH_BYTES = 12
_LOCAL_PART_LIMIT = 64
# Base32: mail servers may change the case of an address.
_TOKEN = re.compile(r"(?<![a-z0-9])mg([a-z2-7]{52}|[a-z2-7]{45})(?![a-z0-9])", re.I)


@dataclass(frozen=True, slots=True)
class Forged:
    """A key of our form with a wrong hash: somebody made or changed it."""

    claimed: UUID


def make_message_id(conversation_id: UUID, delivery_id: UUID, secret: bytes, domain: str) -> str:
    """The Message-ID, with angle brackets, of one delivery; always the same for the same two."""
    token = _token(conversation_id, secret, _LONG_HASH_BYTES)
    return f"<mg{token}.{_base32(delivery_id.bytes)}@{domain}>"


def make_reply_address(conversation_id: UUID, secret: bytes, inbox_address: str) -> str:
    """Where answers come back with their key: `postvak+mg…@…`; the inbox itself when that is too long."""
    local, at, domain = inbox_address.rpartition("@")
    keyed = f"{local}+mg{_token(conversation_id, secret, _SHORT_HASH_BYTES)}"
    if not at or len(keyed) > _LOCAL_PART_LIMIT:
        return inbox_address
    return f"{keyed}@{domain}"


def read_key(text: str, secret: bytes) -> UUID | Forged | None:
    """The conversation that a Message-ID or address of ours names; None when it holds no key of ours."""
    found = _TOKEN.search(text[:2_000])
    if found is None:
        return None
    token = found[1].upper()
    data = b32decode(token + "=" * (-len(token) % 8))
    conversation_id, hash_ = UUID(bytes=data[:_ID_BYTES]), data[_ID_BYTES:]
    right = _hash(conversation_id, secret, len(hash_))
    return conversation_id if hmac.compare_digest(hash_, right) else Forged(conversation_id)


def _token(conversation_id: UUID, secret: bytes, hash_bytes: int) -> str:
    return _base32(conversation_id.bytes + _hash(conversation_id, secret, hash_bytes))


def _hash(conversation_id: UUID, secret: bytes, size: int) -> bytes:
    # The size is hashed along, so that a short hash is no beginning of a long one.
    return hmac.new(secret, b"conversation %d " % size + conversation_id.bytes, sha256).digest()[:size]


def _base32(data: bytes) -> str:
    return b32encode(data).decode("ascii").rstrip("=").lower()


_PREFIX = re.compile(
    r"\s*(?:(?:re|r|fwd?|fw|antw|antwoord|doorst|doorgestuurd|tr|aw|wg|sv|vs|res|enc|rif|i|réf|odp|betr|betreft"
    r"|automatisch antwoord|automatic reply|automatische antwort|réponse automatique)"
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]|\[[^\[\]]{1,60}\])\s*",
    re.I,
)


def normal_subject(subject: str) -> str:
    """The subject without what replying, forwarding and lists put before it; itself when nothing is left."""
    rest = subject[:2_000]
    while prefix := _PREFIX.match(rest):
        rest = rest[prefix.end() :]
    return " ".join(rest.split()) or " ".join(subject.split())


def own_subject(organisation_name: str) -> str:
    """The subject of a mail that repeats nothing of what was written to us."""
    return f"Vraag aan {organisation_name}"


# Mail programs and we cut long subjects, each somewhere else.
_SUBJECT_COMPARED = 200


def is_same_subject(one: str, other: str) -> bool:
    first, second = (normal_subject(each)[:_SUBJECT_COMPARED].casefold() for each in (one, other))
    return first == second
