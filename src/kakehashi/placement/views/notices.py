"""Pages of a run's notices: drafted, read, counted, released, taken back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.approvals.queries import box
from kakehashi.councils.queries import resolution_about
from kakehashi.kernel import clock
from kakehashi.kernel.models import BatchState, JobRun
from kakehashi.kernel.outbox import WrongCount
from kakehashi.kernel.words import Words, _
from kakehashi.placement import actions, queries
from kakehashi.placement.forms import ReleaseForm
from kakehashi.placement.lifecycle import RunState
from kakehashi.placement.models import Run
from kakehashi.placement.views.common import act, only_post, who
from kakehashi.placement.views.runs import crumbs, find
from kakehashi.web.listing import Column, Filter, Listing, show

KINDS: dict[str, Words] = {
    "placement/placement_notice_candidate": _("To the candidate"),
    "placement/placement_notice_organisation": _("To the contracting organisation"),
    "placement/placement_notice_host": _("To the host body"),
    "placement/placement_notice_mission": _("To the embassy or consulate"),
}


LETTERS = (
    Column(
        name="to",
        label=_("To"),
        value=lambda row: row.to,
        sort=("to__family_name", "to__given_name"),
        link=lambda row: reverse("placement:notice_letter", args=[row.run_pk, row.pk]),
        head=True,
    ),
    Column(
        name="kind",
        label=_("Letter"),
        value=lambda row: KINDS.get(row.letter, row.letter),
        sort=("letter",),
    ),
    Column(name="language", label=_("Language"), value=lambda row: row.language),
    Column(name="subject", label=_("Subject"), value=lambda row: row.subject),
    Column(name="sent", label=_("Sent"), value=lambda row: row.sent_at, kind="moment"),
)


def draft_notices(request: HttpRequest, pk: int) -> HttpResponse:
    """Write every letter of a run; nothing leaves."""
    shown = find(request, pk)
    if request.method != "POST":
        return only_post()
    try:
        act(actions.draft_notices, shown, request)
    except (actions.NothingToTell, actions.TakenMeanwhile) as error:
        messages.error(request, str(error))
        return redirect("placement:run", pk=pk)
    messages.success(request, gettext("The notices are drafted. Read some, then release them."))
    return redirect("placement:notices", pk=pk)


@require_safe
def notices(request: HttpRequest, pk: int) -> HttpResponse:
    """List the letters of a run as they wait or left; each can be read word for word."""
    shown, person = find(request, pk), who(request)
    queries.require(person, "draft_notices", shown)
    listing = Listing(
        columns=LETTERS,
        rows=queries.letters_of(shown),
        order=("letter", "pk"),
        caption=_("Letters"),
        empty=_("No letter has been drafted."),
        filters=(
            Filter(
                name="kind",
                label=_("Letter"),
                apply=lambda rows, kind: rows.filter(letter=kind),
                choices=lambda: list(KINDS.items()),
            ),
        ),
    )
    batches = queries.batches_for(shown)
    released = [batch for batch in batches if batch.state == BatchState.RELEASED]
    context = {
        "run": shown,
        "waiting": queries.letters_of(shown).count(),
        "form": ReleaseForm(),
        "resolution": resolution_about(shown.key),
        "approval": box(who(request), shown.key, clock.today()),
        "may_release": shown.state == RunState.SOLVED and bool(batches),
        "may_take_back": bool(batches) and released == batches,
        "later": queries.told_later(batches, clock.today()),
        "crumbs": crumbs(shown),
    }
    return show(request, "placement/notices.html", listing, **context)


@require_safe
def notice_letter(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """Show one letter as its reader will read it."""
    shown = find(request, pk)
    queries.require(who(request), "draft_notices", shown)
    letter = queries.letter_in(shown, post)
    if letter is None:
        raise Http404
    context = {
        "run": shown,
        "letter": letter,
        "kind": KINDS.get(letter.letter, ""),
        "crumbs": crumbs(shown),
    }
    return render(request, "placement/notice_letter.html", context)


def release_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Release every letter at once; whoever does it types how many there are."""
    shown, person = find(request, pk), who(request)
    if request.method != "POST":
        return only_post()
    form = ReleaseForm(request.POST)
    if form.is_valid() and (asked := _asked(request, shown, form)):
        if asked.by_id == person.pk:
            return redirect("home:job", pk=asked.pk)
        words = gettext("%(person)s is releasing these notices already.")
        messages.info(request, words % {"person": asked.by})
        return redirect("placement:run", pk=pk)
    queries.require(person, "release_run", shown)
    context = {
        "run": shown,
        "waiting": queries.letters_of(shown).count(),
        "form": form,
        "resolution": resolution_about(shown.key),
        "crumbs": crumbs(shown),
    }
    return render(request, "placement/release.html", context, status=422)


def _asked(request: HttpRequest, shown: Run, form: ReleaseForm) -> JobRun | None:
    """Ask for the release, or say in the form what stands against it."""
    facts = form.cleaned_data
    try:
        return actions.ask_release_run(shown, **facts, by=who(request), at=clock.now())
    except WrongCount as error:
        form.add_error("count", str(error))
    except actions.Unproved as error:
        form.add_error("reason", str(error))
    except (actions.NotSound, actions.NoticesOutOfDate, actions.TakenMeanwhile) as error:
        form.add_error(None, str(error))
    return None


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a release back while its letters wait."""
    shown = find(request, pk)
    if request.method != "POST":
        return only_post()
    act(actions.take_back, shown, request)
    messages.success(request, gettext("Taken back. Nobody was told anything."))
    return redirect("placement:notices", pk=pk)
