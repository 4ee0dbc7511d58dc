"""Contracting organisations come as one table."""

from datetime import datetime

from django.db import transaction

from kakehashi.directory.actions.pack import keep
from kakehashi.directory.models import Municipality, Office, Person
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import offices_by_code
from kakehashi.directory.rules import OfficeKind
from kakehashi.kernel.imports import Row
from kakehashi.kernel.trail import record_many


@transaction.atomic
def import_organisations(rows: list[Row], *, by: Person, at: datetime) -> int:
    """Bring contracting organisations: new ones are added, those with a known code changed.

    A row holds `code`, `name_en`, `name_ja`, `type` (an employer type), `host_body` (an
    `Office`), `municipality` (a `Municipality` or None), `telephone` and `address`.
    """
    policy.require(by, "import_organisations", None)
    keep(Office, ("code",), [_organisation(row) for row in rows])
    there = offices_by_code(OfficeKind.ORGANISATION)
    deeds = [(there[row["code"]].key, "import_organisation") for row in rows]
    record_many(deeds, by=by, at=at)
    return len(rows)


def _organisation(row: Row) -> dict[str, object]:
    host: Office = row["host_body"]
    city: Municipality | None = row.get("municipality")
    return {
        "code": row["code"],
        "name_en": row["name_en"],
        "name_ja": row["name_ja"],
        "kind": OfficeKind.ORGANISATION,
        "employer_type": row["type"],
        "parent_id": host.pk,
        "prefecture_id": city.prefecture_id if city else host.prefecture_id,
        "municipality_id": city.pk if city else None,
        "telephone": row.get("telephone") or "",
        "address": row.get("address") or "",
        "source": "import",
    }
