"""Looking into a run: one person, one request, what could not be given, another run beside it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.kernel.words import _
from kakehashi.placement import queries
from kakehashi.placement.forms import ThereForm
from kakehashi.placement.lifecycle import RunState
from kakehashi.placement.models import Placement, Request
from kakehashi.placement.rules import PART_NAMES, demands
from kakehashi.placement.views.common import who
from kakehashi.placement.views.runs import crumbs, find
from kakehashi.placement.views.studio import person_link
from kakehashi.web.components import Crumb
from kakehashi.web.listing import PER_PAGE, page_numbers


@require_safe
def person_in_run(request: HttpRequest, pk: int, application_pk: int) -> HttpResponse:
    """Show by number what a run did with one person: where, why, and what stood in the way."""
    person, shown = who(request), find(request, pk)
    application = queries.person_in(shown, application_pk)
    if application is None:
        raise Http404
    placement: Placement | None = (
        queries.placed_in(shown).filter(application=application).first()
    )
    parts = [(PART_NAMES[code], cost) for code, cost in placement.parts] if placement else []
    post: Request | None = placement.request if placement else None
    asked = request.GET.get("there", "").strip()
    form = ThereForm({"there": asked} if "there" in request.GET else None)
    there = queries.request_in(shown, asked) if asked else None
    if asked and there is None:
        form.add_error("there", gettext("No request has this number in this year."))
    context = {
        "run": shown,
        "application": application,
        "placement": placement,
        "prefecture": queries.prefecture_of(post.organisation) if post else None,
        "parts": parts,
        "reasons": queries.reasons_for(person, shown, application),
        "decided": queries.decided_for(person, application),
        "may_decide": shown.state == RunState.SOLVED and queries.may(person, "lock", shown),
        "there": form,
        "elsewhere": queries.elsewhere(person, shown, application, there) if there else None,
        "crumbs": [*crumbs(shown), _studio(pk)],
    }
    return render(request, "placement/person_in_run.html", context)


def _studio(pk: int) -> Crumb:
    return Crumb(label=_("Studio"), url=reverse("placement:placed", args=[pk]))


@require_safe
def seat_in_run(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    """Show what a run did with one request: who comes, who could have, and who was kept away."""
    person, shown = who(request), find(request, pk)
    post = queries.seat_in(shown, request_pk)
    if post is None or not shown.is_solved:
        raise Http404
    here = list(queries.placed_in(shown).filter(request=post))
    context = {
        "run": shown,
        "post": post,
        "prefecture": queries.prefecture_of(post.organisation),
        "here": [(it, person_link(pk, it.application_id)) for it in here],
        "could": queries.could_come(shown, post),
        "kept": [
            (it, [(one, person_link(pk, one.pk)) for one in it.people])
            for it in queries.kept_from(person, shown, post)
        ],
        "demands": demands(queries.post_of(post)),
        "crumbs": [*crumbs(shown), _studio(pk)],
    }
    return render(request, "placement/seat_in_run.html", context)


@require_safe
def exceptions(request: HttpRequest, pk: int) -> HttpResponse:
    """List what a run could not give, with the next step beside each."""
    person, shown = who(request), find(request, pk)
    context = {
        "run": shown,
        "groups": queries.exceptions_of(person, shown),
        "crumbs": crumbs(shown),
    }
    return render(request, "placement/exceptions.html", context)


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a run beside an earlier one: levels, what people get, who moves and why."""
    person, shown = who(request), find(request, pk)
    others = list(queries.earlier_runs(person, shown))
    wanted = request.GET.get("with", "")
    usual = queries.before_of(person, shown) or next(iter(others), None)
    other = next((it for it in others if str(it.pk) == wanted), None if wanted else usual)
    if not shown.is_solved or (wanted and other is None):
        raise Http404
    found = None
    if other is not None:
        found = queries.comparison(person, find(request, other.pk), shown)
    label = gettext("Run %(number)s, %(year)s")
    moves = Paginator(found.moves if found else (), PER_PAGE)
    page = moves.get_page(request.GET.get("page"))
    context = {
        "run": shown,
        "other": other,
        "others": [(it, label % {"number": it.number, "year": it.year}) for it in others],
        "found": found,
        "moves": [(it, person_link(pk, it.moved.application.pk)) for it in page],
        "page": page,
        "pages": page_numbers(page),
        "crumbs": crumbs(shown),
    }
    return render(request, "placement/compare.html", context)
