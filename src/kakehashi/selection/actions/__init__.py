"""What can be done in selection.  One function per move; each is all or nothing."""

from kakehashi.selection.actions.bringing import import_results, import_scores
from kakehashi.selection.actions.deciding import (
    AlreadyOpen,
    decide,
    open_round,
    reopen,
)
from kakehashi.selection.actions.interviewing import (
    AlreadyRecorded,
    NotAnInterviewer,
    record_interview,
)
from kakehashi.selection.actions.replying import (
    ReplyTooLate,
    accept,
    accept_many,
    decline,
)
from kakehashi.selection.actions.screening import (
    NotAReader,
    NotDeclared,
    OutOfRange,
    assign,
    declare_conflict,
    open_copy,
    score,
)
from kakehashi.selection.actions.telling import (
    NotDrafted,
    ask_release,
    draft_results,
    release,
    take_back,
)

__all__ = [
    "AlreadyOpen",
    "AlreadyRecorded",
    "NotAReader",
    "NotAnInterviewer",
    "NotDeclared",
    "NotDrafted",
    "OutOfRange",
    "ReplyTooLate",
    "accept",
    "accept_many",
    "ask_release",
    "assign",
    "decide",
    "declare_conflict",
    "decline",
    "draft_results",
    "import_results",
    "import_scores",
    "open_copy",
    "open_round",
    "record_interview",
    "release",
    "reopen",
    "score",
    "take_back",
]
