"""What people type: the sections of the application, a referee, a reference, a paper's day."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from kakehashi.directory.models import Country, InterviewPlace, Office
from kakehashi.directory.queries import countries_by_code, prefectures_by_code
from kakehashi.intake.models import Position
from kakehashi.kernel.words import _
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.rules import (
    FIELD_NAMES,
    JAPANESE_LEVELS,
    LEVEL_NAMES,
    LONGEST_STATEMENT,
    SECTION_FIELDS,
    SETTING_NAMES,
    Section,
    is_a_number,
)
from kakehashi.web.forms import Day, DayPartsField, Form, ModelForm

LONGEST_REFERENCE = 8_000
LABELS: Mapping[str, Any] = FIELD_NAMES  # Django wants a narrower type of lazy words


class SectionForm(ModelForm):
    """One page of the application.

    What is required is marked so, but a half-filled page can be kept: it is asked for at the end.
    """

    section: ClassVar[Section]

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's signature
        wanted: Iterable[str] = (),
        places: QuerySet[InterviewPlace] | None = None,
        **kwargs: Any,  # noqa: ANN401 -- Django's signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.required = name in set(wanted)
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to this application; most pages have nothing to fit."""

    def full_clean(self) -> None:
        """Check what was typed, and ask for nothing that was not."""
        with self._nothing_required():
            super().full_clean()

    @contextmanager
    def _nothing_required(self) -> Iterator[None]:
        marked = {name: field.required for name, field in self.fields.items()}
        for field in self.fields.values():
            field.required = False
        yield
        for name, required in marked.items():
            self.fields[name].required = required


class AboutForm(SectionForm):
    """Who the applicant is and how to reach them."""

    section = Section.ABOUT
    date_of_birth = DayPartsField()

    class Meta:
        model = Application
        fields = SECTION_FIELDS[Section.ABOUT]
        help_texts = {
            "family_name": _("As in your passport. If you have only one name, write it here."),
            "telephone": _("With the country code, in one piece."),
        }
        widgets = {
            "family_name": forms.TextInput({"autocomplete": "family-name"}),
            "given_name": forms.TextInput({"autocomplete": "given-name"}),
            "telephone": forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
            "address": forms.Textarea({"rows": 3, "autocomplete": "street-address"}),
        }


class EducationForm(SectionForm):
    """The degree, which must be held by the day of arrival."""

    section = Section.EDUCATION
    degree_on = DayPartsField(
        help_text=_("The day you received or will receive it. It must be before you arrive.")
    )

    class Meta:
        model = Application
        fields = SECTION_FIELDS[Section.EDUCATION]


class ExperienceForm(SectionForm):
    """Languages, teaching, driving, time in Japan."""

    section = Section.EXPERIENCE
    japanese_level = forms.ChoiceField(
        choices=[(level, LEVEL_NAMES[level]) for level in JAPANESE_LEVELS],
        help_text=_("The highest level of the JLPT you have passed, or your own estimate."),
    )

    class Meta:
        model = Application
        fields = SECTION_FIELDS[Section.EXPERIENCE]
        help_texts = {
            "months_in_japan": _("All stays together, in whole months."),
            "may_be_alt": _("Applicants for CIR may be considered for ALT if they agree."),
        }

    def prepare(self) -> None:
        """Ask for the consent only of those who apply for CIR."""
        if self.instance.position.code != "CIR":
            del self.fields["may_be_alt"]

    def clean_japanese_level(self) -> str:
        """Take nothing typed for no Japanese yet."""
        return self.cleaned_data["japanese_level"] or "none"

    def clean_teaching_months(self) -> int:
        """Take nothing typed for none."""
        return self.cleaned_data["teaching_months"] or 0

    def clean_months_in_japan(self) -> int:
        """Take nothing typed for none."""
        return self.cleaned_data["months_in_japan"] or 0


