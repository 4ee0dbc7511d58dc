"""What a contracting organisation types when it asks for people."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import get_language_info

from kakehashi.directory.models import Country, Office
from kakehashi.directory.rules import WORKPLACE_NAMES
from kakehashi.intake.models import Position, Wave
from kakehashi.kernel.words import Words, _
from kakehashi.placement.models import Request
from kakehashi.placement.rules import HOUSING_NAMES, MOST_DAYS, MOST_HOURS, MOST_YEN
from kakehashi.recruitment.rules import JAPANESE_LEVELS, SETTING_NAMES, Setting
from kakehashi.web.forms import Form, Segments, Switch

LEVELS: list[tuple[str, Words]] = [
    (level, _("None") if level == "none" else level) for level in JAPANESE_LEVELS
]
PLACES: list[tuple[str, Words]] = [
    (setting, _("Not stated") if setting == Setting.NONE else name)
    for setting, name in SETTING_NAMES.items()
]
KINDS_OF_WORKPLACE: list[tuple[str, Words]] = [
    (str(kind), name) for kind, name in WORKPLACE_NAMES.items()
]
HOUSINGS: list[tuple[str, Words]] = [
    (str(housing), name) for housing, name in HOUSING_NAMES.items()
]
SECTIONS: tuple[tuple[str, Words, str, tuple[str, ...]], ...] = (
    (
        "who",
        _("Who is wanted, and for when"),
        "募集の内容",
        ("organisation", "wave", "position", "sport", "seats", "tier", "is_replacement"),
    ),
    (
        "where",
        _("Place of work"),
        "配属先",
        ("workplace", "workplace_types", "setting", "car_needed", "duties"),
    ),
    (
        "required",
        _("Required: keeps people out"),
        "必須の条件",
        (
            *("language", "country", "japanese_level"),
            *("licence_required", "qualification_required"),
        ),
    ),
    (
        "hoped",
        _("Hoped for"),
        "希望",
        ("wished_country", "predecessor_country", "wished_japanese"),
    ),
    (
        "housing",
        _("Housing"),
        "住居",
        ("housing", "rent", "family_housing", "housing_note"),
    ),
    (
        "terms",
        _("Terms of appointment"),
        "任用条件",
        ("monthly_pay", "weekly_hours", "leave_days", "terms_note"),
    ),
)
FIELDS_OF_A_REQUEST = tuple(name for *_about, names in SECTIONS for name in names)


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
    predecessor_country: "forms.ModelChoiceField[Country]" = forms.ModelChoiceField(
        None,
        label=_("Nationality of whoever leaves, to be kept"),
        required=False,
        help_text=_(
            "Only if somebody leaves and the same would help. Considered, not promised."
        ),
    )
    wished_japanese = forms.ChoiceField(
        label=_("Japanese hoped for"),
        choices=LEVELS,
        help_text=_("Considered, not promised; nobody is kept out."),
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
    is_replacement = forms.BooleanField(
        label=_("For somebody who leaves, not a new post"), required=False, widget=Switch
    )
    sport = forms.CharField(
        label=_("Sport"),
        max_length=60,
        required=False,
        help_text=_("For sports exchange advisors."),
    )
    workplace_types = forms.MultipleChoiceField(
        label=_("Kinds of workplace"),
        choices=KINDS_OF_WORKPLACE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    car_needed = forms.BooleanField(
        label=_("A car is needed to get to work"), required=False, widget=Switch
    )
    housing = forms.ChoiceField(
        label=_("Who finds the housing"), choices=HOUSINGS, required=False
    )
    rent = forms.IntegerField(
        label=_("Rent a month, in yen"), min_value=0, max_value=MOST_YEN, required=False
    )
    housing_note = forms.CharField(
        label=_("About the housing"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example furniture, deposit, distance to work."),
    )
    monthly_pay = forms.IntegerField(
        label=_("Pay a month, in yen"),
        min_value=0,
        max_value=MOST_YEN,
        required=False,
        help_text=_("Leave empty for the programme's own table."),
    )
    weekly_hours = forms.DecimalField(
        label=_("Hours a week"),
        min_value=1,
        max_value=MOST_HOURS,
        decimal_places=2,
        required=False,
    )
    leave_days = forms.IntegerField(
        label=_("Days of paid leave a year"), min_value=0, max_value=MOST_DAYS, required=False
    )
    terms_note = forms.CharField(
        label=_("Other terms"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
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
            "predecessor_country": choices.countries,
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

    def sections(self) -> Iterator[tuple[str, Words, str, list[BoundField]]]:
        """Give the fields by what they are about: a name, a heading, its Japanese, the fields."""
        for name, title, gloss, names in SECTIONS:
            yield name, title, gloss, [self[one] for one in names if one in self.fields]


def _languages(countries: QuerySet[Country]) -> list[tuple[str, Words]]:
    codes = sorted({country.language for country in countries if country.language})
    return [("", _("Any")), *((code, language_name(code)) for code in codes)]


def language_name(code: str) -> str:
    """Name a language in the reader's language; its code where we know no name."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
