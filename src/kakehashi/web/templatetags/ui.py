"""`{% load ui %}`: icons, fields, tags, dates, numbers and addresses, as the design has them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from zlib import crc32

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kakehashi.kernel.words import Words
from kakehashi.web import dates, toasts
from kakehashi.web.cells import (
    columns_html,
    headings_html,
    icon_html,
    options_html,
    rows_html,
    tag_html,
)
from kakehashi.web.forms import kind_of
from kakehashi.web.icons import OF_TONE
from kakehashi.web.listing import Heading, Row
from kakehashi.web.maps import outlines_html, place_rows_html, tiles_html
from kakehashi.web.snippets import SNIPPETS

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon that says nothing to a screen reader: a word always stands beside it.

    `size` is "s" for small, "in" for one within a line of text.  An unknown name is an error.
    """
    return icon_html(name, size)


@register.simple_tag
def tag(words: Words, tone: str = "", sign: str = "") -> SafeString:
    """Say a state in a word, an icon and a colour; `sign` names another icon than the tone's."""
    return tag_html(words, tone, sign)


register.simple_tag(options_html, name="options")
register.simple_tag(tiles_html, name="place_tiles")
register.simple_tag(outlines_html, name="place_outlines")
register.simple_tag(place_rows_html, name="place_rows")
register.simple_tag(columns_html, name="list_columns")


@register.simple_tag(takes_context=True)
def list_headings(context: template.Context, headings: Iterable[Heading]) -> SafeString:
    """Draw the headings of a list; each that orders it leads to this page in that order."""
    query = context["request"].GET.copy()
    for name in ("sort", "page", "format"):
        query.pop(name, None)
    return headings_html(headings, query.urlencode())


@register.simple_tag
def list_rows(rows: Iterable[Row], batches: object = None) -> SafeString:
    """Draw the rows of a list, with boxes where there is something to do to many of them."""
    return rows_html(rows, ticks=bool(batches))


@register.simple_tag
def state_tag(thing: Any, tone: str = "") -> SafeString:  # noqa: ANN401 -- anything that moves
    """Say where a moving thing stands; its own `state_tone` colours it unless `tone` does."""
    return tag(thing.state_name, tone or getattr(thing, "state_tone", ""))


@register.simple_tag
def gloss(words: str) -> SafeString:
    """Put the Japanese word beside an English heading; nothing on a Japanese page."""
    if dates.japanese() or not words:
        return mark_safe("")
    return format_html(' <span class="k-sub" lang="ja">{}</span>', words)


@register.simple_tag(name="day")
def day_tag(day: date | None, style: str = "long") -> SafeString:
    """Write a day for people, with its date for machines."""
    return _time(day, dates.day_words(day, style))  # type: ignore[arg-type]  # an unknown style is long


@register.simple_tag(name="moment")
def moment_tag(
    moment: datetime | None,
    zone: tzinfo | str | None = None,
    place: str = "",
    style: str = "long",
) -> SafeString:
    """Write a moment in the reader's zone, then in Tokyo."""
    words = dates.moment_words(moment, zone, place, style)  # type: ignore[arg-type]  # an unknown style is long
    return _time(moment, words)


@register.filter
def undo(message: Any) -> str:  # noqa: ANN401 -- a message of Django's
    """Give the address that undoes what a message tells; nothing where there is none."""
    return toasts.undo_of(message.extra_tags or "")


@register.filter(name="day")
def day_filter(day: date | None, style: str = "long") -> str:
    """Write a day as plain text: `{{ date|day:"table" }}`."""
    return dates.day_words(day, style)  # type: ignore[arg-type]  # an unknown style is long


@register.filter(name="moment")
def moment_filter(moment: datetime | None, zone: tzinfo | str | None = None) -> str:
    """Write a moment as plain text: `{{ at|moment:person.zone }}`; `"table"` for the table form."""
    if zone == "table":
        return dates.moment_words(moment, style="table")
    return dates.moment_words(moment, zone)


@register.filter
def clock(moment: datetime) -> str:
    """Write the time of day in Tokyo."""
    return dates.clock(moment.astimezone(dates.HOME))


