"""Forms as the design has them: label above, hint, error, control; optional ones say so.

`Form` and `ModelForm` are Django's, with our controls, our templates and words that say what to
do.  Django itself sets `aria-invalid` and `aria-describedby` to the ids our template draws.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from kakehashi.kernel.words import _, pgettext_lazy
from kakehashi.web.dates import japanese


class Day(forms.DateInput):
    """A day near today, chosen with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """A day and a time, in Tokyo, chosen with the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Clock(forms.TimeInput):
    """A time of day."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class Switch(forms.CheckboxInput):
    """A choice that is on or off and says so in words."""

    template_name = "web/widgets/switch.html"


class Segments(forms.RadioSelect):
    """Two to five short choices side by side."""

    template_name = "web/widgets/segments.html"


class DayParts(forms.MultiWidget):
    """A remembered day, such as a birthday: three numbers, in the reader's order."""

    template_name = "web/widgets/day_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        part = {"inputmode": "numeric", "class": "k-input", "autocomplete": "off"}
        sizes = {"year": 4, "month": 2, "day": 2}
        super().__init__(
            {name: forms.TextInput({**part, "maxlength": n}) for name, n in sizes.items()},
            attrs,
        )

    def decompress(self, value: Any) -> list[Any]:  # noqa: ANN401 -- Django's signature
        """Take a day apart for showing."""
        return [value.year, value.month, value.day] if value else [None, None, None]

    def get_context(
        self,
        name: str,
        value: Any,  # noqa: ANN401 -- Django's signature
        attrs: dict[str, Any] | None,
    ) -> dict[str, Any]:
        """Say in which order the reader's language writes a day."""
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        words = (
            pgettext_lazy("part of a date", "Year"),
            pgettext_lazy("part of a date", "Month"),
            pgettext_lazy("part of a date", "Day"),
        )
        labelled = [
            {"label": label, "input": one} for label, one in zip(words, parts, strict=True)
        ]
        context["parts"] = labelled if japanese() else labelled[::-1]
        return context

    def id_for_label(self, id_: str) -> str:
        """Lead to the first part that the reader meets."""
        return f"{id_}_0" if japanese() else f"{id_}_2"


class DayPartsField(forms.MultiValueField):
    """A day typed as three numbers; full-width digits are as good as others."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- a field's usual options
        options.setdefault("widget", DayParts())
        parts = [forms.CharField(max_length=4), forms.CharField(max_length=2)]
        super().__init__([*parts, forms.CharField(max_length=2)], **options)

    def compress(self, values: Sequence[str]) -> date | None:
        """Put a day together, or say how to write one."""
        if not values:
            return None
        try:
            year, month, day = (int(value) for value in values)
            return date(year, month, day)
        except (TypeError, ValueError):
            words = _("Enter a day that exists, such as 27 3 1999.")
            raise ValidationError(words, code="invalid") from None


_NATIVE: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.DateInput: Day,
    forms.DateTimeInput: Moment,
    forms.TimeInput: Clock,
}
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.SelectMultiple, "k-input"),
    (forms.Select, "k-select"),
    (forms.Textarea, "k-textarea"),
    (Switch, "k-switch"),
    (forms.CheckboxInput, ""),
    (forms.FileInput, ""),
    (forms.MultiWidget, ""),
    (forms.widgets.Input, "k-input"),
)
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (Segments, "group"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "check"),
    (forms.FileInput, "file"),
    (forms.MultiWidget, "group"),
)


def kind_of(widget: forms.Widget) -> str:
    """Say how the field template lays a control out."""
    return next((kind for one, kind in _KINDS if isinstance(widget, one)), "plain")


def _class_of(widget: forms.Widget) -> str:
    return next((name for one, name in _CLASSES if isinstance(widget, one)), "")


def _required_words(field: forms.Field) -> object:
    if isinstance(field, forms.FileField):
        return _("Choose a file.")
    if isinstance(field, forms.BooleanField):
        return _("Tick this box to go on.")
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return _("Choose one.")
    return _("Fill this in.")


class Fields:
    """What our forms have in common, laid over Django's."""

    template_name: ClassVar[str] = "web/form.html"
    use_required_attribute: ClassVar[bool] = False  # we say what is missing, in both languages
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


def dress(field: forms.Field) -> None:
    """Give one field our control, our class, and words that say what to do."""
    native = _NATIVE.get(type(field.widget))
    if native:
        attrs = field.widget.attrs
        field.widget = native()
        field.widget.attrs.update(attrs)
    if name := _class_of(field.widget):
        mine = str(field.widget.attrs.get("class", ""))
        if name not in mine.split():
            field.widget.attrs["class"] = f"{name} {mine}".strip()
    if "required" in field.error_messages and not _has_own_words(field):
        field.error_messages["required"] = _required_words(field)  # type: ignore[assignment]  # lazy words


def _has_own_words(field: forms.Field) -> bool:
    return field.error_messages["required"] != forms.Field.default_error_messages["required"]


class Form(Fields, forms.Form):
    """A form with our controls."""


class ModelForm(Fields, forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A form of a model with our controls."""
