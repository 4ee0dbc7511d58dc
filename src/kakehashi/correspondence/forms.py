"""What people type: a letter that came, a letter to send, who answers, what is enclosed."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kakehashi.correspondence.models import Entry
from kakehashi.correspondence.queries import office_named
from kakehashi.correspondence.rules import DIRECTION_NAMES, Direction, due_moment
from kakehashi.directory.models import Office, Person
from kakehashi.kernel.models import Batch
from kakehashi.kernel.words import _
from kakehashi.kernel.zones import time_zone
from kakehashi.web.forms import Form

TOKYO = "Asia/Tokyo"


class LetterForm(Form):
    """A letter, on its way in or out."""

    office = forms.ChoiceField(label=_("Register of"))
    counterpart = forms.CharField(
        label=_("Office on the other side"),
        max_length=200,
        help_text=_(
            "Code or full name as in the directory. Any other name is kept as written."
        ),
    )
    their_number = forms.CharField(label=_("Their number"), max_length=80, required=False)
    dated_on = forms.DateField(label=_("Date of the letter"))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea({"rows": 8}), max_length=20_000
    )
    due_on = forms.DateField(label=_("Answer due on"), required=False)
    due_time = forms.TimeField(
        label=_("At"), required=False, help_text=_("17:00 where nothing is written.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone of the due date"))
    batch = forms.ChoiceField(label=_("Letters of the outbox it goes with"), required=False)

    def __init__(
        self,
        *args: object,
        offices: Sequence[Office],
        batches: Sequence[Batch] = (),
        outgoing: bool = False,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        zones = [TOKYO, *(one.time_zone for one in offices)]
        self._choose("office", [(str(one.pk), str(one)) for one in offices])
        self._choose("time_zone", [(zone, zone) for zone in dict.fromkeys(zones)])
        self._choose("batch", [("", "–"), *((str(one.pk), one.title) for one in batches)])
        self.by_number = {str(one.pk): one for one in offices}
        self.batches = {str(one.pk): one for one in batches}
        for name in ("their_number",) if outgoing else ("batch",):
            del self.fields[name]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def register(self) -> Office:
        """Give the office whose register was chosen."""
        return self.by_number[self.cleaned_data["office"]]

    def clean_counterpart(self) -> str:
        """Take a name as it is typed."""
        return str(self.cleaned_data["counterpart"]).strip()

    def facts(self) -> dict[str, object]:
        """Give what was typed as the register keeps it."""
        typed = self.cleaned_data
        other = office_named(typed["counterpart"])
        day: date | None = typed["due_on"]
        clock: time | None = typed["due_time"]
        return {
            "counterpart": other,
            "counterpart_name": "" if other else typed["counterpart"],
            "their_number": typed.get("their_number", ""),
            "dated_on": typed["dated_on"],
            "subject": typed["subject"],
            "body": typed["body"],
            "due_at": due_moment(day, clock, typed["time_zone"]) if day else None,
            "time_zone": typed["time_zone"],
            "batch": self.batches.get(typed.get("batch", "")),
        }

    def clean(self) -> dict[str, object]:
        """Refuse a letter to oneself, and a time without a day."""
        typed = super().clean() or {}
        other = office_named(str(typed.get("counterpart", "")))
        if other is not None and str(other.pk) == typed.get("office"):
            self.add_error(
                "counterpart", ValidationError(_("Name another office than your own."))
            )
        if typed.get("due_time") and not typed.get("due_on"):
            self.add_error("due_on", ValidationError(_("Add the day on which it is due.")))
        return typed


def initial_of(entry: Entry) -> dict[str, object]:
    """Give a draft as the form shows it."""
    due = entry.due_at
    there = due.astimezone(time_zone(entry.time_zone)) if due else None
    return {
        "office": str(entry.office_id),
        "counterpart": entry.counterpart.code if entry.counterpart else entry.counterpart_name,
        "dated_on": entry.dated_on,
        "subject": entry.subject,
        "body": entry.body,
        "due_on": there.date() if there else None,
        "due_time": there.time() if there else None,
        "time_zone": entry.time_zone,
        "batch": str(entry.batch_id or ""),
    }


class NumberingForm(Form):
    """How an office writes the numbers of its register, from a day on."""

    office = forms.ChoiceField(label=_("Register of"))
    direction = forms.ChoiceField(label=_("In or out"), choices=list(DIRECTION_NAMES.items()))
    before = forms.CharField(
        label=_("Before the number"),
        max_length=40,
        required=False,
        strip=False,
        help_text=_(
            "For example 総行国第. Left empty with the next, year and number are written."
        ),
    )
    after = forms.CharField(
        label=_("After the number"),
        max_length=20,
        required=False,
        strip=False,
        help_text=_("For example 号."),
    )
    valid_from = forms.DateField(label=_("From"))
    source = forms.CharField(
        label=_("On what ground"),
        max_length=300,
        help_text=_("The office's own rule on documents, or who decided it."),
    )

    def __init__(
        self, *args: object, offices: Sequence[Office], today: date, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), str(one)) for one in offices]
        self.fields["office"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.by_number = {str(one.pk): one for one in offices}
        self.today = today

    def clean_valid_from(self) -> date:
        """Refuse a day that is over: numbers were given on it."""
        day: date = self.cleaned_data["valid_from"]
        if day < self.today:
            raise ValidationError(
                _("Choose today or a later day; numbers given stay as they are.")
            )
        return day

    @property
    def register(self) -> Office:
        """Give the office whose register was chosen."""
        return self.by_number[self.cleaned_data["office"]]

    def facts(self) -> dict[str, Any]:
        """Give what was typed as `set_style` takes it."""
        typed = self.cleaned_data
        return {
            "prefix": typed["before"],
            "suffix": typed["after"],
            "valid_from": typed["valid_from"],
            "source": typed["source"],
            "direction": Direction(typed["direction"]),
        }


class AnswererForm(Form):
    """Who answers a letter."""

    answerer = forms.ChoiceField(label=_("Who answers"))

    def __init__(self, *args: object, people: Sequence[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), str(one)) for one in people]
        self.fields["answerer"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class FileForm(Form):
    """A file to enclose."""

    file = forms.FileField(
        label=_("File to enclose"),
        help_text=_(
            "PDF, PNG, JPEG, Word or Excel, up to 10 MB. It is not checked for viruses."
        ),
    )
