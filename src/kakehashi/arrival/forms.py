"""What people type about arrivals."""

from django import forms

from kakehashi.kernel.words import _
from kakehashi.web.forms import Form


class DayOfArrival(Form):
    """The day on which one person, or all the chosen ones, arrived."""

    arrived_on = forms.DateField(
        label=_("Day of arrival"),
        help_text=_("The day they landed in Japan. Their appointment starts on the day after."),
    )
