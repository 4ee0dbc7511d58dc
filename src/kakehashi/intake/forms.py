"""What people type about a year: its number, a version's reason and seats, a date."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kakehashi.directory.models import Country
from kakehashi.intake.models import PlanLine, Position, Wave
from kakehashi.intake.rules import OFF_NAMES
from kakehashi.kernel.words import _, pgettext_lazy
from kakehashi.web.forms import Form, dress

MOST_SEATS = 20_000
NEW_LINES = 5


class YearForm(Form):
    """The number of a new year."""

    year = forms.IntegerField(
        label=_("Year of arrival"), min_value=1987, max_value=2200, help_text=_("Such as 2027.")
    )


class ReasonForm(Form):
    """Why a new version of the plan is drafted."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("One sentence that the council will read."),
    )
    copy = forms.BooleanField(
        label=_("Begin with the numbers of the latest version"), required=False, initial=True
    )


class DateForm(Form):
    """When an event is, as the clock on the wall shows it there."""

    at_local = forms.DateTimeField(label=_("Day and time there"))


class LinesForm(Form):
    """The seats of a draft: one number for each line, and a few rows for new lines.

    `version` is the version of the plan as it was opened: a form that was open while somebody
    else saved is refused.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's signature
        lines: Sequence[PlanLine],
        codes: Mapping[str, Mapping[str, Country | Position | Wave]],
        **kwargs: Any,  # noqa: ANN401 -- Django's signature
    ) -> None:
        self.lines, self.codes = lines, codes
        super().__init__(*args, **kwargs)
        for line in lines:
            field = _seats(f"{line.country}, {line.position.code}, {line.wave}", required=True)
            self.fields[f"line_{line.pk}"] = field
            self.initial.setdefault(f"line_{line.pk}", line.seats)
        for number in range(1, NEW_LINES + 1):
            for name, label in (
                ("country", _("Country")),
                ("position", _("Position")),
                ("wave", _("Wave")),
            ):
                choices = [(code, str(one)) for code, one in codes[name].items()]
                choices.insert(0, ("", "–"))
                choice = forms.ChoiceField(label=label, choices=choices, required=False)
                dress(choice)
                self.fields[f"{name}_{number}"] = choice
            self.fields[f"seats_{number}"] = _seats(
                pgettext_lazy("plan", "Seats"), required=False
            )

    @property
    def rows(self) -> list[tuple[PlanLine, forms.BoundField]]:
        """Give each line with its field."""
        return [(line, self[f"line_{line.pk}"]) for line in self.lines]

    @property
    def new_rows(self) -> list[list[forms.BoundField]]:
        """Give the fields of each row for a new line."""
        names = ("country", "position", "wave", "seats")
        return [
            [self[f"{name}_{number}"] for name in names] for number in range(1, NEW_LINES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the rest of a new line that is only half filled in."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, NEW_LINES + 1):
            names = [f"{name}_{number}" for name in ("country", "position", "wave", "seats")]
            given = [name for name in names if cleaned.get(name) not in ("", None)]
            for name in set(names) - set(given) if given else ():
                if name not in self.errors:
                    words = _("A line needs a country, a position, a wave and seats.")
                    self.add_error(name, ValidationError(words))
        return cleaned

    def wanted(self) -> list[tuple[Country, Position, Wave, int]]:
        """Give the whole table as it shall be."""
        kept = [
            (line.country, line.position, line.wave, self.cleaned_data[f"line_{line.pk}"])
            for line in self.lines
        ]
        return [*kept, *self._new()]

    def _new(self) -> Iterable[Any]:
        for number in range(1, NEW_LINES + 1):
            if self.cleaned_data[f"country_{number}"]:
                names = ("country", "position", "wave")
                where = [self.codes[x][self.cleaned_data[f"{x}_{number}"]] for x in names]
                yield (*where, self.cleaned_data[f"seats_{number}"])


def _seats(label: Any, *, required: bool) -> forms.IntegerField:  # noqa: ANN401 -- lazy words
    field = forms.IntegerField(
        label=label, min_value=0, max_value=MOST_SEATS, required=required
    )
    field.widget.attrs["class"] = "k-w-8"
    dress(field)
    return field


class PayForm(Form):
    """A row of the pay table."""

    cohort_from = forms.IntegerField(
        label=_("First year of arrival"), min_value=1987, max_value=2200, required=False
    )
    cohort_to = forms.IntegerField(
        label=_("Last year of arrival"),
        min_value=1987,
        max_value=2200,
        required=False,
        help_text=_("Leave empty while it goes on."),
    )
    year_of_service = forms.IntegerField(
        label=_("Year of service"), min_value=1, max_value=9, required=False
    )
    annual_yen = forms.IntegerField(label=_("Yen a year"), min_value=0, max_value=99_999_999)
    monthly_yen = forms.IntegerField(
        label=_("Yen a month"), min_value=0, max_value=9_999_999, required=False
    )
    taxes = forms.ChoiceField(
        label=_("Tax"), choices=[("gross", _("before tax")), ("net", _("after tax"))]
    )
    valid_from = forms.DateField(label=_("In force from"), required=False)
    valid_to = forms.DateField(label=_("In force until"), required=False)
    source = forms.CharField(label=_("Source"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """See that years and days run forward."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for first, last in (("cohort_from", "cohort_to"), ("valid_from", "valid_to")):
            begin, end = typed.get(first), typed.get(last)
            if begin is not None and end is not None and end < begin:
                self.add_error(last, ValidationError(_("This lies before the beginning.")))
        return typed


class ClonePayForm(Form):
    """The cohort that gets rows of its own."""

    cohort = forms.IntegerField(
        label=_("Year of arrival"),
        min_value=1988,
        max_value=2200,
        help_text=_("It gets the amounts of the cohort before, marked assumed."),
    )


class DayOffForm(Form):
    """A day off, or a stretch of days."""

    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: list(OFF_NAMES.items()))
    name_en = forms.CharField(label=_("Name (English)"), max_length=200)
    name_ja = forms.CharField(label=_("Name (Japanese)"), max_length=200)
    first_on = forms.DateField(label=_("First day"))
    last_on = forms.DateField(label=_("Last day"))
    at_schools = forms.BooleanField(label=_("Schools"), required=False, initial=True)
    at_offices = forms.BooleanField(label=_("Desks"), required=False, initial=True)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Such as the school calendar of the year."),
    )

    def clean(self) -> dict[str, Any]:
        """See that the days run forward, and that somebody is off."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = typed.get("first_on"), typed.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", ValidationError(_("This lies before the beginning.")))
        if not typed.get("at_schools") and not typed.get("at_offices"):
            self.add_error("at_schools", ValidationError(_("Tick schools, desks, or both.")))
        return typed
