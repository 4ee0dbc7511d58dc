"""What people type about figures."""

from django import forms

from kakehashi.kernel.words import _
from kakehashi.web.forms import Form


class CensusDay(Form):
    """The day of which the register shall be counted."""

    on = forms.DateField(
        label=_("Day of the census"),
        help_text=_(
            "On the programme's census day it becomes the official census; on any other day an "
            "interim count, which only CLAIR and the ministries see."
        ),
    )
