"""What the directory's lists share: how certain a fact is, and filters by name and place."""

from django.db.models import Q
from django.urls import reverse

from kakehashi.directory import queries
from kakehashi.directory.models import Municipality, Office
from kakehashi.directory.rules import plain
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.listing import Column, Filter
from kakehashi.web.rows import Rows


def certainty(row: Office | Municipality) -> Words:
    """Say whether a fact was read in a source."""
    return _("assumed") if row.assumed else _("sourced")


def certainty_tone(row: Office | Municipality) -> str:
    """Colour what somebody should check."""
    return "warn" if row.assumed else ""


def _named(rows: Rows, words: str) -> Rows:
    reading = plain(words).translate(_TO_KATAKANA)
    named = Q(name_en__icontains=words) | Q(name_ja__icontains=words) | Q(code__iexact=words)
    return rows.filter(named | Q(kana__icontains=reading))


def _prefectures() -> list[tuple[str, Words]]:
    return [(one.code, str(one)) for one in queries.prefectures_by_code().values()]


def _in_prefecture(rows: Rows, code: str) -> Rows:
    return rows.filter(prefecture__code=code)


_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}

CERTAIN = Column(
    name="certainty",
    label=_("Known from"),
    value=certainty,
    kind="tag",
    tone=certainty_tone,
    sort=("assumed",),
)
NAMED = Filter(name="q", label=_("Name or code"), apply=_named)
IN_PREFECTURE = Filter(
    name="prefecture", label=_("Prefecture"), apply=_in_prefecture, choices=_prefectures
)


def links_from(here: str) -> list[dict[str, object]]:
    """List the other pages of the directory, as buttons of the page head."""
    pages = {
        "offices": _("Offices"),
        "contacts": _("Contact points"),
        "ties": _("Sister cities"),
        "reorganisations": _("Mergers and new names"),
        "people": pgettext_lazy("directory", "People"),
        "municipalities": _("Municipalities"),
    }
    return [
        {"label": label, "url": reverse(f"directory:{name}")}
        for name, label in pages.items()
        if name != here
    ]
