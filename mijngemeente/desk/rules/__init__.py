"""What the desk decides without asking anybody."""

from .alarms import first_answer, first_answer_key
from .answers import Then
from .checks import Finding, Occasion, PlainWords, findings_in, marks_of, unread
from .choosing import CHOOSING, Choosing, first_words
from .corrections import masked
from .crossing import crossing_words
from .dues import left_words, norm_words
from .formals import Arrival, Way, has_danger, receipt_words, suggested_formal
from .letters import Letterhead, opening_of, placed
from .moments import FURTHEST, NoSuchHour, Preset, dutch_moment, future_words, presets
from .names import named_in
from .norms import norm_length_words
from .picks import Picked, picked_in
from .presence import presence_words
from .queues import CLOSED_LATELY, QUEUES, Queue, QueueWords
from .readings import MOODS, certainty, language_name
from .receipts import ARCHIVE_AGE, needs_receipt
from .residents import PURPOSES, Sought, sought
from .satisfaction import call_back_words
from .timelines import Line, condensed
from .views import AUDIENCES, ICONS, MOST_COUNTED, ORDERS, Audience, Order, count_words, may_share
from .words import day_words, waiting_words

__all__ = [
    "ARCHIVE_AGE",
    "AUDIENCES",
    "CHOOSING",
    "CLOSED_LATELY",
    "FURTHEST",
    "ICONS",
    "MOODS",
    "MOST_COUNTED",
    "ORDERS",
    "PURPOSES",
    "QUEUES",
    "Arrival",
    "Audience",
    "Choosing",
    "Finding",
    "Letterhead",
    "Line",
    "NoSuchHour",
    "Occasion",
    "Order",
    "Picked",
    "PlainWords",
    "Preset",
    "Queue",
    "QueueWords",
    "Sought",
    "Then",
    "Way",
    "call_back_words",
    "certainty",
    "condensed",
    "count_words",
    "crossing_words",
    "day_words",
    "dutch_moment",
    "findings_in",
    "first_answer",
    "first_answer_key",
    "first_words",
    "future_words",
    "has_danger",
    "language_name",
    "left_words",
    "marks_of",
    "masked",
    "may_share",
    "named_in",
    "needs_receipt",
    "norm_length_words",
    "norm_words",
    "opening_of",
    "picked_in",
    "placed",
    "presence_words",
    "presets",
    "receipt_words",
    "sought",
    "suggested_formal",
    "unread",
    "waiting_words",
]