@register.filter
def era(day: date) -> str:
    """Name the era year: Reiwa 9, 令和9年."""
    return dates.era_year(day)


@register.filter
def number(value: float | None) -> str:
    """Write a number with its thousands apart, a dash for none."""
    return dates.number_words(value)


@register.filter
def figure(value: object) -> str:
    """Write a number with its thousands apart, and words as they are."""
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return dates.number_words(value)
    return str(value)


@register.filter
def size(value: float) -> str:
    """Write how large a change is, without its sign: an arrow and a word stand for it."""
    return dates.number_words(abs(value))


@register.filter
def percent(share: float | None) -> str:
    """Write a share between 0 and 1 as whole percent."""
    return dates.percent_words(share)


@register.simple_tag(takes_context=True)
def url_with(context: template.Context, **changes: object) -> str:
    """Give the address of this page with some query values changed; `None` takes one away."""
    request = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else str(request.path)


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, page: int) -> str:
    """Give the address of another page of this list, with filters and order kept."""
    return url_with(context, page=page if page > 1 else None, format=None)


@register.simple_tag
def field(bound: BoundField, width: int | None = None) -> SafeString:
    """Draw one field: label, hint, error, control; `width` 4, 8, 12 or 20 shows the expected length."""
    if bound.is_hidden:
        return mark_safe(str(bound))  # noqa: S308 -- Django's own rendering
    control = bound.field.widget
    if width:
        control.attrs["class"] = f"{control.attrs.get('class', '')} k-w-{width}".strip()
    return render_to_string("web/field.html", {"field": bound, "kind": kind_of(control)})


@register.simple_tag
def error_summary(*forms: Any) -> SafeString:  # noqa: ANN401 -- forms, formsets, or nothing
    """List what has to be put right in these forms, each with a link; nothing when all is well."""
    faults = [fault for form in forms for fault in _faults(form)]
    if not faults:
        return mark_safe("")
    return render_to_string("web/error_summary.html", {"faults": faults})


@register.simple_tag
def snippet(name: str) -> SafeString:
    """Show how a component is put on a page; an unknown name is an error."""
    return render_to_string("web/snippet.html", {"code": SNIPPETS[name]})


@register.simple_block_tag
def card(content: str, title: Words, **options: object) -> SafeString:
    """Put content on a card.

    Options: `gloss` (Japanese beside the heading), `note` (one line right; `note_url` links it),
    `name` (id of the heading), `look` ("flush", "brand", "conf", "bad"), `foot`.
    """
    name = options.get("name") or f"card-{crc32(str(title).encode()):x}"
    return render_to_string(
        "web/card.html", {**options, "content": content, "title": title, "name": name}
    )


@register.simple_block_tag
def notice(content: str, tone: str = "", sign: str = "", **options: object) -> SafeString:
    """Tell something in place; `tone` ok, warn, bad or conf, `title` in bold before the text."""
    drawn = sign or OF_TONE.get(tone, "info")
    return render_to_string(
        "web/notice.html", {**options, "content": content, "tone": tone, "sign": drawn}
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the error summary; `target` is the id of the control to put right."""

    label: Words
    words: Words
    target: str


def _faults(form: Any) -> Iterator[Fault]:  # noqa: ANN401 -- a form, a formset, or nothing
    if not getattr(form, "is_bound", False):
        return
    if not isinstance(form, BaseForm):
        for words in form.non_form_errors():
            yield Fault("", str(words), "")
        for one in form.forms:
            yield from _faults(one)
        return
    for name, errors in form.errors.items():
        if name in form.fields:
            bound = form[name]
            target = first_control(bound)
            yield from (Fault(bound.label, str(words), target) for words in errors)
        else:
            yield from (Fault("", str(words), "") for words in errors)


def first_control(bound: BoundField) -> str:
    """Give the id of the first control of a field: the input, the first radio, the first part."""
    if bound.id_for_label:
        return bound.id_for_label
    return f"{bound.auto_id}_0"


def _time(day: date | None, words: str) -> SafeString:
    if day is None:
        return format_html(
            '<span aria-hidden="true">{}</span><span class="vh">{}</span>',
            words,
            gettext("None"),
        )
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)
