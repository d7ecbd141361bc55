"""Conversations with residents: who wrote, what was said, and what became of each message."""

from .blocks import Block
from .closures import Closure
from .contacts import Contact, ContactAddress, ContactMerge, ContactNote
from .conversations import Conversation, ConversationQuerySet, Counter
from .deliveries import Delivery
from .department_questions import DepartmentQuestion
from .designations import Designation
from .hidings import Hiding
from .labels import ConversationLabel, Label
from .links import PERSONAL_LINK, Link
from .messages import Attachment, Message, MessageReference
from .notifications import Follow, Notification, Reminder
from .pending import PendingFile, PendingReply
from .readings import Correction, Reading
from .search_entries import SearchEntry

__all__ = [
    "PERSONAL_LINK",
    "Attachment",
    "Block",
    "Closure",
    "Contact",
    "ContactAddress",
    "ContactMerge",
    "ContactNote",
    "Conversation",
    "ConversationLabel",
    "ConversationQuerySet",
    "Correction",
    "Counter",
    "Delivery",
    "DepartmentQuestion",
    "Designation",
    "Follow",
    "Hiding",
    "Label",
    "Link",
    "Message",
    "MessageReference",
    "Notification",
    "PendingFile",
    "PendingReply",
    "Reading",
    "Reminder",
    "SearchEntry",
]
