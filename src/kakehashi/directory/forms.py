"""What people type in the directory: a seat to give, the day a seat ends."""

from collections.abc import Sequence

from django import forms

from kakehashi.directory.rules import ROLE_NAMES, Role
from kakehashi.kernel.words import LANGUAGES, _
from kakehashi.web.forms import Form


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
