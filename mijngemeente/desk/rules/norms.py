"""Service levels in words."""

from datetime import timedelta

_NONE = "geen norm"


def norm_length_words(norm: timedelta | None) -> str:
    """Working time: "4 uur", "45 minuten", "2 uur en 30 minuten"."""
    if norm is None:
        return _NONE
    hours, minutes = divmod(norm // timedelta(minutes=1), 60)
    said = [f"{hours} uur"] if hours else []
    if minutes:
        said.append(f"{minutes} {'minuut' if minutes == 1 else 'minuten'}")
    return " en ".join(said)
