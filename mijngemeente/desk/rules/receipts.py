"""When a resident gets a receipt."""

from datetime import datetime, timedelta

# Mail servers give up after five days (RFC 5321 section 4.5.4.1): what is older comes out of an archive.
ARCHIVE_AGE = timedelta(days=7)


def needs_receipt(
    *,
    is_new: bool,
    is_automatic: bool,
    is_mass: bool,
    is_recorded: bool,
    sent_at: datetime | None,
    received_at: datetime,
) -> bool:
    """Whether the resident gets a receipt: once per conversation, never a machine, and not years later.

    A mailbox that is connected, or a folder of mails that is taken in, may hold years of mail.
    """
    is_old = sent_at is not None and sent_at < received_at - ARCHIVE_AGE
    return is_new and not (is_automatic or is_mass or is_recorded or is_old)
