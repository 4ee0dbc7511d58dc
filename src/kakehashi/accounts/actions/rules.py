"""The numbers that govern accounts, and the roles that need a second factor, are written down."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from kakehashi.accounts.models import AccountRule, FactorRule
from kakehashi.accounts.policy import policy
from kakehashi.accounts.rules import LEAST, RuleCode
from kakehashi.directory.actions import dated, keep, read_pack
from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.dated import in_force
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record, record_many

FILES = ("account_rules", "second_factors")
HERE = "operator"  # the source of what was changed in this system


class TooLow(ValueError):
    """The number is lower than what people can work with."""


@unscoped("what an operator has changed here is not overwritten by the pack")
@transaction.atomic
def load_pack(folder: Path, *, by: Actor, at: datetime) -> None:
    """Take the numbers and roles from a programme pack; what an operator changed here stays."""
    if isinstance(by, Person):
        policy.require(by, "change_rule", None)
    changed = {row.code for row in AccountRule.objects.filter(source=HERE)}
    lines = [line for line in read_pack(folder, "account_rules") if line["code"] not in changed]
    numbers = [{"code": row["code"], "value": int(row["value"]), **dated(row)} for row in lines]
    keep(AccountRule, ("code",), numbers)
    if not FactorRule.objects.filter(source=HERE).exists():
        roles = [
            {"role": row["role"], **dated(row)} for row in read_pack(folder, "second_factors")
        ]
        keep(FactorRule, ("role",), roles)
    record_many([(f"accounts.pack/{name}", "load_pack") for name in FILES], by=by, at=at)


@transaction.atomic
def change_number(code: RuleCode, value: int, *, by: Person, at: datetime) -> None:
    """Write down another number; it holds from now on.  Raises `TooLow`."""
    policy.require(by, "change_rule", None)
    if value < LEAST[code]:
        raise TooLow(str(LEAST[code]))
    row, _new = AccountRule.objects.update_or_create(
        code=code, defaults={"value": value, "source": HERE, "assumed": False}
    )
    record(row.key, "change_rule", by=by, at=at)


@unscoped("the whole list of roles is laid down at once")
@transaction.atomic
def choose_roles(roles: Iterable[Role], *, by: Person, at: datetime) -> None:
    """Say which roles need a second factor from today; those not named need none.

    What ends keeps its row with its last day, so that loading the pack again brings nothing back.
    """
    policy.require(by, "change_rule", None)
    today = at.astimezone(TOKYO).date()
    wanted = {str(role) for role in roles}
    held = {row.role: row for row in FactorRule.objects.filter(in_force(today))}
    for role in sorted(wanted - {*held}):
        days = {"valid_from": today, "valid_to": None}
        row, _new = FactorRule.objects.update_or_create(role=role, defaults=days)
        record(row.key, "require_second_factor", by=by, at=at)
    for role in sorted({*held} - wanted):
        held[role].valid_to = today - timedelta(days=1)
        held[role].save(update_fields=["valid_to"])
        record(held[role].key, "release_second_factor", by=by, at=at)
    FactorRule.objects.update(source=HERE, assumed=False)
