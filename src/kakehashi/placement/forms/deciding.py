"""What people type about runs, their rules, and what is decided about one person."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from kakehashi.directory.models import Country, Office
from kakehashi.intake.models import Wave
from kakehashi.kernel.words import Words, _
from kakehashi.placement.forms.requests import WaveField
from kakehashi.placement.models import Run
from kakehashi.web.forms import Form, Switch


class RemarkForm(Form):
    """Why a request comes back or is declined."""

    remark = forms.CharField(
        label=_("Remark"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The organisation reads this."),
    )


class GroundForm(Form):
    """Why an organisation objects, or a place is vacated."""

    ground = forms.CharField(
        label=_("Ground"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("CLAIR and those who may see this placement read it; name no illness."),
    )


class WorkplacesForm(Form):
    """In which schools or offices of the organisation somebody will work."""

    workplaces: "forms.ModelMultipleChoiceField[Office]" = forms.ModelMultipleChoiceField(
        None,
        label=_("Places of work"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One or more. Whoever has been accepted is told at once."),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- Django's signature
        *,
        among: QuerySet[Office],
        chosen: QuerySet[Office],
    ) -> None:
        super().__init__(data, initial={"workplaces": [one.pk for one in chosen]})
        field = self.fields["workplaces"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = among


class AnswerForm(Form):
    """What CLAIR answers to an objection."""

    ground = forms.CharField(
        label=_("Answer of CLAIR"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The organisation and its host body read it; name no illness."),
    )


class ThereForm(Form):
    """The number of a request, or of another person's application."""

    there = forms.CharField(label=_("Number of the request"), max_length=20)

    def __init__(self, data: Any = None, *, label: Words = "", hint: Words = "") -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(data)
        field = self.fields["there"]
        if label:
            field.label = str(label)
        field.help_text = str(hint or _("As on the request, for example 27-R0012."))
        field.widget.attrs["autocomplete"] = "off"


class ReasonForm(Form):
    """Why something is decided by hand."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The committee and the auditor read it; name no illness and no need."),
    )


class WeightForm(Form):
    """What an unmet wish costs."""

    value = forms.IntegerField(label=_("Cost"), min_value=0, max_value=100_000)


class StepTimeForm(Form):
    """In how many working days a step is taken."""

    working_days = forms.IntegerField(label=_("Working days"), min_value=0, max_value=90)


class MissionDaysForm(Form):
    """In how many working days one mission tells its candidates."""

    mission: "forms.ModelChoiceField[Office]" = forms.ModelChoiceField(
        None, label=_("Embassy or consulate")
    )
    working_days = forms.IntegerField(
        label=_("Working days"),
        min_value=0,
        max_value=90,
        help_text=_(
            "After the organisations are told, counted by the mission's calendar; 0 is the same day."
        ),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_(
            "For example the number of a resolution. Without one it is marked assumed."
        ),
    )

    def __init__(self, data: Any = None, *, missions: QuerySet[Office]) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(data)
        mission = self.fields["mission"]
        if isinstance(mission, forms.ModelChoiceField):
            mission.queryset = missions


class LimitForm(Form):
    """The least and the most people of an office."""

    office: "forms.ModelChoiceField[Office]" = forms.ModelChoiceField(
        None, label=_("Host body or organisation")
    )
    minimum = forms.IntegerField(label=_("At least"), min_value=0, max_value=10_000, initial=0)
    maximum = forms.IntegerField(
        label=_("At most"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=_("Leave empty for no limit."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_(
            "For example the number of a resolution. Without one it is marked assumed."
        ),
    )

    def __init__(self, data: Any = None, *, offices: QuerySet[Office]) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(data)
        office = self.fields["office"]
        if isinstance(office, forms.ModelChoiceField):
            office.queryset = offices


class CapForm(Form):
    """The most people of one nationality in an office."""

    office: "forms.ModelChoiceField[Office]" = forms.ModelChoiceField(
        None, label=_("Host body or organisation")
    )
    country: "forms.ModelChoiceField[Country]" = forms.ModelChoiceField(
        None, label=_("Nationality")
    )
    maximum = forms.IntegerField(label=_("At most"), min_value=0, max_value=10_000)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_(
            "For example the number of a resolution. Without one it is marked assumed."
        ),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- Django's signature
        *,
        offices: QuerySet[Office],
        countries: QuerySet[Country],
    ) -> None:
        super().__init__(data)
        for name, rows in {"office": offices, "country": countries}.items():
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows


class StartForm(Form):
    """For which arrival wave a run is computed, and whether alternates take part."""

    wave = WaveField(
        None,
        label=_("Arrival wave"),
        required=False,
        empty_label=_("All waves not yet placed"),
    )
    near: "forms.ModelChoiceField[Run]" = forms.ModelChoiceField(
        None,
        label=_("Stay near an earlier run"),
        required=False,
        empty_label=_("No: everybody anew"),
        help_text=_(
            "Among plans that are equally good, the one that moves the fewest people. What was decided by hand is kept either way."
        ),
    )
    with_alternates = forms.BooleanField(
        label=_("Let alternates fill seats that stay empty"),
        required=False,
        widget=Switch,
        help_text=_("They are told only after they have been upgraded."),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- Django's signature
        *,
        waves: QuerySet[Wave],
        runs: QuerySet[Run],
        near: Run | None = None,
    ) -> None:
        first = {"near": near, "wave": near.wave_id} if near else None
        super().__init__(data, initial=first)
        for name, rows in {"wave": waves, "near": runs}.items():
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows


class ReleaseForm(Form):
    """The number of letters, typed by whoever releases them."""

    count = forms.IntegerField(
        label=_("Number of letters"),
        min_value=0,
        help_text=_("Type the number you see above."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed only when the plan is not proved to be the best."),
    )
