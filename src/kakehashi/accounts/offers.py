"""What accounts offer to home: second factors that wait for a second person, and invitations."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import ngettext

from kakehashi.accounts.lifecycle import InvitationState, ResetState
from kakehashi.accounts.policy import policy
from kakehashi.accounts.queries import resets_for
from kakehashi.accounts.views.failures import failure_listing, locked_listing
from kakehashi.accounts.views.invitations import invitation_listing
from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.kernel.words import _
from kakehashi.web import offers
from kakehashi.web.offers import Level, Reader, Work, tally


@offers.must_do
def resets_to_confirm(reader: Reader) -> Iterable[Work]:
    """Ask the second person whether a lost second factor shall be taken off."""
    if not policy.allows(reader.person, "list_resets", None):
        return
    asked = resets_for(reader.person).filter(state=ResetState.ASKED)
    for reset in asked.select_related("person").order_by("asked_at", "pk"):
        if policy.allows(reader.person, "confirm_reset", reset):
            yield Work(
                label=_("Confirm or refuse: a lost second factor"),
                url=reverse("accounts:resets"),
                note=str(reset.person),
                action=_("Decide"),
                tone="warn",
                since=reset.asked_at,
            )


@offers.levels
def doors(reader: Reader) -> Iterable[Level]:
    """Count for those who watch accounts which are locked, and how many sign-ins failed lately."""
    person = reader.person
    if not holds(person, Role.OPERATOR):
        return
    shut = tally(locked_listing(person, at=reader.at), "accounts:locked")
    yield Level(arch="locked", label=_("Accounts locked now"), count=shut.count, url=shut.url)
    failed = tally(failure_listing(person, at=reader.at), "accounts:failures", {"since": "day"})
    yield Level(
        arch="failures",
        label=_("Failed sign-ins, the last 24 hours"),
        count=failed.count,
        url=failed.url,
    )


@offers.others_must_do
def invitations_waiting(reader: Reader) -> Iterable[Work]:
    """Say how many people have not taken the seat they were invited to."""
    if not policy.allows(reader.person, "list_invitations", None):
        return
    asked = {"state": InvitationState.WAITING.value}
    found = tally(
        invitation_listing(reader.person), "accounts:invitations", asked, moment="invited_at"
    )
    if found.count:
        yield Work(
            label=ngettext(
                "%(n)s invitation not taken yet", "%(n)s invitations not taken yet", found.count
            )
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            whom=_("Those who are invited"),
            since=found.oldest,
        )
