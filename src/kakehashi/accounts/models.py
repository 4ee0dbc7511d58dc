"""What is remembered of sign-ins, second factors, invitations, and text that was being typed."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kakehashi.accounts.lifecycle import INVITATION, RESET, InvitationState, ResetState
from kakehashi.accounts.rules import RuleCode
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import ROLE_NAMES, Role
from kakehashi.kernel.dated import Dated
from kakehashi.kernel.moving import Keyed, Moving
from kakehashi.kernel.words import Words


class Device(Keyed):
    """One place where somebody is signed in: a browser on a machine, and when it was last used."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    session = models.CharField(max_length=40, unique=True, editable=False)
    browser = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "seen_at"])]

    def __str__(self) -> str:
        return f"{self.browser} {self.system}".strip() or "–"


class FailedSignIn(Keyed):
    """A sign-in whose password did not fit; without a person where no account has the address.

    The address itself is not kept: now and then somebody types a password into its field.
    """

    person = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="failed_sign_ins"
    )
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)  # towards the lock, until the owner is let in

    class Meta:
        indexes = [models.Index(fields=["at"]), models.Index(fields=["person", "at"])]

    def __str__(self) -> str:
        return f"failed sign-in {self.pk}"


class AccountRule(Dated, Keyed):
    """A number that governs accounts: how long an invitation lives, how long a sign-in lasts."""

    code = models.CharField(max_length=40)
    value = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__in=[code.value for code in RuleCode]),
                name="account_rule_is_known",
            ),
            models.UniqueConstraint(fields=["code"], name="one_account_rule_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"


class FactorRule(Dated, Keyed):
    """A role whose holders must have a second factor."""

    role = models.CharField(max_length=30, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]),
                name="factor_rule_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.role


class FactorGrace(models.Model):
    """Since when somebody has been told that their seat needs a second factor."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="factor_grace")
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"grace {self.pk}"


class FactorReset(Moving):
    """An operator's wish to take a lost second factor off an account; a second person confirms."""

    guarded: ClassVar = ("reason",)

    lifecycle: ClassVar = RESET
    state = models.CharField(max_length=40, default=RESET.start, editable=False)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="factor_resets")
    reason = models.CharField(max_length=400)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ResetState]),
                name="factor_reset_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("person"))),
                name="two_people_take_a_factor_off",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=ResetState.ASKED.value),
                name="one_open_reset_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"reset {self.pk}"


class Invitation(Moving):
    """An invitation by address to a seat; its link is kept only as a hash."""

    guarded: ClassVar = ("email",)

    lifecycle: ClassVar = INVITATION
    state = models.CharField(max_length=40, default=INVITATION.start, editable=False)

    email = models.EmailField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="invitations_sent"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="invitations_taken"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in InvitationState]),
                name="invitation_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]),
                name="invitation_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="invitation_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["email", "office", "role"],
                condition=Q(state=InvitationState.WAITING.value),
                name="one_waiting_invitation_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["office", "state"])]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"

    @property
    def role_name(self) -> Words:
        """Say the role in the reader's language."""
        return ROLE_NAMES[self.role]

    def has_run_out(self, at: datetime) -> bool:
        """Say whether its link has lived too long."""
        return self.state == InvitationState.WAITING and self.expires_at <= at


class KeptText(Keyed):
    """What somebody was typing when their sign-in ended; only they get it back, for a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kept_texts")
    page = models.CharField(max_length=400)
    action = models.CharField(max_length=400)
    hidden = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "kept_at"])]

    def __str__(self) -> str:
        return f"kept {self.pk}"
