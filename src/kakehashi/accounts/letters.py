"""The letters about accounts: invitations, seats that ended, work handed over, lost factors."""

from dataclasses import dataclass

from kakehashi.kernel.letters import Letter


@dataclass(frozen=True, kw_only=True)
class InvitedToSeat(Letter):
    """To whoever is invited to a seat: what it is, and the link that takes it."""

    office: str
    role: str
    inviter: str
    from_day: str
    until_day: str
    expires: str
    link: str


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Letter):
    """To whoever sent an invitation: who has taken the seat."""

    office: str
    role: str
    person: str


@dataclass(frozen=True, kw_only=True)
class SeatEnded(Letter):
    """To whoever leaves a seat: its last day, and that their account stays."""

    office: str
    role: str
    last_day: str


@dataclass(frozen=True, kw_only=True)
class SeatEndsSoon(Letter):
    """To the holder of a seat that ends while work lies with it, and to the head of its office."""

    office: str
    role: str
    holder: str
    last_day: str
    pieces: int
    link: str


@dataclass(frozen=True, kw_only=True)
class WorkHandedOver(Letter):
    """To whoever carries on with a leaver's work: how much, and from whom."""

    office: str
    role: str
    leaver: str
    pieces: int


@dataclass(frozen=True, kw_only=True)
class FactorResetAsked(Letter):
    """To the owner of an account: an operator has asked to take the second factor off."""

    asked_by: str


@dataclass(frozen=True, kw_only=True)
class FactorTakenOff(Letter):
    """To the owner of an account: two people have taken the second factor off."""

    asked_by: str
    confirmed_by: str


SAMPLES = [
    InvitedToSeat(
        office="Consulate-General in Edinburgh",
        role="Reader of applications",
        inviter="Aoife Byrne",
        from_day="Thursday 1 October 2026",
        until_day="",
        expires="Thursday 8 October 2026, 12:00 in Tokyo",
        link="https://kakehashi.example.org/accounts/welcome/a-link-that-works-once/",
    ),
    InvitedToSeat(
        office="Yurihama Town Board of Education",
        role="Supervisor",
        inviter="Haruto Sato",
        from_day="Thursday 1 October 2026",
        until_day="Wednesday 31 March 2027",
        expires="Thursday 8 October 2026, 12:00 in Tokyo",
        link="https://kakehashi.example.org/accounts/welcome/a-link-that-works-once/",
    ),
    InvitationAccepted(
        office="Consulate-General in Edinburgh",
        role="Reader of applications",
        person="Maya Fernweh",
    ),
    SeatEnded(
        office="Consulate-General in Edinburgh",
        role="Reader of applications",
        last_day="Wednesday 31 March 2027",
    ),
    SeatEndsSoon(
        office="Consulate-General in Edinburgh",
        role="Reader of applications",
        holder="Maya Fernweh",
        last_day="Wednesday 31 March 2027",
        pieces=14,
        link="https://kakehashi.example.org/accounts/leaving/7/",
    ),
    SeatEndsSoon(
        office="Consulate-General in Edinburgh",
        role="Reader of applications",
        holder="Maya Fernweh",
        last_day="Wednesday 31 March 2027",
        pieces=1,
        link="https://kakehashi.example.org/accounts/leaving/7/",
    ),
    WorkHandedOver(
        office="Consulate-General in Edinburgh",
        role="Reader of applications",
        leaver="Maya Fernweh",
        pieces=14,
    ),
    WorkHandedOver(
        office="Consulate-General in Edinburgh",
        role="Reader of applications",
        leaver="Maya Fernweh",
        pieces=1,
    ),
    FactorResetAsked(asked_by="Aoi Tanaka"),
    FactorTakenOff(asked_by="Aoi Tanaka", confirmed_by="Ren Suzuki"),
]
