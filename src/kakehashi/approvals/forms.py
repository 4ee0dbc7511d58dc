"""What people type: what a paper asks, why it comes back, which way a desk's acts go."""

from collections.abc import Sequence

from django import forms

from kakehashi.approvals.rules import KIND_NAMES, WAY_NAMES
from kakehashi.directory.rules import ROLE_NAMES, Role
from kakehashi.kernel.words import _
from kakehashi.web.forms import Form


class DraftForm(Form):
    """What the drafter asks the others to approve, and why."""

    note = forms.CharField(
        label=_("What is asked, and why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
    )
    about = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)


class ReturnForm(Form):
    """Why a paper comes back."""

    reason = forms.CharField(
        label=_("What is to be mended"), max_length=2000, widget=forms.Textarea({"rows": 5})
    )


class RouteForm(Form):
    """Which way a kind of act goes through a desk."""

    role = forms.ChoiceField(label=_("Desk"))
    kind = forms.ChoiceField(label=_("Kind of act"), choices=[*KIND_NAMES.items()])
    way = forms.ChoiceField(label=_("Way"), choices=[*WAY_NAMES.items()])
    valid_from = forms.DateField(label=_("First day"))
    valid_to = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Leave empty while it is not known.")
    )
    source = forms.CharField(
        label=_("Where it is laid down"),
        max_length=300,
        required=False,
        help_text=_("Such as the office's rules on decisions, with their number."),
    )

    def __init__(self, *args: object, desks: Sequence[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(role), ROLE_NAMES[role]) for role in desks]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
