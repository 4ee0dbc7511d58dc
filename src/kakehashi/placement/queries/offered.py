"""What an organisation offers with a place, in the words of its reader."""

from decimal import Decimal

from django.utils.translation import gettext, override

from kakehashi.kernel.words import Words, _
from kakehashi.placement.models import Request
from kakehashi.placement.rules import HOUSING_NAMES


def offered(shown: Request) -> list[tuple[Words, object]]:
    """List what whoever comes is offered: housing, pay, hours and leave."""
    pay = yen_words(shown.monthly_pay)
    return [
        (_("Who finds the housing"), HOUSING_NAMES[shown.housing] if shown.housing else ""),
        (_("Rent a month"), yen_words(shown.rent)),
        (_("Room for a family"), _("yes") if shown.family_housing else _("no")),
        (_("About the housing"), shown.housing_note),
        (_("Car"), _("needed to get to work") if shown.car_needed else _("not needed")),
        (_("Pay a month"), pay or _("as in the programme's table")),
        (_("Hours a week"), hours_words(shown.weekly_hours)),
        (_("Days of paid leave a year"), shown.leave_days),
        (_("Other terms"), shown.terms_note),
    ]


def yen_words(yen: int | None) -> str:
    """Write an amount in yen; nothing where none is known."""
    return "" if yen is None else gettext("¥%(amount)s") % {"amount": f"{yen:,}"}


def hours_words(hours: Decimal | None) -> str:
    """Write hours a week as hours and minutes; nothing where none are known."""
    if hours is None:
        return ""
    whole, minutes = divmod(round(hours * 60), 60)
    if not minutes:
        return gettext("%(hours)d hours") % {"hours": whole}
    return gettext("%(hours)d hours %(minutes)d minutes") % {"hours": whole, "minutes": minutes}


def terms_in_words(request: Request, language: str) -> list[str]:
    """List what is offered, a line each in one language; what nobody has said is left out."""
    with override(language):
        return [
            gettext("%(what)s: %(how)s") % {"what": what, "how": how}
            for what, how in offered(request)
            if how
        ]
