"""What runs: the queue for operators, one's own work for everybody, one run with its progress."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.councils.queries import subjects
from kakehashi.directory.models import Person
from kakehashi.home import actions, queries
from kakehashi.home.policy import policy
from kakehashi.home.policy import runs as rules
from kakehashi.home.views import sending
from kakehashi.kernel import clock
from kakehashi.kernel.models import JobRun, RunState
from kakehashi.kernel.web import part
from kakehashi.web.listing import show

GOING_ON = (RunState.QUEUED, RunState.RUNNING)


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Show an operator the queue's runs, and everybody else those they asked for."""
    person = _person(request)
    whole = policy.allows(person, "see_jobs", None)
    rows = queries.jobs_for(person)
    listing = sending.jobs(rows, about=queries.works_on(person, rows), all_of_them=whole)
    return show(request, "home/jobs.html", listing, whole=whole)


def _run(request: HttpRequest, pk: int) -> JobRun:
    return get_object_or_404(queries.jobs_for(_person(request)), pk=pk)


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run: who started it, how far it is, how it ended."""
    run, person = _run(request, pk), _person(request)
    going_on = run.state in GOING_ON
    context = {
        "run": run,
        "name": sending.JOB_NAMES.get(run.name, run.name),
        "state": sending.RUN_STATES[run.state],
        "tone": sending.TONES.get(run.state, ""),
        "step": sending.STEPS.get(run.step, run.step),
        "going_on": going_on,
        "why": sending.REFUSALS.get(run.failure, sending.ANY_RULE),
        "about": subjects(person, [run.about]).get(run.about),
        "share": round(100 * run.done / run.total) if run.total else 0,
        "may_stop": going_on and not run.stop_asked_at and rules.allows(person, "stop", run),
        "may_run_again": run.state == RunState.FAILED
        and rules.allows(person, "run_again", run),
    }
    answer = render(request, part(request, "home/job.html", "card"), context)
    if getattr(request, "htmx", False) and not going_on:
        answer["HX-Refresh"] = "true"
    return answer


def stop_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a run to stop."""
    run = _run(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.stop_job(run, by=_person(request), at=clock.now())
    return redirect("home:job", pk)


def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a failed job once more."""
    run = _run(request, pk)
    rules.require(_person(request), "run_again", run)
    if request.method == "POST":
        actions.run_again(run, by=_person(request), at=clock.now())
        messages.success(request, gettext("The job is queued again."))
        return redirect("home:jobs")
    return render(request, "home/run_again.html", {"run": run})
