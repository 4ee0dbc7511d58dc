"""What people type about appointments."""

from django import forms

from kakehashi.kernel.words import _
from kakehashi.web.forms import Form


class EarlyEnd(Form):
    """The last day of a term that ends early, and why."""

    ended_on = forms.DateField(
        label=_("Last day"),
        help_text=_("The last day on which they serve. They keep their access until then."),
    )
    ground = forms.CharField(
        label=_("Ground"),
        max_length=300,
        help_text=_("One sentence. The participant, the host body and CLAIR can read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Supervisor(Form):
    """Who supervises the participants of an organisation, and from when."""

    family_name = forms.CharField(label=_("Family name"), max_length=80)
    given_name = forms.CharField(label=_("Given name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("An account is opened for this address if there is none yet."),
    )
    starts_on = forms.DateField(label=_("Supervisor from"))


class LastDay(Form):
    """The last day on which somebody supervises."""

    ends_on = forms.DateField(label=_("Last day as supervisor"))
