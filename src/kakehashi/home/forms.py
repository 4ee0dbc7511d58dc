"""What people type at home: a table to bring."""

from django import forms

from kakehashi.kernel.words import _
from kakehashi.web.forms import Form


class Table(Form):
    """A CSV file."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "CSV UTF-8 or Shift_JIS, up to 20 MB. Nothing is written before you confirm."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
