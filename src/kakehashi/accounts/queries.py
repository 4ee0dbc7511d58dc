"""What can be asked about accounts: sign-ins, rules, second factors, invitations, kept texts."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Count, Max, Q, QuerySet
from django.utils.crypto import salted_hmac

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
from kakehashi.accounts.policy import Chair, policy
from kakehashi.accounts.rules import ASSUMED, MAY_INVITE, RuleCode, locks_of
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.policy import offices_of, seats_held
from kakehashi.directory.queries import offices_for, people_by_email, people_for
from kakehashi.directory.rules import ROLES_AT, OfficeKind, Role
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.scope import seen_by, unscoped

REAL_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
KEPT_FOR = timedelta(days=1)


def may(person: Person, action: str, thing: Chair | Seat | Invitation | Person | None) -> bool:
    """Answer whether a button shall be shown to this person."""
    return policy.allows(person, action, thing)


@unscoped("only the rows of sessions that still stand are shown to their owner")
def devices_of(person: Person, *, at: datetime) -> QuerySet[Device]:
    """Find where somebody is signed in now, the last used first."""
    standing = Session.objects.filter(expire_date__gt=at).values("session_key")
    return seen_by(person, Device).filter(session__in=standing).order_by("-seen_at", "pk")


@unscoped("the numbers that govern accounts hold for everyone")
def value_of(code: RuleCode, *, at: datetime) -> int:
    """Give the number that holds today: the written one, else the assumed one."""
    day = at.astimezone(TOKYO).date()
    row = AccountRule.objects.filter(in_force(day), code=code).first()
    return row.value if row else ASSUMED[code]


def account_rules(person: Person) -> QuerySet[AccountRule]:
    """Find the numbers that govern accounts."""
    return seen_by(person, AccountRule).order_by("code")


def factor_rules(person: Person, *, at: datetime) -> QuerySet[FactorRule]:
    """Find the roles whose holders must have a second factor today."""
    day = at.astimezone(TOKYO).date()
    return seen_by(person, FactorRule).filter(in_force(day)).order_by("role")


@unscoped("whether a seat needs a second factor is asked of the seat, at the door")
def needs_factor(person: Person, *, at: datetime) -> bool:
    """Say whether one of the seats somebody holds today needs a second factor."""
    day = at.astimezone(TOKYO).date()
    strict = FactorRule.objects.filter(in_force(day)).values("role")
    return Seat.objects.filter(seats_held(day), person=person, role__in=strict).exists()


@unscoped("whether an account has a second factor is asked at the door")
def has_factor(person: Person) -> bool:
    """Say whether somebody has a passkey or an authenticator app."""
    return bool(Authenticator.objects.filter(user=person, type__in=REAL_FACTORS).exists())


@unscoped("since when somebody has been told is asked at the door")
def grace_of(person: Person) -> FactorGrace | None:
    """Give since when somebody has known that they need a second factor."""
    return FactorGrace.objects.filter(person=person).first()


def resets_for(person: Person) -> QuerySet[FactorReset]:
    """Find the lost second factors one may know of, the newest first."""
    found = seen_by(person, FactorReset).select_related("person", "asked_by", "decided_by")
    return found.order_by("-asked_at", "pk")


def failures_for(person: Person) -> QuerySet[FailedSignIn]:
    """Find the failed sign-ins one may know of, with whose account it was."""
    return seen_by(person, FailedSignIn).select_related("person").order_by("-at", "-pk")


def locked_for(person: Person, *, at: datetime) -> QuerySet[Person]:
    """Find the accounts one may know of that are locked, with how often and when it last failed."""
    failures = seen_by(person, FailedSignIn).filter(counts=True, person__isnull=False)
    locked = Q(pk__in=())
    locks = locks_of(str(settings.ACCOUNT_RATE_LIMITS["login_failed"]))
    for lock in locks:
        recent = failures.filter(at__gt=at - lock.within).order_by().values("person")
        often = recent.annotate(times=Count("pk", distinct=True)).filter(times__gte=lock.times)
        locked |= Q(pk__in=often.values("person"))
    longest = max((lock.within for lock in locks), default=KEPT_FOR)
    counted = Q(failed_sign_ins__counts=True, failed_sign_ins__at__gt=at - longest)
    return (
        people_for(person)
        .filter(locked)
        .annotate(
            failures=Count("failed_sign_ins", filter=counted, distinct=True),
            failed_at=Max("failed_sign_ins__at", filter=counted),
        )
    )


def invitations_for(person: Person) -> QuerySet[Invitation]:
    """Find the invitations one may know of, with office and sender."""
    return seen_by(person, Invitation).select_related("office", "invited_by", "accepted_by")


def invitable_roles(person: Person, office: Office) -> list[Role]:
    """List the roles into which this person may invite in an office."""
    roles = ROLES_AT[OfficeKind(office.kind)]
    return [role for role in roles if policy.allows(person, "invite", Chair(office, role))]


def offices_headed_by(person: Person) -> QuerySet[Office]:
    """Find the offices into which somebody may invite, because they head them."""
    return offices_for(person).filter(pk__in=offices_of(person, *MAY_INVITE)).order_by("pk")


def token_of(invitation: Invitation) -> str:
    """Make the token of an invitation's link; it is told in the letter and kept nowhere.

    Sending again changes the version, and with it the token: an older link ends.
    """
    words = f"{invitation.email}|{invitation.invited_at.isoformat()}"
    return salted_hmac("kakehashi.accounts.invitation", words, algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@unscoped("whoever holds the link may see what they were invited to")
def invitation_by_token(token: str) -> Invitation | None:
    """Look an invitation up by the token of its link."""
    found = Invitation.objects.select_related("office", "invited_by")
    return found.filter(token_hash=hash_of(token)).first()


def account_of(email: str) -> Person | None:
    """Find the account with this address, for whoever holds the link that was sent there."""
    return people_by_email([email]).get(email)


@unscoped("successors are sought among those who hold the same seat, by whoever may hand over")
def successors_of(seat: Seat, *, at: datetime) -> list[Person]:
    """List who could carry on with a seat's work: the others who hold the same role there."""
    day = at.astimezone(TOKYO).date()
    same = Seat.objects.filter(seats_held(day), office=seat.office_id, role=seat.role)
    others = same.exclude(person=seat.person_id).filter(person__is_active=True)
    people = Person.objects.filter(pk__in=others.values("person"))
    return list(people.order_by("family_name", "given_name", "pk"))


