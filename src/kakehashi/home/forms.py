"""What people type at home: a table to bring."""

from collections.abc import Mapping
from typing import Any

from django import forms

from kakehashi.kernel.letters import Letter
from kakehashi.kernel.models import Way
from kakehashi.kernel.words import Words, _
from kakehashi.web.forms import Form

WAYS: tuple[tuple[str, Words], ...] = (
    (Way.MAIL, _("By e-mail, at once")),
    (Way.DIGEST, _("In one e-mail a day")),
    (Way.INBOX, _("Here in the inbox alone")),
)


class Table(Form):
    """A workbook or a CSV file."""

    file = forms.FileField(
        label=_("Excel or CSV file"),
        help_text=_(
            "An Excel workbook (.xlsx) or CSV, up to 20 MB. Nothing is written before you confirm."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.txt,.tsv"}),
    )


class Ways(Form):
    """How each kind of letter that one may choose for shall come."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's shape of a form
        kinds: Mapping[str, type[Letter]],
        now: Mapping[str, str],
        **kwargs: Any,  # noqa: ANN401 -- likewise
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {name.replace("/", "-"): name for name in kinds}
        for field, name in self.kinds.items():
            self.fields[field] = forms.ChoiceField(
                label=str(kinds[name].title), choices=WAYS, initial=now[name]
            )

    def chosen(self) -> dict[str, str]:
        """Give the way chosen for each kind, by the letter's name."""
        return {name: self.cleaned_data[field] for field, name in self.kinds.items()}
