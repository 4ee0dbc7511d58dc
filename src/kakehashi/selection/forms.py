"""What people type: points, a score sheet, readers, the number of letters."""

from typing import Any

from django import forms

from kakehashi.directory.models import Office, Person
from kakehashi.kernel.words import _
from kakehashi.recruitment.rules import JAPANESE_LEVELS, LEVEL_NAMES
from kakehashi.selection.rules import MOST_POINTS
from kakehashi.web.forms import Day, Form

LONGEST_COMMENT = 2000
MOST_READERS_EACH = 5
_WHOLE = {"inputmode": "numeric"}


class ScoreForm(Form):
    """A reader's points for one application."""

    points = forms.IntegerField(
        label=_("Points"),
        min_value=0,
        max_value=MOST_POINTS,
        help_text=_("From 0 to 100."),
        widget=forms.NumberInput(_WHOLE),
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Read by the mission and MOFA, never by the applicant."),
    )


class SheetForm(ScoreForm):
    """An interviewer's own sheet."""

    japanese_level = forms.ChoiceField(
        label=_("Japanese heard"),
        choices=[(level, LEVEL_NAMES[level]) for level in JAPANESE_LEVELS],
    )
    held_on = forms.DateField(label=_("Interview held on"), widget=Day())
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Read by the panel, the mission and MOFA, never by the applicant."),
    )
    field_order = ("held_on", "points", "japanese_level", "comment")


class OpenRoundForm(Form):
    """Whose round of the year under way is to be opened."""

    mission = forms.ModelChoiceField(
        Office.objects.none(), label=_("Embassy or consulate"), empty_label=None
    )

    def __init__(self, *args: Any, missions: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        field = self.fields["mission"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = missions


class AssignForm(Form):
    """Who reads, and how many read each application."""

    readers = forms.MultipleChoiceField(
        label=_("Readers"), widget=forms.CheckboxSelectMultiple()
    )
    each = forms.IntegerField(
        label=_("Readers for each application"),
        min_value=1,
        max_value=MOST_READERS_EACH,
        initial=2,
        widget=forms.NumberInput(_WHOLE),
    )

    def __init__(self, *args: Any, readers: list[Person], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in readers}
        field = self.fields["readers"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(key, str(one)) for key, one in self.people.items()]

    def clean_readers(self) -> list[Person]:
        """Look the readers up."""
        return [self.people[key] for key in self.cleaned_data["readers"]]


class CountForm(Form):
    """The number of letters, typed by hand, so that nobody releases by accident."""

    count = forms.IntegerField(
        label=_("How many letters leave?"),
        min_value=0,
        help_text=_("Type the number of letters you have looked at."),
        widget=forms.NumberInput(_WHOLE),
    )
