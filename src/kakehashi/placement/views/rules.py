"""The page of rules and weights: what a wish costs, how many an office receives."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel import clock
from kakehashi.kernel.words import _
from kakehashi.placement import actions, queries
from kakehashi.placement.forms import (
    CapForm,
    LimitForm,
    MissionDaysForm,
    StepTimeForm,
    WeightForm,
)
from kakehashi.placement.models import StepTime, Weight
from kakehashi.placement.rules import WEIGHTS
from kakehashi.placement.views.common import act, links, who
from kakehashi.web.components import Crumb


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the weights in force and, for the latest year or `?year=`, limits and caps."""
    person = who(request)
    queries.require(person, "read_rules", None)
    years = list(queries.years_for(person))
    year = _chosen_year(request, years)
    weights = [
        {"weight": weight, "is_used": weight.code in WEIGHTS}
        for weight in queries.weights_for(person, clock.today())
    ]
    context = {
        "weights": weights,
        "times": queries.step_times_for(person, clock.today()),
        "years": years,
        "year": year,
        "limits": queries.limits_for(person, year) if year else [],
        "caps": queries.caps_for(person, year) if year else [],
        "may_change": queries.may(person, "change_weight"),
        "links": links(person, "rules"),
    }
    return render(request, "placement/rules.html", context)


def _chosen_year(request: HttpRequest, years: list[ProgrammeYear]) -> ProgrammeYear | None:
    wanted = request.GET.get("year", "")
    return next((year for year in years if str(year.year) == wanted), next(iter(years), None))


def change_weight(request: HttpRequest, pk: int) -> HttpResponse:
    """Set what one unmet wish costs in the runs to come."""
    person = who(request)
    weight: Weight = get_object_or_404(queries.weights_for(person, clock.today()), pk=pk)
    queries.require(person, "change_weight", weight)
    form = WeightForm(request.POST or None, initial={"value": weight.value})
    if request.method == "POST" and form.is_valid():
        act(actions.change_weight, weight, request, value=form.cleaned_data["value"])
        messages.success(
            request, gettext("Saved. Runs already solved keep the weights they had.")
        )
        return redirect("placement:rules")
    return _page(request, form, title=weight, gloss="重みの変更")


def change_step_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Set in how many working days a step is taken."""
    person = who(request)
    time: StepTime = get_object_or_404(queries.step_times_for(person, clock.today()), pk=pk)
    queries.require(person, "change_step_time", time)
    form = StepTimeForm(request.POST or None, initial={"working_days": time.working_days})
    if request.method == "POST" and form.is_valid():
        act(actions.change_step_time, time, request, **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect("placement:rules")
    return _page(request, form, title=time, gloss="回答の期間")


def set_days_of_mission(request: HttpRequest) -> HttpResponse:
    """Set in how many working days one mission tells its candidates."""
    person = who(request)
    queries.require(person, "set_days_of_mission", None)
    form = MissionDaysForm(request.POST or None, missions=queries.missions_for(person))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        mission = facts.pop("mission")
        actions.set_days_of_mission(mission, **facts, by=person, at=clock.now())
        messages.success(request, gettext("Saved."))
        return redirect("placement:rules")
    return _page(request, form, title=_("Set a mission's days"), gloss="候補者への通知の時期")


def set_limit(request: HttpRequest, year: int) -> HttpResponse:
    """Set the least and the most people of an office."""
    person = who(request)
    queries.require(person, "set_limit", None)
    chosen: ProgrammeYear = get_object_or_404(queries.years_for(person), year=year)
    form = LimitForm(request.POST or None, offices=queries.offices_with_limits(person))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            actions.set_limit(chosen, facts.pop("office"), **facts, by=person, at=clock.now())
        except actions.LeastAboveMost as error:
            form.add_error("maximum", str(error))
        else:
            messages.success(request, gettext("The limit is set."))
            return redirect(f"{reverse('placement:rules')}?year={chosen.year}")
    return _page(request, form, title=_("Set a limit"), gloss="配置人数の上限・下限")


def set_cap(request: HttpRequest, year: int) -> HttpResponse:
    """Set the most people of one nationality in an office."""
    person = who(request)
    queries.require(person, "set_cap", None)
    chosen: ProgrammeYear = get_object_or_404(queries.years_for(person), year=year)
    form = CapForm(
        request.POST or None,
        offices=queries.offices_with_limits(person),
        countries=queries.countries_for(person),
    )
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        actions.set_cap(chosen, facts.pop("office"), **facts, by=person, at=clock.now())
        messages.success(request, gettext("The cap is set."))
        return redirect(f"{reverse('placement:rules')}?year={chosen.year}")
    return _page(request, form, title=_("Set a cap by nationality"), gloss="国籍別の上限")


def _page(
    request: HttpRequest,
    form: WeightForm | LimitForm | CapForm | StepTimeForm | MissionDaysForm,
    *,
    title: object,
    gloss: str,
) -> HttpResponse:
    crumbs = [Crumb(label=_("Rules and weights"), url=reverse("placement:rules"))]
    context = {"form": form, "title": title, "gloss": gloss, "crumbs": crumbs}
    status = 422 if form.errors else 200
    return render(request, "placement/rule_form.html", context, status=status)
