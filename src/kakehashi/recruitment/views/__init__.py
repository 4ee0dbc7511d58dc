"""The pages of recruitment: the applicant's, the desk's, the referee's."""

from kakehashi.recruitment.views.applicant import (
    ask_reference,
    mine,
    section,
    start,
    submit,
    withdraw,
)
from kakehashi.recruitment.views.desk import (
    application,
    applications,
    check_paper,
    complete,
    complete_many,
    find_incomplete,
    find_incomplete_many,
    key_paper,
    references,
    uncheck_paper,
)
from kakehashi.recruitment.views.referee import reference_thanks, write_reference

__all__ = [
    "application",
    "applications",
    "ask_reference",
    "check_paper",
    "complete",
    "complete_many",
    "find_incomplete",
    "find_incomplete_many",
    "key_paper",
    "mine",
    "reference_thanks",
    "references",
    "section",
    "start",
    "submit",
    "uncheck_paper",
    "withdraw",
    "write_reference",
]
