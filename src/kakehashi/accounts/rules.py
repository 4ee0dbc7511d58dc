"""What is true of accounts without a database: numbers, browsers by name, who may invite whom."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kakehashi.directory.rules import Role
from kakehashi.kernel.words import Words, _


class RuleCode(StrEnum):
    """The numbers that govern accounts; an operator may change them."""

    INVITATION_HOURS = "invitation_hours"
    GRACE_DAYS = "second_factor_grace_days"
    SESSION_MINUTES = "session_minutes"
    NOTICE_DAYS = "seat_end_notice_days"
    FAILURE_DAYS = "failed_sign_in_days"


RULE_NAMES: dict[str, Words] = {
    RuleCode.INVITATION_HOURS: _("Hours for which the link of an invitation works"),
    RuleCode.GRACE_DAYS: _("Days for setting up a second factor, from the first reminder"),
    RuleCode.SESSION_MINUTES: _("Minutes without a page opened after which a sign-in ends"),
    RuleCode.NOTICE_DAYS: _(
        "Days before the last day of a seat with open work on which its holder is told"
    ),
    RuleCode.FAILURE_DAYS: _("Days for which a failed sign-in is remembered"),
}

ASSUMED: dict[RuleCode, int] = {
    RuleCode.INVITATION_HOURS: 7 * 24,
    RuleCode.GRACE_DAYS: 14,
    RuleCode.SESSION_MINUTES: 8 * 60,
    RuleCode.NOTICE_DAYS: 14,
    RuleCode.FAILURE_DAYS: 30,
}
"""What holds where an operator has written nothing down and the pack says nothing."""

LEAST: dict[RuleCode, int] = {
    RuleCode.INVITATION_HOURS: 1,
    RuleCode.GRACE_DAYS: 0,
    RuleCode.SESSION_MINUTES: 15,
    RuleCode.NOTICE_DAYS: 1,
    RuleCode.FAILURE_DAYS: 1,
}

MAY_INVITE: dict[Role, frozenset[Role]] = {
    Role.MISSION: frozenset({Role.MISSION, Role.READER, Role.INTERVIEWER}),
    Role.HOST: frozenset({Role.HOST, Role.ADVISOR}),
    Role.ORGANISATION: frozenset({Role.ORGANISATION, Role.SUPERVISOR}),
}
"""Who heads an office and may invite into it, and as what; an operator may invite anybody."""

NEVER_BY_LETTER = frozenset({Role.PARTICIPANT, Role.ALUMNA})
"""Seats that come from the register of the programme and from no invitation."""

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
SECRETS = re.compile(r"password|credential|csrf|\bcode\b|token|secret", re.IGNORECASE)
UNITS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
MOST_KEPT = 200_000  # characters of one form


def device_of(agent: str) -> tuple[str, str]:
    """Name the browser and the machine from what the browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return browser, system


@dataclass(frozen=True, slots=True)
class Lock:
    """So many failed sign-ins of one account within this time lock it."""

    times: int
    within: timedelta


def locks_of(limits: str) -> list[Lock]:
    """Read the locks of single accounts from the limits as they are set: `6/10m/key,60/10m/ip`."""
    found = []
    for limit in limits.split(","):
        times, period, per = limit.strip().split("/")
        if per == "key":
            within = timedelta(seconds=int(period[:-1] or 1) * UNITS[period[-1]])
            found.append(Lock(int(times), within))
    return found


def may_be_kept(name: str) -> bool:
    """Say whether what was typed into a field of this name may be kept at all."""
    return not SECRETS.search(name)
