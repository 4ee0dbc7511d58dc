"""Invented content for the page of components: every part, in the states that matter."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django import forms as django_forms
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.utils.translation import gettext

from kakehashi.kernel.words import Words, _
from kakehashi.web import charts, forms, listing
from kakehashi.web.components import (
    Arch,
    Bar,
    Check,
    Crumb,
    Dated,
    Figure,
    Key,
    News,
    Step,
    Task,
    Tile,
    bar_parts,
    shade_of,
)
from kakehashi.web.japan import Places
from kakehashi.web.models import SavedView

NAMES = (
    "Hokkaido 北海道|Aomori 青森|Iwate 岩手|Miyagi 宮城|Akita 秋田|Yamagata 山形|Fukushima 福島|"
    "Ibaraki 茨城|Tochigi 栃木|Gunma 群馬|Saitama 埼玉|Chiba 千葉|Tokyo 東京|Kanagawa 神奈川|"
    "Niigata 新潟|Toyama 富山|Ishikawa 石川|Fukui 福井|Yamanashi 山梨|Nagano 長野|Gifu 岐阜|"
    "Shizuoka 静岡|Aichi 愛知|Mie 三重|Shiga 滋賀|Kyoto 京都|Osaka 大阪|Hyogo 兵庫|Nara 奈良|"
    "Wakayama 和歌山|Tottori 鳥取|Shimane 島根|Okayama 岡山|Hiroshima 広島|Yamaguchi 山口|"
    "Tokushima 徳島|Kagawa 香川|Ehime 愛媛|Kochi 高知|Fukuoka 福岡|Saga 佐賀|Nagasaki 長崎|"
    "Kumamoto 熊本|Oita 大分|Miyazaki 宮崎|Kagoshima 鹿児島|Okinawa 沖縄"
)
SHADES = (80, 120, 170, 230)
KEYS = (
    Key(label=_("under 80"), shade="1"),
    Key(label="80–119", shade="2"),
    Key(label="120–169", shade="3"),
    Key(label="170–229", shade="4"),
    Key(label=_("230 or more"), shade="5"),
)
COLOURS = (  # house: paints -- this page names each colour of the design
    ("#00316a", _("Indigo, brand"), "light-blue-1100"),
    ("#00428c", _("Action"), "light-blue-1000"),
    ("#0055ad", _("Link"), "light-blue-900"),
    ("#c74700", _("Vermilion"), "orange-800"),
    ("#ac3e00", _("Vermilion text"), "orange-900"),
    ("#197a4b", _("Success"), "green-800"),
    ("#ce0000", _("Error"), "red-900"),
    ("#b78f00", _("Warning line"), "yellow-700"),
    ("#5c10be", _("Confidential"), "purple-800"),
    ("#1a1a1a", _("Ink"), "gray-900"),
    ("#4d4d4d", _("Ink 2"), "gray-700"),
    ("#f6f8fa", _("Paper"), "derived"),
)


class Sample(forms.Form):
    """One field of every kind."""

    name = django_forms.CharField(
        label=_("Family name, as in your passport"),
        help_text=_("If you have only one name, write it here."),
    )
    number = django_forms.RegexField(
        r"^[A-Z0-9]{6,9}$",
        label=_("Passport number"),
        error_messages={"invalid": _("Enter 6 to 9 letters or numbers.")},
    )
    born = forms.DayPartsField(
        label=_("Date of birth"), help_text=_("Three numbers, such as 27 3 1999.")
    )
    meeting = django_forms.DateField(label=_("Day of the meeting"), required=False)
    kind = django_forms.ChoiceField(
        label=_("Which way of working?"),
        help_text=_("You can choose one only."),
        widget=django_forms.RadioSelect,
        choices=[("school", _("In schools")), ("office", _("In an office"))],
    )
    reply = django_forms.ChoiceField(
        label=_("Decision"),
        widget=forms.Segments,
        choices=[
            ("yes", _("Yes, go on")),
            ("no", _("No, stop here")),
            ("hold", _("Not decided")),
        ],
    )
    days = django_forms.MultipleChoiceField(
        label=_("Days that suit you"),
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        choices=[("mon", _("Monday")), ("tue", _("Tuesday"))],
    )
    place = django_forms.ChoiceField(
        label=_("Place"), choices=[("", _("Choose")), ("n", _("North")), ("s", _("South"))]
    )
    reason = django_forms.CharField(
        label=_("Reason"), required=False, widget=django_forms.Textarea(attrs={"rows": 3})
    )
    photo = django_forms.FileField(
        label=_("Photo"),
        help_text=_("JPG or PNG, up to 10 MB. You can take it with your phone."),
    )
    shared = django_forms.BooleanField(
        label=_("Share this with my advisor"), required=False, widget=forms.Switch
    )
    agreed = django_forms.BooleanField(label=_("I have read how my data are used"))


def filled() -> Sample:
    """Give the form as it comes back with two things to put right."""
    return Sample(
        {
            "name": "Fernweh",
            "number": "AB 12",
            "born_year": "1999",
            "born_month": "3",
            "born_day": "27",
            "kind": "school",
            "reply": "yes",
            "days": ["mon"],
            "place": "n",
            "shared": "on",
            "agreed": "on",
        },
        {"photo": SimpleUploadedFile("empty.jpg", b"")},
        auto_id="sample_%s",
    )


def arches() -> list[Arch]:
    """Give a bridge with a span in every state."""
    return [
        Arch(
            state="done",
            label=_("First stage"),
            dates=_("October to December"),
            link=_("120 asked"),
            url="#",
        ),
        Arch(
            state="done",
            label=_("Second stage"),
            dates=_("January"),
            link=_("96 passed"),
            url="#",
        ),
        Arch(
            state="now",
            label=_("Third stage"),
            dates=_("Day 14 of 38"),
            fraction=14 / 38,
            link=_("742 of 1,187"),
            url="#",
        ),
        Arch(state="next", label=_("Fourth stage"), dates=_("26 July to 3 August")),
        Arch(state="missing", label=_("Fifth stage")),
    ]


def tiles() -> list[Tile]:
    """Give the 47 tiles with invented numbers."""
    drawn = []
    for number, names in enumerate(NAMES.split("|"), start=1):
        english, kanji = names.split()
        value = 40 + number * 37 % 260
        shade: Any = shade_of(value, (0, *SHADES))
        drawn.append(
            Tile(
                code=f"{number:02}",
                english=english,
                japanese=kanji,
                value=str(value),
                shade=shade,
                url=f"#tile-{number:02}",
                current=number == 31,  # noqa: PLR2004 -- any one of them
            )
        )
    return drawn


def bars() -> list[Bar]:
    """Give three rows of bars."""
    rows = (
        (_("North"), "北部", 42, 118),
        (_("Middle"), "中部", 171, 231),
        (_("South"), "南部", 0, 81),
    )
    return [
        Bar(
            label=label,
            gloss=kanji,
            parts=bar_parts(whole, (done, "")),
            cells=(f"{done} / {whole}", f"{100 * done // whole}%"),
        )
        for label, kanji, done, whole in rows
    ]


def pictures() -> dict[str, charts.Picture]:
    """Give a bar chart and a line chart with a gap."""
    years = [str(year) for year in range(1990, 2022)]
    people = [1200 + 90 * n - 2 * n * n for n in range(len(years))]
    bar = charts.Data(
        name="sample-bars",
        title=_("People each year"),
        summary=_("From 1,200 in 1990 to 2,068 in 2021."),
        head=_("Year"),
        labels=years,
        series=[charts.Series(name=_("People"), values=people)],
        marked=frozenset({0, len(years) - 1}),
    )
    line = charts.Data(
        name="sample-lines",
        title=_("Asked and placed, by month"),
        summary=_("Both rise; nothing was counted in the fourth month."),
        head=_("Month"),
        labels=[str(month) for month in range(1, 9)],
        series=[
            charts.Series(name=_("Asked"), values=[10, 24, 31, None, 52, 60, 64, 71]),
            charts.Series(name=_("Placed"), values=[0, 8, 19, None, 30, 41, 55, 68]),
        ],
        marked=frozenset({7}),
    )
    stack = replace(line, name="sample-stacks", title=_("Asked and placed, one on the other"))
    return {
        "bar_chart": charts.bar_chart(bar),
        "line_chart": charts.line_chart(line),
        "stacked_chart": charts.stacked_chart(stack),
    }


@dataclass(frozen=True)
class _Thing:
    pk: int
    name: str
    count: int
    on: date
    state: Words
    tone: str


def table() -> dict[str, object]:
    """Give what `web/listing.html` draws, without asking the database."""
    things = [
        _Thing(1, "Aoba", 1204, date(2027, 1, 29), _("Done"), "ok"),
        _Thing(2, "Kita", 0, date(2026, 11, 13), _("Waiting"), "warn"),
        _Thing(3, "Minami", 31, date(2027, 4, 20), _("Stopped"), "bad"),
    ]
    columns = (
        listing.Column(name="name", label=_("Name"), value=_get("name"), sort=("name",), head=True,
                       link=lambda one: f"#{one.pk}"),
        listing.Column(name="count", label=_("People"), value=_get("count"), sort=("count",), kind="number"),
        listing.Column(name="on", label=_("Day"), value=_get("on"), kind="day"),
        listing.Column(name="state", label=_("State"), value=_get("state"), kind="tag", tone=_get("tone")),
    )  # fmt: skip
    shown = listing.Listing(
        columns=columns,
        rows=get_user_model()._default_manager.none(),
        order=("name",),
        caption=_("A list"),
        empty=_("Nothing yet"),
        batch=(
            listing.Batch(name="lock", label=_("Lock"), url="#", primary=True),
            listing.Batch(name="unlock", label=_("Unlock"), url="#"),
        ),
    )
    controls = _controls()
    page = Paginator(range(260), listing.PER_PAGE).page(2)
    return {
        "listing": shown,
        "asked": listing.Asked(
            rows=shown.rows, columns=columns, sort="name", controls=controls
        ),
        "page": page,
        "pages": listing.page_numbers(page),
        "rows": [listing.draw_row(shown, thing) for thing in things],
        "headings": [listing.draw_heading(column, "name") for column in columns],
        **kept_views(),
    }


def _controls() -> list[listing.Control]:
    choices = [("done", _("Done")), ("waiting", _("Waiting"))]
    return [
        listing.Control(name="words", label=_("Name"), value="", shown="", choices=None),
        listing.Control(name="state", label=_("State"), value="", shown="", choices=choices),
    ]


def kept_views() -> dict[str, object]:
    """Give what stands above and below a list of somebody who keeps views of it."""
    return {
        "offered": listing.OFFERED,
        "views": [
            (
                SavedView(pk=1, place="#", name=gettext("Waiting longest"), is_default=True),
                True,
            ),
            (SavedView(pk=2, place="#", name=gettext("Stopped")), False),
        ],
        "kept_query": "sort=name",
        "may_keep": True,
        "share_url": "https://kakehashi.example/list/?sort=name",
    }


def _get(name: str) -> Any:  # noqa: ANN401 -- a reader of one field
    return lambda thing: getattr(thing, name)


def _work() -> dict[str, object]:
    """Give the dates, news, tasks and steps."""
    return {
        "dates": [
            Dated(on=date(2027, 4, 20), label=_("First window closes"), note=_("Today 17:00"), soon=True),
            Dated(on=date(2027, 5, 10), label=_("Committee meets"), note=_("Monday"), url="#"),
        ],
        "news": [
            News(at="08:52", text=_("One person withdrew"), url="#"),
            News(at="07:40", text=_("The night's run finished")),
        ],
        "tasks": [
            Task(label=_("Refill three places"), url="#", note=_("Two on the list fit all three."),
                 due=_("Today 17:00"), tone="bad", action=_("Choose"), primary=True),
            Task(label=_("Confirm two requests"), url="#", due=_("Wed 21 Apr"), tone="warn", action=_("Look at it")),
        ],
        "checks": [
            Check(label=_("About you"), url="#", note=_("Name and contact"), state=_("Completed"), tone="ok"),
            Check(label=_("Statement"), url="#", note=_("612 of 700 words"), state=_("In progress"), tone="now"),
            Check(label=_("Check and send"), state=_("Cannot start yet")),
        ],
        "steps": [
            Step(label=_("About you"), state="done", url="#"),
            Step(label=_("Documents"), state="now"),
            Step(label=_("Check and send"), state="next"),
        ],
    }  # fmt: skip


def everything() -> dict[str, object]:
    """Give the whole page its content."""
    return {
        "colours": COLOURS,
        "crumbs": [Crumb(label=_("First page"), url="/"), Crumb(label=_("Components"))],
        "arches": arches(),
        "figures": [
            Figure(label=_("Asked for"), value=1204, note=_("18 more than last year")),
            Figure(label=_("Placed"), value=742, unit=_(" of 1,187"), change=41, note=_("since yesterday")),
            Figure(label=_("Waiting"), value=173, change=-12, note=_("since yesterday")),
            Figure(label=_("Not counted yet"), value=None),
        ],
        **_work(),
        "bars": bars(),
        "heads": [_("Placed / asked"), _("Filled")],
        "places": Places(name="sample", label=_("People"), tiles=tiles(), keys=KEYS),
        "sample": filled(),
        "when": datetime(2026, 11, 13, 10, 59, tzinfo=UTC),
        "today": date(2027, 1, 29),
        "items": [_("Aoba, 3 people"), _("Kita, 1 person")],
        **pictures(),
        **table(),
    }  # fmt: skip
