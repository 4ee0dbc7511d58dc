"""What people type: what a field should say, and what is answered."""

from django import forms

from kakehashi.kernel.words import _
from kakehashi.web.forms import Form


class WishForm(Form):
    """What a field should say, and why."""

    wanted = forms.CharField(label=_("It should say"), required=False, max_length=2000)
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )


class AnswerForm(Form):
    """What is answered to a wish."""

    answer = forms.CharField(
        label=_("Answer to the person"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed where it is not mended."),
    )
