"""The pages of selection: readers', interviewers', rounds, results."""

from kakehashi.selection.views.meeting import interview, interviews
from kakehashi.selection.views.reading import (
    declare_conflict,
    next_reading,
    open_copy,
    reading,
    score,
    screening,
)
from kakehashi.selection.views.results import (
    accept,
    accept_many,
    decline,
    readings,
    result,
    results,
)
from kakehashi.selection.views.rounds import (
    assign,
    decide,
    draft_results,
    letter,
    letters,
    open_round,
    release,
    reopen,
    round_page,
    rounds,
    take_back,
)

__all__ = [
    "accept",
    "accept_many",
    "assign",
    "decide",
    "declare_conflict",
    "decline",
    "draft_results",
    "interview",
    "interviews",
    "letter",
    "letters",
    "next_reading",
    "open_copy",
    "open_round",
    "reading",
    "readings",
    "release",
    "reopen",
    "result",
    "results",
    "round_page",
    "rounds",
    "score",
    "screening",
    "take_back",
]
