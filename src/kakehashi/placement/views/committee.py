"""The papers of the placement committee: on a page, and as a PDF in either language."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from kakehashi.kernel import clock
from kakehashi.kernel.letters import day_in_words
from kakehashi.kernel.paper import Sheet, printed
from kakehashi.kernel.words import LANGUAGES, _, say
from kakehashi.placement import queries
from kakehashi.placement.models import Run
from kakehashi.placement.views.common import who
from kakehashi.placement.views.runs import crumbs, find
from kakehashi.placement.writing import SENDER

LANGUAGE_NAMES = {"en": _("English"), "ja": _("Japanese")}


def _solved(request: HttpRequest, pk: int) -> Run:
    shown = find(request, pk)
    if not shown.is_solved:
        raise Http404
    return shown


@require_safe
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what lies before the committee, and lead to it on paper."""
    shown = _solved(request, pk)
    context = {
        "run": shown,
        "sections": queries.committee_papers(who(request), shown),
        "actions": [
            {
                "label": gettext("PDF, %(language)s") % {"language": name},
                "url": reverse("placement:committee_pdf", args=[pk, language]),
                "icon": "download",
            }
            for language, name in LANGUAGE_NAMES.items()
        ],
        "crumbs": crumbs(shown),
    }
    return render(request, "placement/committee.html", context)


@require_safe
def committee_pdf(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Hand the papers out as a PDF, each section on pages of its own."""
    shown = _solved(request, pk)
    if language not in LANGUAGES:
        raise Http404
    with override(language):
        sheets = [
            Sheet(
                language=language,
                sender=say(SENDER, language),
                addressee=gettext("Placement committee"),
                dated=day_in_words(clock.today(), language),
                number=f"{shown.year}-{shown.number}",
                subject=str(section.title),
                body=section.says,
                rows=section.lines,
            )
            for section in queries.committee_papers(who(request), shown)
        ]
    answer = HttpResponse(printed(sheets), content_type="application/pdf")
    file = f"placement-committee-{shown.year}-{shown.number}-{language}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer
