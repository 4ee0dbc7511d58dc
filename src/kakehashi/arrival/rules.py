"""What is true of an arrival without asking the database."""

from datetime import date, timedelta

MOST_YEARS = 5
"""Years a participant may serve at most, with an exceptional record (IN26; CN-OCT15)."""

EXTRA_MONTHS_OF_APRIL = 4
"""Months by which April arrivals may serve longer, about (REAP15; CN-OCT15)."""

PLAUSIBLE = timedelta(days=300)


def may_have_arrived(on: date, *, due_on: date, today: date) -> bool:
    """Say whether somebody due on `due_on` can have arrived `on` that day.

    Nobody arrives tomorrow, and nobody a year before or after their wave: that is a slip of the
    pen in the year.
    """
    return on <= today and abs(on - due_on) <= PLAUSIBLE


def may_still_serve(arrived_on: date, *, today: date) -> bool:
    """Say whether somebody who came on `arrived_on` can still be in the programme today."""
    months = MOST_YEARS * 12 + EXTRA_MONTHS_OF_APRIL
    return timedelta(0) <= today - arrived_on <= timedelta(days=months * 31)
