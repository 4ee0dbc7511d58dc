"""Lost second factors, and the rules that govern accounts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kakehashi.accounts import actions, queries
from kakehashi.accounts.forms import ResetForm, RulesForm
from kakehashi.accounts.models import FactorReset
from kakehashi.accounts.policy import policy
from kakehashi.accounts.rules import ASSUMED, RuleCode
from kakehashi.accounts.views.devices import who
from kakehashi.directory.queries import people_for
from kakehashi.directory.rules import Role
from kakehashi.kernel import clock


@require_safe
def resets(request: HttpRequest) -> HttpResponse:
    """List the lost second factors: those that wait, and what became of the others."""
    person = who(request)
    policy.require(person, "list_resets", None)
    rows = [
        {"reset": row, "may": policy.allows(person, "confirm_reset", row)}
        for row in queries.resets_for(person)[:100]
    ]
    context = {"rows": rows, "may_ask": policy.allows(person, "change_rule", None)}
    return render(request, "accounts/resets.html", context)


def ask_reset(request: HttpRequest) -> HttpResponse:
    """Ask that a lost second factor be taken off."""
    person = who(request)
    policy.require(person, "change_rule", None)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _asked(request, form):
        messages.success(request, gettext("A second person must now confirm it."))
        return redirect("accounts:resets")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/ask_reset.html", {"form": form}, status=status)


def _asked(request: HttpRequest, form: ResetForm) -> bool:
    person, email = who(request), form.cleaned_data["email"].lower()
    owner = people_for(person).filter(email=email).first()
    if owner is None or owner.pk == person.pk:
        form.add_error("email", gettext("No account of somebody else has this address."))
        return False
    try:
        reason = form.cleaned_data["reason"]
        actions.ask_reset(owner, reason=reason, by=person, at=clock.now())
    except actions.NothingToReset as error:
        form.add_error("email", str(error))
    return not form.errors


def _reset(request: HttpRequest, pk: int) -> FactorReset:
    return get_object_or_404(queries.resets_for(who(request)), pk=pk)


def confirm_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, as the second person, that a second factor is taken off."""
    reset = _reset(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.confirm_reset(reset, by=who(request), at=clock.now())
    messages.success(request, gettext("The second factor is off. Its owner has been told."))
    return redirect("accounts:resets")


def refuse_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse, as the second person; the second factor stays."""
    reset = _reset(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.refuse_reset(reset, by=who(request), at=clock.now())
    messages.success(request, gettext("The second factor stays where it is."))
    return redirect("accounts:resets")


def rules(request: HttpRequest) -> HttpResponse:
    """Show and change the numbers that govern accounts, and who needs a second factor."""
    person = who(request)
    policy.require(person, "change_rule", None)
    written = list(queries.account_rules(person))
    there = {row.code: row.value for row in written}
    initial: dict[str, object] = {code: there.get(code, ASSUMED[code]) for code in RuleCode}
    at = clock.now()
    initial["roles"] = [row.role for row in queries.factor_rules(person, at=at)]
    form = RulesForm(request.POST or None, written=written, initial=initial)
    if request.method == "POST" and form.is_valid():
        for code in RuleCode:
            if form.cleaned_data[code] != initial[code]:
                actions.change_number(code, form.cleaned_data[code], by=person, at=at)
        roles = [Role(role) for role in form.cleaned_data["roles"]]
        if {*roles} != {*initial["roles"]}:  # type: ignore[misc]  # a list of roles
            actions.choose_roles(roles, by=person, at=at)
        messages.success(request, gettext("The rules are changed. They hold from now on."))
        return redirect("accounts:rules")
    status = 422 if form.errors else 200
    return render(request, "accounts/rules.html", {"form": form}, status=status)
