"""What the directory remembers: people, offices, places, seats, and what hangs on an office."""

from kakehashi.directory.models.ground import (
    Country,
    InterviewPlace,
    MissionArea,
    Municipality,
    Named,
    Office,
    People,
    Person,
    Prefecture,
    Seat,
    role_name,
)
from kakehashi.directory.models.records import (
    ContactPoint,
    CooperativeMember,
    FieldChange,
    FollowedThing,
    FormerName,
    Reorganisation,
    SisterTie,
    Supervision,
)

__all__ = [
    "ContactPoint",
    "CooperativeMember",
    "Country",
    "FieldChange",
    "FollowedThing",
    "FormerName",
    "InterviewPlace",
    "MissionArea",
    "Municipality",
    "Named",
    "Office",
    "People",
    "Person",
    "Prefecture",
    "Reorganisation",
    "Seat",
    "SisterTie",
    "Supervision",
    "role_name",
]
