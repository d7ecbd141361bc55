"""What may stand in a log: ids, never the links that open something (promises.md, rule 21)."""

import logging
import re

import structlog

# Personal links, invitations, password resets and webhooks: 40 signs and more; an id has 36.
_TOKEN = re.compile(r"[\w=-]{40,}")


class WithoutTokens(logging.Filter):
    """Django names the address of what went wrong, and for residents the address is the key."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the line loses its tokens."""
        record.msg = _without_tokens(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_without_tokens, record.args))
        return True


def _without_tokens(part: object) -> object:
    return _TOKEN.sub("…", part) if isinstance(part, str) else part


def keep_content_out() -> None:
    """A traceback without the values of its variables: those may be what a resident wrote.

    structlog shows them wherever the package rich happens to be installed.
    """
    lines = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    processors = [*structlog.get_config()["processors"][:-1], lines]
    structlog.configure(processors=processors)
