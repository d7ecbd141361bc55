"""What templates need: our own icons, controls in the Utrecht classes, moments in words."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.forms import BoundField, CheckboxInput, FileInput, RadioSelect, Select, Textarea
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

register = template.Library()

#: Nearer than this a moment is told with its day of the week and time, further with its year.
RECENT = timedelta(days=180)


@register.simple_tag
@lru_cache(maxsize=512)  # A page has more than a hundred, of some thirty kinds.
def icon(name: str, label: str = "") -> SafeString:
    """One picture of `icons.svg`; without `label` it is decoration, hidden from screen readers."""
    href = f"{static('web/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def control(field: BoundField, **attributes: str) -> SafeString:
    """The field's own widget in the classes of its kind; `rows_="3"` and the like become attributes."""
    given = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
    return field.as_widget(attrs={"class": _control_class(field), **given})


def _control_class(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, Textarea):
        return "utrecht-textarea"
    if isinstance(widget, (CheckboxInput, RadioSelect)):
        return "choice__input"
    if isinstance(widget, Select):
        return "utrecht-select"
    if isinstance(widget, FileInput):
        return "file-input__field"
    return "utrecht-textbox"


@register.filter
def file_size(size: int) -> str:
    """ "1 kB", "24 kB", "3,1 MB": no file is shown as smaller than a kilobyte."""
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)} kB"
    return f"{number_format(size / 1_000_000, 1)} MB"


@register.filter
def field_kind(field: BoundField) -> str:
    """`checkbox`, `choices`, `file` or `text`: how the field template lays it out."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "file" if isinstance(widget, FileInput) else "text"


@register.simple_tag
def moment(at: datetime | None, now: datetime | None = None) -> SafeString | str:
    """`vandaag 14:05`, `gisteren 9:30`, `ma 16 nov 14:05`, `3 mei 2025`; the full date on hover."""
    if at is None:
        return ""
    local, here = timezone.localtime(at), timezone.localtime(now)
    return _drawn(local, here.date(), abs(here - at) < RECENT, get_language())


@lru_cache(maxsize=4096)  # Dates in words are slow, and a list is drawn over and over with the same ones.
def _drawn(local: datetime, today: date, is_recent: bool, _language: str | None) -> SafeString:
    words = _words(local, today, is_recent)
    full = date_format(local, "l j F Y H:i")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="minutes"), full, words
    )


def _words(at: datetime, today: date, is_recent: bool) -> str:
    clock = date_format(at, "G:i")
    if at.date() == today:
        return gettext("vandaag %(clock)s") % {"clock": clock}
    if at.date() == today - timedelta(days=1):
        return gettext("gisteren %(clock)s") % {"clock": clock}
    if is_recent:
        return f"{date_format(at, 'D j b')} {clock}"
    return date_format(at, "j F Y")


@register.filter
def initials(name: str) -> str:
    """At most two letters: of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


# The most telling first: nearly every browser calls itself Safari, and nearly every telephone Linux.
_BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_DEVICES = {
    "iPhone": "een iPhone",
    "iPad": "een iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "een Mac",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """ "Firefox op Windows"; what we do not know stays as the browser said it."""
    program = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "")
    device = next((name for sign, name in _DEVICES.items() if sign in user_agent), "")
    return f"{program} op {device}" if program and device else user_agent


@register.simple_tag
def own_words(text: str) -> SafeString | str:
    """A sentence of the municipality: in the reader's language if it is one of ours, else marked Dutch."""
    translated = gettext(text) if text else ""
    shown = kept_whole(translated)
    if translated == text and get_language() != "nl":
        return format_html('<span lang="nl">{}</span>', shown)
    return shown


#: A telephone number or two times of a day, as they stand in a sentence.
_WHOLE = re.compile(
    r"(?:(?<=[\s(:])|^)"
    r"(?:0[89]00-\d{4}|0\d{1,3}-\d{6,8}|\d{1,2}[.:]\d\d [-–] \d{1,2}[.:]\d\d(?: uur)?)(?![\w-])"
)


@register.filter
def kept_whole(text: str) -> SafeString:
    """The text with numbers that no line may end in the middle of: 0800-9009, 8.30 - 17.00 uur."""
    return mark_safe(_WHOLE.sub(r'<span class="number">\g<0></span>', conditional_escape(text)))  # noqa: S308 escaped