@unscoped("whom a seat's end concerns is asked by the system itself")
def heads_over(seat: Seat, *, at: datetime) -> list[Person]:
    """List who may hand a seat's work over: the heads of its office, else the operators."""
    day = at.astimezone(TOKYO).date()
    leading = [head for head, roles in MAY_INVITE.items() if seat.role in roles]
    heads = Q(office=seat.office_id, role__in=leading)
    for which in (heads, Q(role=Role.OPERATOR)):
        seats = Seat.objects.filter(seats_held(day), which, acts_for=None)
        there = Person.objects.filter(pk__in=seats.values("person"), is_active=True)
        if found := list(there.exclude(pk=seat.person_id).order_by("pk")):
            return found
    return []


def kept_text(person: Person, pk: int) -> KeptText | None:
    """Find what somebody was typing when their sign-in ended."""
    return seen_by(person, KeptText).filter(pk=pk).first()


@unscoped("a table of invitations is compared with the invitations that wait already")
def waiting_for(emails: Iterable[str]) -> set[tuple[str, str, str]]:
    """List the invitations that wait for these addresses: address, role, office's code."""
    rows = Invitation.objects.filter(Q(email__in=[*emails]), state="waiting")
    return {*rows.values_list("email", "role", "office__code")}


@unscoped("whoever typed a form is told by the browser's own signed cookie")
def person_numbered(number: int) -> Person | None:
    """Find the person to whom the token of a form was given."""
    return Person.objects.filter(pk=number, is_active=True).first()
