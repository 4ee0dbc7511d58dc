"""What later parts may hear of arrivals.

One person's arrival is told by its number.  A bulk recording (a wave's officers, an import) is
told once, whatever its size: who listens looks for the arrivals that are not yet dealt with, so
that hearing it twice, or late, does no harm.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParticipantArrived:
    """This person has arrived; `at` is the moment (ISO 8601) at which it was recorded."""

    arrival_id: int
    at: str


@dataclass(frozen=True, slots=True)
class ParticipantsArrived:
    """`people` have arrived, the arrival numbered `first` among them; `at` as above."""

    first: int
    people: int
    at: str
