"""What a person may type at the desk."""

from .agreements import TermsForm
from .assignment import RuleForm
from .bulk import BulkForm
from .clusters import ClusterAnswerForm, JudgementForm
from .contacts import ContactForm
from .deeds import AssignmentForm, ClosureForm, KindForm, LabelForm, PriorityForm, StatusForm, TopicForm
from .files import ANSWER_CHARACTERS, FilesField
from .handovers import TOLD, TOLD_INFORMALLY, HandoverForm
from .levels import GeneralLevelForm, ServiceLevelForm
from .moments import MomentField, SnoozeForm
from .notifications import NotificationsForm, ReminderForm
from .questions import AskForm
from .residents import AddressForm, NameForm, ResidentNoteForm
from .searches import SearchForm
from .senders import BlockForm, DesignationForm, FormalKindForm, HidingForm
from .shifts import AbsenceForm, ShiftForm
from .texts import ApprovalForm, DraftForm, NoteForm, ReplyForm
from .together import OtherForm, SplitForm
from .views import ViewForm

__all__ = [
    "ANSWER_CHARACTERS",
    "TOLD",
    "TOLD_INFORMALLY",
    "AbsenceForm",
    "AddressForm",
    "ApprovalForm",
    "AskForm",
    "AssignmentForm",
    "BlockForm",
    "BulkForm",
    "ClosureForm",
    "ClusterAnswerForm",
    "ContactForm",
    "DesignationForm",
    "DraftForm",
    "FilesField",
    "FormalKindForm",
    "GeneralLevelForm",
    "HandoverForm",
    "HidingForm",
    "JudgementForm",
    "KindForm",
    "LabelForm",
    "MomentField",
    "NameForm",
    "NoteForm",
    "NotificationsForm",
    "OtherForm",
    "PriorityForm",
    "ReminderForm",
    "ReplyForm",
    "ResidentNoteForm",
    "RuleForm",
    "SearchForm",
    "ServiceLevelForm",
    "ShiftForm",
    "SnoozeForm",
    "SplitForm",
    "StatusForm",
    "TermsForm",
    "TopicForm",
    "ViewForm",
]
