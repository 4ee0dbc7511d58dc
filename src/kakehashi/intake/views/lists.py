"""Lists that hold for every year: papers asked, pay, and the programme's words."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kakehashi.directory.queries import countries_by_code
from kakehashi.intake import queries
from kakehashi.intake.models import DocumentRequirement, PayRate
from kakehashi.intake.views import shown
from kakehashi.kernel import clock
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.dates import japanese
from kakehashi.web.listing import Column, Filter, Listing, show

GUARDED: dict[str, Words] = {
    "ordinary": _("Ordinary"),
    "guarded": _("Guarded"),
    "sealed": _("Sealed: not stored here"),
}
TAXES: dict[str, Words] = {"gross": _("before tax"), "net": _("after tax")}


def _condition(row: DocumentRequirement) -> str:
    return row.condition_ja if japanese() else row.condition_en


DOCUMENT = (
    Column(name="name", label=_("Document"), value=str, head=True),
    Column(
        name="country",
        label=_("Country"),
        value=lambda row: row.country or _("Every country"),
        sort=("country__name_en",),
    ),
    Column(
        name="originals",
        label=_("Originals"),
        value=lambda row: row.originals,
        kind="number",
    ),
    Column(
        name="copies",
        label=_("Copies of each"),
        value=lambda row: row.copies,
        kind="number",
    ),
    Column(name="condition", label=pgettext_lazy("document", "When"), value=_condition),
    Column(name="kind", label=_("How it is kept"), value=lambda row: GUARDED[row.kind]),
    shown.CERTAIN,
)


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List the papers applicants hand in, as of today."""
    listing = Listing(
        columns=DOCUMENT,
        rows=queries.documents_known_to(shown.who(request), clock.today()),
        order=("country__name_en", "pk"),
        caption=_("Documents asked"),
        empty=_("No document yet. The operator loads the programme pack first."),
        filters=(
            Filter(
                name="country",
                label=_("Country"),
                apply=lambda rows, code: rows.filter(Q(country=None) | Q(country__code=code)),
                choices=lambda: [(code, str(x)) for code, x in countries_by_code().items()],
            ),
        ),
    )
    return show(request, "intake/documents.html", listing)


@require_safe
def pay(request: HttpRequest) -> HttpResponse:
    """List the pay table: as of today, or with every row that ever held or will."""
    person = shown.who(request)
    may = queries.may(person, "set_pay")
    every = request.GET.get("days") == "all"
    rows = queries.pay_for_all_days(person)
    listing = Listing(
        columns=_pay_columns(may=may),
        rows=rows if every else queries.pay_known_to(person, clock.today()),
        order=("-cohort_from", "year_of_service"),
        caption=_("Pay"),
        empty=_("No pay table yet. The operator loads the programme pack first."),
        filters=(
            Filter(
                name="days",
                label=_("Days"),
                apply=lambda found, _every: found,
                choices=lambda: [("all", _("Also rows that are over or ahead"))],
            ),
        ),
    )
    buttons = {"add_pay": _("Add a row"), "clone_pay": _("Copy for the next cohort")}
    links = [
        {"label": label, "url": reverse(f"intake:{name}")} for name, label in buttons.items()
    ]
    return show(request, "intake/pay.html", listing, buttons=links if may else None)


def _pay_columns(*, may: bool) -> tuple[Column, ...]:
    """Give the columns of the pay table; who sets it finds a link in each row."""

    def link(row: PayRate) -> str:
        return reverse("intake:set_pay", args=[row.pk]) if may else ""

    return (
        Column(name="cohort", label=_("Arrived in"), value=_cohort, link=link, head=True),
        Column(
            name="year_of_service",
            label=_("Year of service"),
            value=lambda row: row.year_of_service,
            kind="number",
        ),
        Column(
            name="annual",
            label=_("Yen a year"),
            value=lambda row: row.annual_yen,
            kind="number",
            sort=("annual_yen",),
        ),
        Column(
            name="monthly",
            label=_("Yen a month"),
            value=lambda row: row.monthly_yen,
            kind="number",
        ),
        Column(name="taxes", label=_("Tax"), value=lambda row: TAXES.get(row.taxes, "")),
        Column(
            name="from", label=_("In force from"), value=lambda row: row.valid_from, kind="day"
        ),
        Column(
            name="until", label=_("In force until"), value=lambda row: row.valid_to, kind="day"
        ),
        shown.SOURCE,
        shown.CERTAIN,
    )


def _cohort(row: PayRate) -> str:
    return f"{row.cohort_from or ''}–{row.cohort_to or ''}"


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """List the programme's words in both languages."""
    listing = Listing(
        columns=(*_words_of_the_reader(), shown.CERTAIN),
        rows=queries.glossary_for(shown.who(request)),
        order=("ja" if japanese() else "en",),
        caption=_("Glossary"),
        empty=_("No word yet. The operator loads the programme pack first."),
        filters=(
            Filter(
                name="q",
                label=_("Word"),
                apply=lambda rows, word: rows.filter(
                    Q(en__icontains=word) | Q(ja__icontains=word)
                ),
            ),
        ),
    )
    return show(request, "intake/glossary.html", listing)


def _words_of_the_reader() -> tuple[Column, ...]:
    """Put the reader's own language first."""
    english = (
        Column(
            name="en",
            label=_("English"),
            value=lambda row: row.en,
            sort=("en",),
            head=not japanese(),
        ),
        Column(
            name="meaning",
            label=_("Meaning in English"),
            value=lambda row: row.definition_en,
        ),
    )
    own = (
        Column(
            name="ja",
            label=_("Japanese"),
            value=lambda row: row.ja,
            sort=("ja",),
            head=japanese(),
        ),
        Column(
            name="meaning_ja",
            label=_("Meaning in Japanese"),
            value=lambda row: row.definition_ja,
        ),
    )
    return (*own, *english) if japanese() else (*english, *own)
