"""What people type about requests, rules, runs and placements."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language_info

from kakehashi.directory.models import Country, Office
from kakehashi.intake.models import Position, Wave
from kakehashi.kernel.words import Words, _
from kakehashi.placement.models import Request, Run
from kakehashi.recruitment.rules import JAPANESE_LEVELS, SETTING_NAMES, Setting
from kakehashi.web.forms import Form, Segments, Switch

LEVELS: list[tuple[str, Words]] = [
    (level, _("None") if level == "none" else level) for level in JAPANESE_LEVELS
]
PLACES: list[tuple[str, Words]] = [
    (setting, _("Not stated") if setting == Setting.NONE else name)
    for setting, name in SETTING_NAMES.items()
]
FIELDS_OF_A_REQUEST = (
    "organisation",
    "wave",
    "position",
    "seats",
    "tier",
    "setting",
    "language",
    "country",
    "wished_country",
    "japanese_level",
    "licence_required",
    "qualification_required",
    "family_housing",
    "workplace",
    "duties",
)


class Choices:
    """What a request may choose among, as the view looked it up."""

    def __init__(
        self,
        *,
        organisations: QuerySet[Office],
        waves: QuerySet[Wave],
        positions: QuerySet[Position],
        countries: QuerySet[Country],
    ) -> None:
        self.organisations = organisations
        self.waves = waves
        self.positions = positions
        self.countries = countries


class WaveField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """A wave, named with its year: 2027 Group A."""

    def label_from_instance(self, obj: Wave) -> str:
        """Name the wave."""
        return f"{obj.year} {obj}"


class RequestForm(Form):
    """A contracting organisation's request for new participants."""

    organisation: "forms.ModelChoiceField[Office]" = forms.ModelChoiceField(
        None, label=_("Contracting organisation")
    )
    wave = WaveField(None, label=_("Arrival"))
    position: "forms.ModelChoiceField[Position]" = forms.ModelChoiceField(
        None, label=_("Position")
    )
    seats = forms.IntegerField(label=_("People wanted"), min_value=1, max_value=500, initial=1)
    workplace = forms.CharField(
        label=_("Place of work"),
        max_length=200,
        help_text=_("School, board of education or division."),
    )
    duties = forms.CharField(
        label=_("Duties"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    setting = forms.ChoiceField(
        label=_("Where the place is"), choices=PLACES, initial=Setting.NONE, widget=Segments
    )
    language = forms.ChoiceField(
        label=_("Language to teach or use"),
        required=False,
        help_text=_("Only people who can use it will be placed here."),
    )
    country: "forms.ModelChoiceField[Country]" = forms.ModelChoiceField(
        None,
        label=_("Nationality required"),
        required=False,
        help_text=_("Only if the post cannot be held by anyone else."),
    )
    wished_country: "forms.ModelChoiceField[Country]" = forms.ModelChoiceField(
        None,
        label=_("Nationality hoped for"),
        required=False,
        help_text=_("Considered, not promised."),
    )
    japanese_level = forms.ChoiceField(label=_("Japanese at least"), choices=LEVELS)
    licence_required = forms.BooleanField(
        label=_("A driving licence is required"), required=False, widget=Switch
    )
    qualification_required = forms.BooleanField(
        label=_("A teaching qualification is required"), required=False, widget=Switch
    )
    family_housing = forms.BooleanField(
        label=_("The housing has room for a family"),
        required=False,
        initial=True,
        widget=Switch,
    )
    tier = forms.IntegerField(
        label=_("Priority"),
        min_value=1,
        max_value=9,
        initial=1,
        help_text=_("1 is filled first."),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- Django's signature
        *,
        choices: Choices,
        request: Request | None = None,
    ) -> None:
        initial = {name: getattr(request, name) for name in FIELDS_OF_A_REQUEST if request}
        super().__init__(data, initial=initial)
        for name, rows in {
            "organisation": choices.organisations,
            "wave": choices.waves,
            "position": choices.positions,
            "country": choices.countries,
            "wished_country": choices.countries,
        }.items():
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = _languages(choices.countries)
        if request is not None:
            del self.fields["organisation"]
        elif len(choices.organisations) == 1:
            self.fields["organisation"].initial = choices.organisations[0]


def _languages(countries: QuerySet[Country]) -> list[tuple[str, Words]]:
    codes = sorted({country.language for country in countries if country.language})
    return [("", _("Any")), *((code, language_name(code)) for code in codes)]


def language_name(code: str) -> str:
    """Name a language in the reader's language; its code where we know no name."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


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