class LivingForm(SectionForm):
    """Where the interview takes place, and where one would like to live."""

    section = Section.LIVING
    setting = forms.ChoiceField(choices=list(SETTING_NAMES.items()))

    class Meta:
        model = Application
        fields = SECTION_FIELDS[Section.LIVING]
        help_texts = {
            "interview_place": _("It cannot be changed after you have handed in."),
            "wish_1": _("Every wish is considered; none can be promised."),
            "partner_number": _("If your spouse or partner applies too, such as 27-00042."),
        }

    def prepare(self) -> None:
        """Offer the mission's own places and the prefectures in the order of their codes."""
        place = self.fields["interview_place"]
        if self.places is not None and isinstance(place, forms.ModelChoiceField):
            place.queryset = self.places
        order = [(str(one.pk), str(one)) for one in prefectures_by_code().values()]
        for name in ("wish_1", "wish_2", "wish_3"):
            wish = self.fields[name]
            if isinstance(wish, forms.ModelChoiceField):
                wish.choices = [("", _("No wish")), *order]

    def clean_setting(self) -> str:
        """Take nothing typed for no preference."""
        return self.cleaned_data["setting"] or "none"

    def clean_dependants(self) -> int:
        """Take nothing typed for nobody."""
        return self.cleaned_data["dependants"] or 0

    def clean_partner_number(self) -> str:
        """Ask for the form of a number only; whether it exists is nobody's to find out."""
        number: str = self.cleaned_data["partner_number"].strip()
        if number and not is_a_number(number):
            raise ValidationError(_("Write the number as it stands in the receipt: 27-00042."))
        return number

    def clean(self) -> dict[str, Any]:
        """Let nobody wish for the same prefecture twice."""
        values = super().clean() or self.cleaned_data
        wishes = [values.get(name) for name in ("wish_1", "wish_2", "wish_3")]
        named = [wish for wish in wishes if wish is not None]
        if len(set(named)) < len(named):
            self.add_error("wish_3", _("Choose each prefecture once."))
        return values


class StatementForm(SectionForm):
    """The statement of purpose."""

    section = Section.STATEMENT
    statement = forms.CharField(
        widget=forms.Textarea({"rows": 18}),
        max_length=LONGEST_STATEMENT,
        help_text=_(
            "At most two double-spaced pages. Say why you want to take part and what you bring. "
            "Readers see it without your name."
        ),
    )

    class Meta:
        model = Application
        fields = SECTION_FIELDS[Section.STATEMENT]


SECTION_FORMS: dict[str, type[SectionForm]] = {
    form.section: form
    for form in (AboutForm, EducationForm, ExperienceForm, LivingForm, StatementForm)
}


class StartForm(Form):
    """Through which mission, and as what, somebody applies; the country is chosen before."""

    mission = forms.ModelChoiceField(
        Office.objects.none(), label=_("Embassy or consulate"), empty_label=None
    )
    position = forms.ModelChoiceField(
        Position.objects.none(),
        label=_("Position"),
        empty_label=None,
        widget=forms.RadioSelect(),
        help_text=_("One position only. Applying for two disqualifies from both."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's signature
        missions: QuerySet[Office],
        positions: QuerySet[Position],
        **kwargs: Any,  # noqa: ANN401 -- Django's signature
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("mission", missions), ("position", positions)):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = found


class KeyForm(StartForm):
    """An application that came on paper: whose it is, from where, as what."""

    email = forms.EmailField(label=_("E-mail"))
    family_name = forms.CharField(label=LABELS["family_name"], max_length=80)
    given_name = forms.CharField(label=LABELS["given_name"], max_length=80, required=False)
    country = forms.ChoiceField(label=_("Country of nationality"))
    field_order = ("email", "family_name", "given_name", "country", "mission", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        self.countries = countries_by_code()
        field = self.fields["country"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, str(one)) for code, one in self.countries.items()]

    def clean_country(self) -> Country:
        """Look the country up by its code."""
        return self.countries[self.cleaned_data["country"]]


class RefereeForm(Form):
    """Whom to ask for a reference."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    relation = forms.CharField(
        label=_("How they know you"),
        max_length=200,
        help_text=_("Such as: taught me history in 2025. Not a friend or relative."),
    )


class ReferenceForm(Form):
    """A reference, written by whoever holds the link."""

    text = forms.CharField(
        label=_("Your reference"),
        widget=forms.Textarea({"rows": 14}),
        max_length=LONGEST_REFERENCE,
        help_text=_("In English or in Japanese."),
    )


class CertifyForm(Form):
    """The declaration at the end of the form."""

    certify = forms.BooleanField(
        label=_("What I have written is true and complete, and I want to serve the whole term.")
    )


class TickForm(Form):
    """The day on which a paper came."""

    received_on = forms.DateField(label=_("Received on"), widget=Day())
