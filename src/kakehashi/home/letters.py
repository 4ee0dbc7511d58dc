"""The letter home writes itself: the daily digest."""

from dataclasses import dataclass

from kakehashi.kernel.letters import Letter


@dataclass(frozen=True, kw_only=True)
class DailyDigest(Letter):
    """To whoever has asked for one e-mail a day: what came, by subject alone, and what waits."""

    count: int
    subjects: list[str]
    waiting: list[str]
    link: str


SAMPLES = [
    DailyDigest(
        count=2,
        subjects=[
            "Request 27-R0001 comes back for correction",
            "An organisation objects to a placement: 27-00017",
        ],
        waiting=["3 requests to check", "1 run to decide on"],
        link="https://kakehashi.example.org/letters/",
    ),
    DailyDigest(
        count=1,
        subjects=["Placement run 2 is solved"],
        waiting=[],
        link="https://kakehashi.example.org/letters/",
    ),
]
