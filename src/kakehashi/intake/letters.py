"""What intake writes to people: that a plan lies before the council."""

from dataclasses import dataclass
from typing import ClassVar

from kakehashi.directory.rules import Role
from kakehashi.kernel.letters import Letter
from kakehashi.kernel.models import Way
from kakehashi.kernel.words import Words, _

COUNCIL = (Role.MIC, Role.MOFA, Role.MEXT, Role.CLAIR_PLACEMENT)


@dataclass(frozen=True, kw_only=True)
class PlanBeforeCouncil(Letter):
    """Tells those who sit on the joint council that a version of the plan lies before it."""

    title: ClassVar[Words] = _("An invitation plan is before the council")
    usual: ClassVar[str] = Way.MAIL
    roles: ClassVar[tuple[str, ...]] = COUNCIL
    version: str
    reason: str


SAMPLES = [
    PlanBeforeCouncil(version="2027-2", reason="Two more places for Ireland after the survey")
]
