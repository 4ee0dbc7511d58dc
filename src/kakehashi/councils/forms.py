"""What people type: what a council adopted."""

from collections.abc import Sequence

from django import forms

from kakehashi.councils.models import Council
from kakehashi.kernel.words import _
from kakehashi.web.forms import Form


class ResolutionForm(Form):
    """A resolution as the minutes have it."""

    council = forms.ChoiceField(label=_("Council"))
    number = forms.CharField(
        label=_("Number"), max_length=40, help_text=_("As in the minutes; it is never reused.")
    )
    adopted_on = forms.DateField(label=_("Adopted on"))
    about = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    text_en = forms.CharField(label=_("Text in English"), widget=forms.Textarea({"rows": 6}))
    text_ja = forms.CharField(label=_("Text in Japanese"), widget=forms.Textarea({"rows": 6}))

    def __init__(self, *args: object, councils: Sequence[Council], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, str(one)) for one in councils]
        self.fields["council"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
