"""Time zones, kept once they have been read.

The library keeps eight and reads the file of any other again and again; seventy missions have
forty, and a calendar asks for each of their dates.
"""

from functools import cache
from zoneinfo import ZoneInfo


@cache
def time_zone(name: str) -> ZoneInfo:
    """Give a time zone by its name in the time zone database.

    Raises what `ZoneInfo` raises: `KeyError` for an unknown name, `ValueError` or `OSError` for one
    that cannot be a name.
    """
    return ZoneInfo(name)
