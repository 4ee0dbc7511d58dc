"""What a request may offer: who finds the housing, and the bounds of a typed figure."""

from enum import StrEnum

from kakehashi.kernel.words import Words, _

# The bounds in which a typed figure makes sense; pay, hours and leave are each organisation's own.
MOST_YEN, MOST_HOURS, MOST_DAYS = 2_000_000, 60, 366


class Housing(StrEnum):
    """Who finds a place to live."""

    UNKNOWN = ""
    PROVIDED = "provided"
    FOUND_FOR = "found_for"
    FOUND_BY = "found_by"


HOUSING_NAMES: dict[str, Words] = {
    Housing.UNKNOWN: _("Not stated"),
    Housing.PROVIDED: _("The organisation provides it"),
    Housing.FOUND_FOR: _("The organisation finds it; the participant rents it"),
    Housing.FOUND_BY: _("The participant finds it, with help"),
}
