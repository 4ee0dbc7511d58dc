"""People are invited to seats by address, and take them with an account of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext, override

from kakehashi.accounts.letters import InvitationAccepted, InvitedToSeat
from kakehashi.accounts.models import Invitation
from kakehashi.accounts.policy import Chair, policy
from kakehashi.accounts.queries import hash_of, token_of, value_of
from kakehashi.accounts.rules import RuleCode
from kakehashi.directory.actions import SeatEndsTooEarly, register_people, seat_in_bulk
from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import people_by_email
from kakehashi.directory.rules import ROLE_NAMES, Role
from kakehashi.kernel.imports import Row
from kakehashi.kernel.jobs import enqueue, job
from kakehashi.kernel.letters import day_in_words
from kakehashi.kernel.lifecycle import MoveNotAllowed
from kakehashi.kernel.models import JobRun
from kakehashi.kernel.outbox import Draft, post
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import record
from kakehashi.web.dates import moment_words


class InvitedAlready(ValueError):
    """An invitation of this kind waits for this address already."""


class NoLongerValid(ValueError):
    """The link has run out, or whoever sent it may not invite any more; the message says what."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What somebody is invited to: the days of the seat, and the language of the letter."""

    starts_on: date
    ends_on: date | None = None
    language: str = "en"


@transaction.atomic
def invite(
    email: str, *, office: Office, role: Role, terms: Terms, by: Person, at: datetime
) -> Invitation:
    """Invite whoever reads this address to a seat; the letter leaves with the link.

    Whether the address has an account is neither asked nor told.  Raises `InvitedAlready` and
    `SeatEndsTooEarly`.
    """
    policy.require(by, "invite", Chair(office, role))
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        raise SeatEndsTooEarly(
            gettext("The last day lies before the first day. Choose a later last day.")
        )
    invitation = Invitation(
        email=email.strip().lower(),
        office=office,
        role=role,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        language=terms.language,
        invited_by=by,
    )
    _renew(invitation, at=at)
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        raise InvitedAlready(
            gettext("An invitation to this seat waits for this address already.")
        ) from None
    record(invitation.key, "invite", by=by, at=at)
    enqueue(send_invitation, invitation.pk, invitation.version, at=at)
    return invitation


@transaction.atomic
def import_invitations(rows: Sequence[Row], *, by: Person, at: datetime) -> int:
    """Invite many at once; a row holds `email`, `role`, `office`, the days and the language."""
    for row in rows:
        terms = Terms(
            starts_on=row["starts_on"], ends_on=row["ends_on"], language=row["language"]
        )
        role = Role(row["role"])
        invite(row["email"], office=row["office"], role=role, terms=terms, by=by, at=at)
    return len(rows)


