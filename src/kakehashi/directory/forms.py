"""What people type in the directory: seats, entries, contacts, ties, mergers, supervision."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kakehashi.directory.models import ContactPoint, Country, Municipality, Office, Person
from kakehashi.directory.rules import (
    EMPLOYER_NAMES,
    FIELD_NAMES,
    RANK_NAMES,
    ROLE_NAMES,
    SEEN_NAMES,
    WORKPLACE_NAMES,
    Role,
    Seen,
)
from kakehashi.kernel.words import LANGUAGES, _
from kakehashi.web.forms import Form, dress


class SeatForm(Form):
    """A seat to give in an office."""

    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("They need an account first."),
    )
    role = forms.ChoiceField(label=_("Role"))
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Leave empty while it is not known.")
    )
    rank = forms.ChoiceField(
        label=_("Rank at the desk"),
        choices=[*RANK_NAMES.items()],
        required=False,
        help_text=_("Whose stamp the desk's papers need. It gives no other right."),
    )
    language = forms.ChoiceField(
        label=_("Language they work in"),
        choices=[("", "–"), *((code, code) for code in LANGUAGES)],
        required=False,
    )

    def __init__(self, *args: object, roles: Sequence[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(role), ROLE_NAMES[role]) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class EndForm(Form):
    """The last day of a seat."""

    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("Its rights hold until the end of this day.")
    )


LANGUAGE_NAMES = {"en": "English", "ja": "日本語"}
NEW = "new"
TAKING_PART = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
LONG = {"role_en", "role_ja", "address"}
NEEDED = {"name_en", "name_ja"}


class Versioned(Form):
    """A form that knows which version of a record it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, version: int) -> None:
        """Keep what was typed, and go on from the version that stands there now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a request's values
        data["version"] = str(version)
        self.data = data


class EntryForm(Versioned):
    """The fields of an office's entry that are this person's to write, and no others."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's signature
        office: Office,
        names: Sequence[str],
        places: Mapping[str, Municipality],
        **kwargs: Any,  # noqa: ANN401 -- Django's signature
    ) -> None:
        self.names, self.places = names, places
        start = {name: getattr(office, name) for name in names} | {"version": office.version}
        if "municipality" in names:
            start["municipality"] = office.municipality.code if office.municipality else ""
        super().__init__(*args, initial=start | kwargs.pop("initial", {}), **kwargs)
        for name in names:
            self.fields[name] = _entry_field(name, places)
            dress(self.fields[name])

    def facts(self) -> dict[str, Any]:
        """Give what was typed, as the entry keeps it."""
        facts = {name: self.cleaned_data[name] for name in self.names}
        if "municipality" in facts:
            facts["municipality"] = self.places.get(facts["municipality"])
        return facts


def _entry_field(name: str, places: Mapping[str, Municipality]) -> forms.Field:
    label: Any = FIELD_NAMES[name]
    choices: dict[str, Any] = {
        "employer_type": lambda: [*EMPLOYER_NAMES.items()],
        "workplace_type": lambda: [*WORKPLACE_NAMES.items()],
        "taking_part": lambda: [*TAKING_PART.items()],
        "municipality": lambda: [
            ("", "–"),
            *((code, str(one)) for code, one in places.items()),
        ],
    }
    if name in choices:
        return forms.ChoiceField(
            label=label, choices=choices[name], required=name != "municipality"
        )
    if name == "opened_in":
        return forms.IntegerField(label=label, min_value=1868, max_value=2200, required=False)
    most = getattr(Office._meta.get_field(name), "max_length", None)
    widget = forms.Textarea(attrs={"rows": 3}) if name in LONG else forms.TextInput()
    return forms.CharField(label=label, max_length=most, widget=widget, required=name in NEEDED)


