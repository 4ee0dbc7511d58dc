"""Invitations: sending them, and taking the seat one was invited to."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kakehashi.accounts import actions, queries
from kakehashi.accounts.forms import InvitationForm, NewAccountForm
from kakehashi.accounts.lifecycle import InvitationState
from kakehashi.accounts.models import Invitation
from kakehashi.accounts.policy import Chair, policy
from kakehashi.accounts.views.devices import who
from kakehashi.directory.actions import SeatEndsTooEarly
from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import offices_for
from kakehashi.directory.rules import ROLE_NAMES, ROLES_AT, OfficeKind, Role
from kakehashi.kernel import clock
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.words import Words, _, pgettext_lazy
from kakehashi.web.listing import Column, Filter, Listing, show

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
RUN_OUT = pgettext_lazy("invitation", "Run out")
TONES = {InvitationState.WAITING: "now", InvitationState.ACCEPTED: "ok"}


def _state(row: Invitation) -> Words:
    return RUN_OUT if row.has_run_out(clock.now()) else row.state_name


def _tone(row: Invitation) -> str:
    return "warn" if row.has_run_out(clock.now()) else TONES.get(InvitationState(row.state), "")


def _moves(row: Invitation) -> Words:
    return _("Send again or withdraw") if row.state == InvitationState.WAITING else ""


def _link(row: Invitation) -> str:
    waiting = row.state == InvitationState.WAITING
    return reverse("accounts:resend", args=[row.pk]) if waiting else ""


COLUMNS = (
    Column(
        name="email",
        label=_("E-mail address"),
        value=lambda row: row.email,
        sort=("email",),
        head=True,
    ),
    Column(name="role", label=_("Role"), value=lambda row: row.role_name, sort=("role",)),
    Column(name="office", label=_("Office"), value=lambda row: row.office),
    Column(name="state", label=_("State"), value=_state, kind="tag", tone=_tone),
    Column(
        name="expires",
        label=_("Link works until"),
        value=lambda row: row.expires_at,
        sort=("expires_at",),
        kind="moment",
    ),
    Column(name="by", label=_("Invited by"), value=lambda row: row.invited_by),
    Column(name="taker", label=_("Taken by"), value=lambda row: row.accepted_by),
    Column(
        name="moves",
        label=_("What you can do"),
        value=_moves,
        link=_link,
    ),
)


@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """List the invitations of one's offices: waiting, taken, withdrawn, run out."""
    person = who(request)
    policy.require(person, "list_invitations", None)
    offices = queries.offices_headed_by(person)
    listing = invitation_listing(person)
    return show(request, "accounts/invitations.html", listing, offices=offices)


def invitation_listing(person: Person) -> Listing:
    """List the invitations a person may know of."""
    return Listing(
        columns=COLUMNS,
        rows=queries.invitations_for(person),
        order=("-invited_at", "pk"),
        caption=_("Invitations"),
        empty=_(
            "Nobody has been invited yet. Open the page of your office and invite somebody."
        ),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                apply=lambda rows, state: rows.filter(state=state),
                choices=lambda: list(Invitation.lifecycle.names.items()),
            ),
        ),
    )


def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody to a seat in an office."""
    person = who(request)
    office = get_object_or_404(offices_for(person), pk=pk)
    roles = queries.invitable_roles(person, office)
    if not roles:
        policy.require(person, "invite", Chair(office, ROLES_AT[OfficeKind(office.kind)][0]))
    initial = {"starts_on": clock.today(), "language": person.language}
    form = InvitationForm(request.POST or None, roles=roles, initial=initial)
    if request.method == "POST" and form.is_valid() and _invited(request, office, form):
        messages.success(request, gettext("The invitation is on its way."))
        return redirect("accounts:invitations")
    context = {"form": form, "office": office}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/invite.html", context, status=status)


def _invited(request: HttpRequest, office: Office, form: InvitationForm) -> bool:
    facts = form.cleaned_data
    terms = actions.Terms(
        **{name: facts[name] for name in ("starts_on", "ends_on", "language")}
    )
    role, by, at = Role(facts["role"]), who(request), clock.now()
    try:
        actions.invite(facts["email"], office=office, role=role, terms=terms, by=by, at=at)
    except SeatEndsTooEarly as error:
        form.add_error("ends_on", str(error))
    except actions.InvitedAlready as error:
        form.add_error("email", str(error))
    return not form.errors


def _found(request: HttpRequest, pk: int) -> Invitation:
    return get_object_or_404(queries.invitations_for(who(request)), pk=pk)


def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the letter again with a new link, or withdraw from there."""
    invitation = _found(request, pk)
    if request.method == "POST":
        actions.resend(invitation, by=who(request), at=clock.now())
        messages.success(
            request, gettext("The letter is sent again; the older link has ended.")
        )
        return redirect("accounts:invitations")
    return render(request, "accounts/resend.html", {"invitation": invitation})


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _found(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    actions.withdraw(invitation, by=who(request), at=clock.now())
    messages.success(request, gettext("The invitation is withdrawn; its link has ended."))
    return redirect("accounts:invitations")


@login_not_required
@never_cache
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever holds the link take the seat: with the account they are in, or a new one."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        return _hidden(render(request, "accounts/no_invitation.html", status=404))
    if why := actions.why_not(invitation, at=clock.now()):
        return _over(request, invitation, why)
    signed_in = request.user.is_authenticated
    held = queries.account_of(invitation.email)
    known = held is not None and held.has_usable_password()
    wanted = None if signed_in or known else _new_account(request, invitation)
    if request.method == "POST" and (signed_in or (wanted and wanted.is_valid())):
        return _take(request, invitation, wanted)
    context = {
        "invitation": invitation,
        "role": ROLE_NAMES[invitation.role],
        "form": wanted,
        "known": known,
        "here": request.path,
    }
    status = 422 if wanted and wanted.errors else 200
    return _hidden(render(request, "accounts/welcome.html", context, status=status))


def _new_account(request: HttpRequest, invitation: Invitation) -> NewAccountForm:
    return NewAccountForm(request.POST or None, email=invitation.email)


def _take(
    request: HttpRequest, invitation: Invitation, wanted: NewAccountForm | None
) -> HttpResponse:
    """Take the seat; somebody may have been quicker, or taken it back."""
    try:
        if wanted is None:
            actions.accept(invitation, by=who(request), at=clock.now())
        else:
            person = _made(invitation, wanted)
            login(request, person, backend=BACKEND)
    except (actions.NoLongerValid, MoveNotAllowed) as error:
        return _over(request, invitation, str(error))
    messages.success(request, gettext("Welcome. The seat is yours."))
    return redirect("home:today")


def _made(invitation: Invitation, wanted: NewAccountForm) -> Person:
    given = wanted.cleaned_data
    names = {name: given[name] for name in ("family_name", "given_name", "name_ja")}
    password = given["password1"]
    return actions.accept_with_new_account(
        invitation, names=names, password=password, at=clock.now()
    )


def _over(request: HttpRequest, invitation: Invitation, why: str) -> HttpResponse:
    context = {"invitation": invitation, "why": why}
    return _hidden(render(request, "accounts/no_invitation.html", context, status=410))


def _hidden(response: HttpResponse) -> HttpResponse:
    """Keep a page out of search engines and its address out of other sites' logs."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
