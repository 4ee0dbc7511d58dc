"""What can be done to an application.  One function per move; each is all or nothing."""

from kakehashi.recruitment.actions.applying import (
    AlreadyApplied,
    DeadlinePassed,
    FieldsMissing,
    NotInvited,
    UnknownField,
    begin,
    key_paper,
    save_draft,
    submit,
    withdraw,
)
from kakehashi.recruitment.actions.bringing import import_applications
from kakehashi.recruitment.actions.checking import (
    SealedPaper,
    check_paper,
    complete,
    complete_many,
    find_incomplete,
    find_incomplete_many,
    uncheck_paper,
)
from kakehashi.recruitment.actions.referring import (
    NotAReferee,
    ask_reference,
    write_reference,
)

__all__ = [
    "AlreadyApplied",
    "DeadlinePassed",
    "FieldsMissing",
    "NotAReferee",
    "NotInvited",
    "SealedPaper",
    "UnknownField",
    "ask_reference",
    "begin",
    "check_paper",
    "complete",
    "complete_many",
    "find_incomplete",
    "find_incomplete_many",
    "import_applications",
    "key_paper",
    "save_draft",
    "submit",
    "uncheck_paper",
    "withdraw",
    "write_reference",
]
