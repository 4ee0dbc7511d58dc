"""What people type: who stands in for them, from when until when."""

from collections.abc import Sequence

from django import forms

from kakehashi.directory.models import Person
from kakehashi.kernel.words import _
from kakehashi.web.forms import Form


class DeputyForm(Form):
    """A deputy to name: a colleague of the office, or somebody else by their address."""

    colleague = forms.ChoiceField(label=_("Colleague of the office"), required=False)
    email = forms.EmailField(
        label=_("Or the e-mail address of somebody else"),
        required=False,
        help_text=_("Whoever sits in another office must be accepted by the head of yours."),
    )
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("It ends by itself after this day.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Your office can read it. Say no more than you wish to."),
    )

    def __init__(self, *args: object, colleagues: Sequence[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((one.email, str(one)) for one in colleagues)]
        self.fields["colleague"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, object]:
        """Take one of the two ways to name somebody."""
        facts = super().clean() or {}
        named = facts.get("colleague") or facts.get("email")
        if not named and "email" not in self.errors:
            self.add_error("colleague", _("Choose a colleague, or write an address below."))
        facts["named"] = str(named or "").lower()
        return facts