class ContactForm(Versioned):
    """A contact point: the desk or role, how to reach it, and who may know of it."""

    desk_en = forms.CharField(label=_("Desk or role (English)"), max_length=120)
    desk_ja = forms.CharField(label=_("Desk or role (Japanese)"), max_length=120)
    name = forms.CharField(
        label=_("Name of the person"),
        max_length=120,
        required=False,
        help_text=_("Leave empty where the desk answers, not one person."),
    )
    telephone = forms.CharField(label=_("Telephone"), max_length=80, required=False)
    fax = forms.CharField(label=_("Fax"), max_length=80, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    hours = forms.CharField(label=_("Hours"), max_length=120, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", "–"), *LANGUAGE_NAMES.items()], required=False
    )
    seen = forms.ChoiceField(
        label=_("Who may know of it"),
        choices=lambda: list(SEEN_NAMES.items()),
        initial=Seen.OFFICES,
        widget=forms.RadioSelect,
    )
    verified_on = forms.DateField(
        label=_("Verified on"),
        required=False,
        help_text=_("The day on which somebody last checked that this is right."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def facts(self) -> dict[str, Any]:
        """Give what was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def facts_of(contact: ContactPoint) -> dict[str, object]:
    """Give a contact point as its form begins."""
    return {name: getattr(contact, name) for name in ContactForm.base_fields}


class TieForm(Form):
    """A sister city."""

    country = forms.ChoiceField(label=_("Country"))
    place_en = forms.CharField(label=_("Place (English)"), max_length=120)
    place_ja = forms.CharField(label=_("Place (Japanese)"), max_length=120, required=False)
    since = forms.IntegerField(
        label=_("Since (year)"), min_value=1900, max_value=2200, required=False
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Where this stands, such as the municipality's own page and its day."),
    )

    def __init__(
        self, *args: object, countries: Mapping[str, Country], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.countries = countries
        self.fields["country"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "–"),
            *((code, str(one)) for code, one in countries.items()),
        ]

    def facts(self) -> dict[str, Any]:
        """Give what was typed, with the country itself."""
        typed = self.cleaned_data
        return {**typed, "country": self.countries[typed["country"]]}


class EndTieForm(Form):
    """The last day of a sister-city tie."""

    valid_to = forms.DateField(label=_("Last day"))


class WorkplaceForm(Form):
    """A school, board or division of an organisation."""

    code = forms.CharField(label=_("Code"), max_length=40)
    name_en = forms.CharField(label=_("Name (English)"), max_length=200)
    name_ja = forms.CharField(label=_("Name (Japanese)"), max_length=200)
    kana = forms.CharField(label=_("Reading (kana)"), max_length=200, required=False)
    workplace_type = forms.ChoiceField(
        label=_("Type of workplace"), choices=lambda: list(WORKPLACE_NAMES.items())
    )
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    telephone = forms.CharField(label=_("Telephone"), max_length=80, required=False)


class MembersForm(Form):
    """The municipalities that make up a partial cooperative."""

    municipalities = forms.MultipleChoiceField(
        label=_("Municipalities"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: object, places: Mapping[str, Municipality], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["municipalities"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, f"{one.name_en} {one.name_ja}") for code, one in places.items()
        ]

    def chosen(self) -> list[Municipality]:
        """Give the municipalities that were ticked."""
        return [self.places[code] for code in self.cleaned_data["municipalities"]]


class RenameForm(Form):
    """A new name from a day on."""

    name_en = forms.CharField(label=_("New name (English)"), max_length=200)
    name_ja = forms.CharField(label=_("New name (Japanese)"), max_length=200)
    on = forms.DateField(label=_("From this day"))
    ground = forms.CharField(
        label=_("On the ground of"),
        max_length=300,
        help_text=_("Such as the notice in the official gazette."),
    )


class MergerForm(Form):
    """Which offices become one, which goes on, and from when."""

    others = forms.MultipleChoiceField(
        label=_("Merges with"), widget=forms.CheckboxSelectMultiple
    )
    goes_on = forms.ChoiceField(label=_("The office that goes on"))
    code = forms.CharField(label=_("Code of the new office"), max_length=40, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=200, required=False)
    name_ja = forms.CharField(label=_("Name (Japanese)"), max_length=200, required=False)
    employer_type = forms.ChoiceField(
        label=_("Type of organisation"),
        choices=lambda: [("", "–"), *EMPLOYER_NAMES.items()],
        required=False,
    )
    on = forms.DateField(label=_("From this day"))
    ground = forms.CharField(
        label=_("On the ground of"),
        max_length=300,
        help_text=_("Such as the notice in the official gazette."),
    )

    def __init__(
        self, *args: object, office: Office, others: Iterable[Office], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {str(one.pk): one for one in (office, *others)}
        self.office = office
        named = [(pk, f"{one} ({one.code})") for pk, one in self.offices.items()]
        fields: Any = self.fields
        fields["others"].choices = named[1:]
        fields["goes_on"].choices = [(NEW, _("A new office")), *named]

    def clean(self) -> dict[str, Any]:
        """Ask for the names of a new office, and that the one that goes on is among them."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        goes_on = typed.get("goes_on")
        if goes_on == NEW:
            for name in ("code", "name_en", "name_ja"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(_("A new office needs this.")))
        elif goes_on and goes_on not in (str(self.office.pk), *typed.get("others", ())):
            words = _("Choose one of the offices that merge.")
            self.add_error("goes_on", ValidationError(words))
        return typed

    def ending(self) -> list[Office]:
        """Give the offices that end."""
        chosen = [str(self.office.pk), *self.cleaned_data["others"]]
        return [self.offices[pk] for pk in chosen if pk != self.cleaned_data["goes_on"]]

    def successor(self) -> Office | dict[str, Any]:
        """Give the office that goes on, or the facts of a new one."""
        typed = self.cleaned_data
        if typed["goes_on"] != NEW:
            return self.offices[typed["goes_on"]]
        facts = {name: typed[name] for name in ("code", "name_en", "name_ja")}
        kind = typed["employer_type"]
        return {**facts, "employer_type": kind} if kind else facts


class SuperviseForm(Form):
    """Who supervises whom, from when."""

    participant = forms.ChoiceField(label=_("Participant"))
    supervisor = forms.ChoiceField(label=_("Supervisor"))
    starts_on = forms.DateField(label=_("First day"))

    def __init__(
        self,
        *args: object,
        participants: Iterable[Person],
        supervisors: Iterable[Person],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = _people(self, participant=participants, supervisor=supervisors)


class HandOverForm(Form):
    """Who takes over everyone a supervisor looks after, from when."""

    supervisor = forms.ChoiceField(label=_("Supervisor until then"))
    successor = forms.ChoiceField(label=_("New supervisor"))
    on = forms.DateField(label=_("From this day"))

    def __init__(self, *args: object, supervisors: Iterable[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        both = list(supervisors)
        self.people = _people(self, supervisor=both, successor=both)


def _people(form: Form, **groups: Iterable[Person]) -> dict[str, Person]:
    """Offer people in fields of a form, and remember them by their number."""
    found: dict[str, Person] = {}
    fields: Any = form.fields
    for name, people in groups.items():
        mine = {str(one.pk): one for one in people}
        fields[name].choices = [("", "–"), *((pk, str(one)) for pk, one in mine.items())]
        found |= mine
    return found
