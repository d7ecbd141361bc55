"""Numbers as the figures write them."""

from django import template

from ..queries.tables import Line
from ..rules import Share, percent, signed

register = template.Library()


@register.simple_tag
def share_of(count: int, total: int) -> str:
    """In whole percents; a dash of nothing."""
    share = percent(count, total)
    return "–" if share is None else f"{share}%"


@register.simple_tag
def share_in(line: Line, share: Share) -> str:
    """One share of a line."""
    return share_of(line.shares[share], line.total)


register.simple_tag(signed)


@register.filter
def unlocal(number: float) -> str:
    """As SVG reads it: with a point."""
    return f"{number:.1f}"
