"""Who comes and who goes: the training system's own rule, an invitation that waits, a leaver."""

from datetime import date, datetime

from kakehashi.accounts import actions as accounts
from kakehashi.accounts.actions import Terms
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import MISSION, YEAR
from kakehashi.directory.queries import offices_by_code
from kakehashi.directory.rules import Role

LEAVER = {"given_name": "Hamish", "family_name": "Corran"}
LAST_DAY = date(YEAR, 8, 20)


def end_factor_rules(story: Story, at: datetime) -> None:
    """Let the operator end the second factors' rules: whoever tries this system has no secrets."""
    accounts.choose_roles((), by=story.cast["operator"], at=at)


def join_for_a_while(story: Story, at: datetime) -> None:
    """Let the cast's mission invite a second coordinator for the summer, who takes the seat."""
    terms = Terms(starts_on=at.date(), ends_on=LAST_DAY)
    invitation = accounts.invite(
        "hamish.corran@demo.invalid",
        office=offices_by_code()[MISSION],
        role=Role.MISSION,
        terms=terms,
        by=story.cast["mission"],
        at=at,
    )
    story.cast["leaver"] = accounts.accept_with_new_account(
        invitation, names=LEAVER, password=story.scene.password, at=at
    )


def invite_a_reader(story: Story, at: datetime) -> None:
    """Let the coordinator who will leave invite a reader, who has not answered yet."""
    accounts.invite(
        "new.reader@demo.invalid",
        office=offices_by_code()[MISSION],
        role=Role.READER,
        terms=Terms(starts_on=date(YEAR, 9, 1)),
        by=story.cast["leaver"],
        at=at,
    )
