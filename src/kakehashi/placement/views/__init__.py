"""The pages of placement: requests, rules, runs, notices, placements."""

from kakehashi.placement.views.committee import committee, committee_pdf
from kakehashi.placement.views.hand import hand, lift, lock, locks
from kakehashi.placement.views.looking import compare, exceptions, person_in_run, seat_in_run
from kakehashi.placement.views.notices import (
    draft_notices,
    notice_letter,
    notices,
    release_run,
    take_back,
)
from kakehashi.placement.views.placements import (
    agree,
    agree_many,
    grounded,
    mine,
    notice,
    placement,
    placements,
)
from kakehashi.placement.views.places import places
from kakehashi.placement.views.requests import (
    change_request,
    draft_request,
    many,
    move,
    request_,
    requests,
)
from kakehashi.placement.views.rules import (
    change_step_time,
    change_weight,
    rules,
    set_cap,
    set_days_of_mission,
    set_limit,
)
from kakehashi.placement.views.run_lists import unfilled, unplaced
from kakehashi.placement.views.runs import card, discard, run, runs, sealed, start_run, stop
from kakehashi.placement.views.second_step import assign
from kakehashi.placement.views.studio import placed
from kakehashi.placement.views.waiting import waiting

__all__ = [
    "agree",
    "agree_many",
    "assign",
    "card",
    "change_request",
    "change_step_time",
    "change_weight",
    "committee",
    "committee_pdf",
    "compare",
    "discard",
    "draft_notices",
    "draft_request",
    "exceptions",
    "grounded",
    "hand",
    "lift",
    "lock",
    "locks",
    "many",
    "mine",
    "move",
    "notice",
    "notice_letter",
    "notices",
    "person_in_run",
    "placed",
    "placement",
    "placements",
    "places",
    "release_run",
    "request_",
    "requests",
    "rules",
    "run",
    "runs",
    "sealed",
    "seat_in_run",
    "set_cap",
    "set_days_of_mission",
    "set_limit",
    "start_run",
    "stop",
    "take_back",
    "unfilled",
    "unplaced",
    "waiting",
]
