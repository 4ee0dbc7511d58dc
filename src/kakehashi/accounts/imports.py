"""Tables that come in: many invitations at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from kakehashi.accounts.actions import import_invitations
from kakehashi.accounts.policy import Chair, policy
from kakehashi.accounts.queries import waiting_for
from kakehashi.directory.models import Person
from kakehashi.directory.queries import offices_by_code
from kakehashi.directory.rules import Role
from kakehashi.kernel import cells
from kakehashi.kernel.imports import Column, Fault, ImportKind, Row, offer_import
from kakehashi.kernel.words import LANGUAGES, _


def _may_bring(person: Person) -> None:
    """Let those bring invitations who may invite anybody at all."""
    policy.require(person, "list_invitations", None)


def _check(rows: list[Row], by: object, _at: datetime) -> Iterable[Fault]:
    """Find seats one may not give, days out of order, and invitations that wait already."""
    person = cast("Person", by)
    waiting = waiting_for(row["email"] for row in rows)
    for row in rows:
        chair = Chair(row["office"], Role(row["role"]))
        if not policy.allows(person, "invite", chair):
            yield Fault(
                row=row["row"],
                column="role",
                value=row["role"],
                says=_("You may not invite to this role in this office."),
                fix=_("Choose a role that works under you in your own office."),
            )
        if row["ends_on"] and row["ends_on"] < row["starts_on"]:
            yield Fault(
                row=row["row"],
                column="ends_on",
                value=str(row["ends_on"]),
                says=_("The last day lies before the first day."),
                fix=_("Choose a later last day."),
            )
        if (row["email"], row["role"], row["office"].code) in waiting:
            yield Fault(
                row=row["row"],
                column="email",
                value=row["email"],
                says=_("An invitation to this seat waits for this address already."),
                fix=_("Take this row out, or send that invitation again."),
            )


def _write(rows: list[Row], *, by: object, at: datetime) -> int:
    return import_invitations(rows, by=cast("Person", by), at=at)


offer_import(
    ImportKind(
        name="invitations",
        label=_("Invitations to seats"),
        columns=(
            Column(name="email", label=_("E-mail address"), read=cells.email, example="a@b.jp"),
            Column(
                name="role",
                label=_("Role"),
                read=cells.one_of(*(str(one) for one in Role)),
                example="reader",
            ),
            Column(
                name="office",
                label=_("Office"),
                read=cells.code,
                among=offices_by_code,
                example="london",
            ),
            Column(name="starts_on", label=_("First day"), read=cells.day),
            Column(name="ends_on", label=_("Last day"), read=cells.day, required=False),
            Column(
                name="language",
                label=_("Language of the letter"),
                read=cells.one_of(*LANGUAGES),
                required=False,
                empty="en",
            ),
        ),
        unique=("email", "role", "office"),
        require=_may_bring,
        check=_check,
        write=_write,
    )
)
