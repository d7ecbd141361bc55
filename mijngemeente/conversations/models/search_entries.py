"""What of each message is kept to find it again."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from mijngemeente.platform.tenancy import OrganisationModel

from .conversations import Conversation
from .messages import Message


class SearchEntry(OrganisationModel):
    """The lexemes of one message, and of who and what its conversation is about.

    Both in one row, so that a name and a word of the text are found together. The database empties the row
    when text, name or address change, so that nothing erased is ever found.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="search_entry")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    #: Lexemes with weights, and marks: "o:3" the organisation, "m:202611" the month, and the like.
    words = SearchVectorField()
    #: Of the rules it was made by; 0 since something changed under it.
    version = models.SmallIntegerField(default=0)
    #: The message was longer than we keep: only its beginning is found.
    is_cut = models.BooleanField(default=False)

    class Meta:
        indexes = [
            # Without a list of what is still to be sorted in: every search would read it from end to end.
            GinIndex(fields=["words"], name="search_words", fastupdate=False),
            models.Index(fields=["organisation", "conversation"], name="search_of_conversation"),
            models.Index(fields=["organisation"], condition=models.Q(version=0), name="search_stale"),
        ]

    def __str__(self) -> str:
        return str(self.message_id)
