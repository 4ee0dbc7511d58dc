"""What a request says, in the order of its form, for whoever reads it."""

from collections.abc import Iterator

from django.utils.translation import gettext

from kakehashi.directory.rules import WORKPLACE_NAMES
from kakehashi.kernel.words import Words, _
from kakehashi.placement.forms import PLACES, language_name
from kakehashi.placement.models import Request
from kakehashi.placement.queries import offered

Facts = list[tuple[Words, object]]


def facts_of(shown: Request) -> Iterator[tuple[str, Words, str, Facts]]:
    """Give each section of a request: a name, a heading, its Japanese, and what it says."""
    yield "wanted", _("What is asked"), "要望の内容", _wanted(shown)
    yield "required", _("Required and hoped for"), "条件と希望", _required(shown)
    yield "offered", _("Housing and terms"), "住居と任用条件", offered(shown)


def _wanted(shown: Request) -> Facts:
    kinds = [str(WORKPLACE_NAMES[kind]) for kind in shown.workplace_types]
    return [
        (_("Contracting organisation"), shown.organisation),
        (_("Host body"), shown.organisation.parent),
        (_("Arrival"), f"{shown.year} {shown.wave}"),
        (_("Position"), shown.position),
        (_("Sport"), shown.sport),
        (_("People wanted"), shown.seats),
        (
            _("Kind of post"),
            _("For somebody who leaves") if shown.is_replacement else _("New post"),
        ),
        (_("Priority"), shown.tier),
        (_("Place of work"), shown.workplace),
        (_("Kinds of workplace"), gettext(", ").join(kinds)),
        (_("Where the place is"), dict(PLACES)[shown.setting]),
    ]


def _level(japanese: str) -> str:
    return "" if japanese == "none" else japanese


def _required(shown: Request) -> Facts:
    needed = _("required")
    return [
        (
            _("Language to teach or use"),
            language_name(shown.language) if shown.language else "",
        ),
        (_("Nationality required"), shown.country),
        (_("Nationality hoped for"), shown.wished_country),
        (_("Nationality of whoever leaves, to be kept"), shown.predecessor_country),
        (_("Japanese hoped for"), _level(shown.wished_japanese)),
        (
            _("Japanese at least"),
            _level(shown.japanese_level),
        ),
        (_("Driving licence"), needed if shown.licence_required else ""),
        (_("Teaching qualification"), needed if shown.qualification_required else ""),
    ]