@transaction.atomic
def resend(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Send the letter again with a new link; the older link ends."""
    policy.require(by, "resend", invitation)
    _renew(invitation, at=at)
    facts = {name: getattr(invitation, name) for name in ("invited_at", "expires_at")}
    hashed = invitation.token_hash
    invitation.move("resend", by=by, at=at, invited_by=by, token_hash=hashed, **facts)
    enqueue(send_invitation, invitation.pk, invitation.version, at=at)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take an invitation back; its link ends."""
    policy.require(by, "withdraw", invitation)
    invitation.move("withdraw", by=by, at=at, settled_at=at)


@transaction.atomic
def accept(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take the seat one was invited to; the link is proof enough, and ends.

    Raises `NoLongerValid` when the link has run out or its sender may not invite any more.
    """
    why = why_not(invitation, at=at)
    if why:
        raise NoLongerValid(why)
    invitation.move("accept", by=by, at=at, accepted_by=by, settled_at=at)
    days = {"starts_on": invitation.starts_on, "ends_on": invitation.ends_on}
    row = {"office": invitation.office, "role": invitation.role, **days}
    seat_in_bulk([(by, row)], by=by, at=at)
    sender = invitation.invited_by
    with override(sender.language):
        letter = InvitationAccepted(
            office=str(invitation.office), role=str(invitation.role_name), person=str(by)
        )
    draft = Draft(letter=letter, to=sender, language=sender.language, about=invitation.key)
    post(draft, at=at)


@transaction.atomic
def accept_with_new_account(
    invitation: Invitation, *, names: dict[str, str], password: str, at: datetime
) -> Person:
    """Open an account for the address that was invited, set its password, and take the seat.

    Whoever has the link reads the mail of this address.  An account that has a password already
    is not touched: `MoveNotAllowed`.
    """
    email = invitation.email
    held = people_by_email([email]).get(email)
    if held is not None and held.has_usable_password():
        raise MoveNotAllowed(gettext("This address has an account already. Sign in with it."))
    facts = {"email": email, "language": invitation.language, **names}
    person = register_people([facts], by="system:invitation", at=at)[email]
    person.set_password(password)
    person.save(update_fields=["password"])
    record(person.key, "set_password", by=person, at=at)
    accept(invitation, by=person, at=at)
    return person


def why_not(invitation: Invitation, *, at: datetime) -> str:
    """Say in words why an invitation cannot be taken; nothing when it can."""
    if invitation.state == "accepted":
        return gettext("This invitation has been taken already.")
    if invitation.state == "withdrawn":
        return gettext("This invitation was withdrawn by the office that sent it.")
    if invitation.has_run_out(at):
        ended = moment_words(invitation.expires_at)
        return gettext("This invitation could be taken until %(moment)s.") % {"moment": ended}
    if not policy.allows(invitation.invited_by, "invite", _chair(invitation)):
        return gettext("Whoever sent this invitation may not give this seat any more.")
    return ""


def _chair(invitation: Invitation) -> Chair:
    return Chair(invitation.office, Role(invitation.role))


def _renew(invitation: Invitation, *, at: datetime) -> None:
    """Give an invitation a new link and a new end."""
    hours = value_of(RuleCode.INVITATION_HOURS, at=at)
    invitation.invited_at, invitation.expires_at = at, at + timedelta(hours=hours)
    invitation.token_hash = hash_of(token_of(invitation))


@unscoped("the letter of one invitation, asked for by the action that wrote it")
@job
def send_invitation(_: JobRun, invitation_id: int, version: int) -> None:
    """Send the letter, unless the invitation has moved on meanwhile."""
    found = Invitation.objects.select_related("office", "invited_by")
    invitation = found.filter(pk=invitation_id, version=version, state="waiting").first()
    if invitation is None:
        return
    subject, body = letter_of(invitation).write(invitation.language)
    domain = settings.KAKEHASHI_MAIL_FROM.rpartition("@")[2]
    mail = EmailMessage(
        subject,
        body,
        settings.KAKEHASHI_MAIL_FROM,
        [invitation.email],
        headers={"Message-ID": f"<invitation-{invitation.pk}-{version}@{domain}>"},
    )
    try:
        mail.send()
    except (SMTPRecipientsRefused, SMTPDataError):
        record(
            invitation.key, "refused_by_mail_server", by="system:mail", at=invitation.invited_at
        )


def letter_of(invitation: Invitation) -> InvitedToSeat:
    """Write the letter of an invitation, in the language it was asked in."""
    language = invitation.language
    path = reverse("accounts:welcome", args=[token_of(invitation)])
    with override(language):
        return InvitedToSeat(
            office=str(invitation.office),
            role=str(ROLE_NAMES[invitation.role]),
            inviter=str(invitation.invited_by),
            from_day=day_in_words(invitation.starts_on, language),
            until_day=(invitation.ends_on and day_in_words(invitation.ends_on, language)) or "",
            expires=moment_words(invitation.expires_at),
            link=settings.KAKEHASHI_ADDRESS.rstrip("/") + path,
        )
