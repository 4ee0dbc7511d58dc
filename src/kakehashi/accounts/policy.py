"""Who may know of sign-ins, invitations and lost second factors, and who may do what about them."""

from dataclasses import dataclass

from django.db.models import Q

from kakehashi.accounts.models import (
    AccountRule,
    Device,
    FactorGrace,
    FactorReset,
    FactorRule,
    FailedSignIn,
    Invitation,
    KeptText,
)
from kakehashi.accounts.rules import MAY_INVITE, NEVER_BY_LETTER
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.policy import holds, offices_of
from kakehashi.directory.rules import ROLES_AT, OfficeKind, Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, sight
from kakehashi.kernel.words import _


@dataclass(frozen=True)
class Chair:
    """A seat that nobody holds yet: a role in an office."""

    office: Office
    role: Role


Thing = Chair | Seat | Invitation | FactorReset | Device | Person | KeptText | Office | None


@sight(Device)
def devices_visible_to(person: Person) -> Q:
    """Say which sign-ins one may know of: one's own alone."""
    return Q(person=person)


@sight(FactorGrace)
def graces_visible_to(person: Person) -> Q:
    """Say of whom one may know since when they were told: of oneself."""
    return Q(person=person)


@sight(KeptText)
def kept_texts_visible_to(person: Person) -> Q:
    """Say which kept texts one may read: those one typed."""
    return Q(person=person)


@sight(AccountRule)
@sight(FactorRule)
def rules_visible_to(_person: Person) -> Q:
    """Say that what governs accounts is open to everyone who has signed in."""
    return EVERYTHING


@sight(FactorReset)
def resets_visible_to(person: Person) -> Q:
    """Say which lost second factors one may know of: an operator and an auditor, all."""
    if holds(person, Role.OPERATOR, Role.AUDITOR):
        return EVERYTHING
    return Q(person=person)


@sight(FailedSignIn)
def failures_visible_to(person: Person) -> Q:
    """Say which failed sign-ins one may know of: an operator, all; everyone else, one's own."""
    return EVERYTHING if holds(person, Role.OPERATOR) else Q(person=person)


@sight(Invitation)
def invitations_visible_to(person: Person) -> Q:
    """Say which invitations one may know of: an operator, all; a head, those of their offices."""
    if holds(person, Role.OPERATOR):
        return EVERYTHING
    mine = Q(pk__in=())
    for head, roles in MAY_INVITE.items():
        mine |= Q(office__in=offices_of(person, head), role__in=roles)
    return mine


def _chair(thing: Thing) -> Chair | None:
    if isinstance(thing, Chair):
        return thing
    if isinstance(thing, (Seat, Invitation)):
        return Chair(thing.office, Role(thing.role))
    return None


@rule(_("you are an operator"))
def is_operator(person: Person, _thing: Thing) -> bool:
    """Answer for those who keep the accounts of this system."""
    return holds(person, Role.OPERATOR)


@rule(_("the seat is one that its office gives and not one of the register"))
def is_given_by_letter(_person: Person, thing: Thing) -> bool:
    """Answer for seats into which people are invited."""
    chair = _chair(thing)
    if chair is None or chair.role in NEVER_BY_LETTER:
        return False
    return chair.role in ROLES_AT[OfficeKind(chair.office.kind)]


@rule(_("you head this office"))
def heads_it(person: Person, thing: Thing) -> bool:
    """Answer for the heads of an office, for the roles that work under them."""
    chair = _chair(thing)
    return chair is not None and any(
        chair.role in roles and chair.office.pk in offices_of(person, head)
        for head, roles in MAY_INVITE.items()
    )


@rule(_("it is your own seat"))
def sits_there(person: Person, thing: Thing) -> bool:
    """Answer for the holder of a seat."""
    return isinstance(thing, Seat) and thing.person_id == person.pk


@rule(_("it is your own"))
def is_own(person: Person, thing: Thing) -> bool:
    """Answer for what belongs to one's own account."""
    return isinstance(thing, (Device, KeptText)) and thing.person_id == person.pk


@rule(_("it is another person's account"))
def is_another(person: Person, thing: Thing) -> bool:
    """Answer for whoever acts on an account that is not their own."""
    return isinstance(thing, Person) and thing.pk != person.pk


@rule(_("you are an operator or an auditor, have not asked for it, and are not concerned"))
def is_the_second_person(person: Person, thing: Thing) -> bool:
    """Answer for the second of the two people who take a lost second factor off."""
    return (
        isinstance(thing, FactorReset)
        and holds(person, Role.OPERATOR, Role.AUDITOR)
        and person.pk not in {thing.asked_by_id, thing.person_id}
    )


@rule(_("you are an operator or an auditor"))
def watches_accounts(person: Person, _thing: Thing) -> bool:
    """Answer for those who see that two people take a second factor off."""
    return holds(person, Role.OPERATOR, Role.AUDITOR)


@rule(_("you are an operator or head an office"))
def may_invite_somebody(person: Person, _thing: Thing) -> bool:
    """Answer for those who invite at all."""
    return holds(person, Role.OPERATOR, *MAY_INVITE)


policy = Policy[Person, Thing](
    invite=is_given_by_letter & (is_operator | heads_it),
    resend=is_operator | heads_it,
    withdraw=is_operator | heads_it,
    hand_over=is_operator | heads_it | sits_there,
    leave=is_operator | heads_it,
    end_device=is_own,
    throw_away=is_own,
    ask_reset=is_operator & is_another,
    confirm_reset=is_the_second_person,
    refuse_reset=is_the_second_person,
    change_rule=is_operator,
    list_resets=watches_accounts,
    list_failures=is_operator,
    list_invitations=may_invite_somebody,
)
