"""The acts of the year, in the order of their days: the demo's table of contents.

A part that wants something to be seen in the demo adds a line here, and its function to
`demo/actions/<topic>.py`: `def verb(story: Story, at: datetime) -> None`, running the part's own
actions as the officers concerned (`story.cast["mic"]`, … by their slugs).  What it makes up it
draws from `story.chance`.  Queued work is done after each act.
"""

from datetime import datetime

from kakehashi.demo.actions import first_half, ground, second_half
from kakehashi.demo.actions.story import Act
from kakehashi.demo.rules import TOKYO, YEAR, Stage
from kakehashi.kernel.words import _


def _day(month: int, day: int, year: int = YEAR) -> datetime:
    return datetime(year, month, day, 10, 0, tzinfo=TOKYO)


BEFORE = YEAR - 1
PLAN, RECRUITMENT, SELECTION = Stage.PLAN, Stage.RECRUITMENT, Stage.SELECTION
PLACEMENT, ARRIVAL, APPOINTMENT = Stage.PLACEMENT, Stage.ARRIVAL, Stage.APPOINTMENT

ACTS: tuple[Act, ...] = (
    Act(PLAN, _day(8, 25, BEFORE), _("Programme pack and cast"), ground.set_up_offices),
    Act(PLAN, _day(8, 25, BEFORE), _("Contracting organisations"), ground.organisations),
    Act(PLAN, _day(8, 25, BEFORE), _("Officers and their seats"), ground.officers),
    Act(PLAN, _day(8, 25, BEFORE), _("The year, as a draft"), ground.create_year),
    Act(PLAN, _day(8, 25, BEFORE), _("Those who serve already"), ground.serving),
    Act(PLAN, _day(9, 10, BEFORE), _("The year opens"), first_half.open_year),
    Act(PLAN, _day(9, 10, BEFORE), _("Invitation plan"), first_half.draft_numbers),
    Act(RECRUITMENT, _day(9, 17, BEFORE), _("Numbers released"), first_half.release_numbers),
    Act(RECRUITMENT, _day(10, 20, BEFORE), _("A draft"), first_half.start_own_application),
    Act(RECRUITMENT, _day(10, 20, BEFORE), _("Applications"), first_half.apply),
    Act(SELECTION, _day(11, 10, BEFORE), _("The draft is handed in"), first_half.submit_own),
    Act(SELECTION, _day(1, 12), _("Papers checked and read"), first_half.check_and_read),
    Act(PLACEMENT, _day(1, 28), _("Requests"), second_half.ask),
    Act(PLACEMENT, _day(2, 12), _("Interviews"), first_half.finish_scores),
    Act(PLACEMENT, _day(4, 1), _("Results released"), first_half.release_results),
    Act(PLACEMENT, _day(4, 12), _("Replies"), first_half.reply),
    Act(PLACEMENT, _day(4, 13), _("Limits of host bodies"), second_half.limit),
    Act(ARRIVAL, _day(4, 17), _("The last reply"), first_half.reply_oneself),
    Act(ARRIVAL, _day(5, 10), _("Placement run and notices"), second_half.place),
    Act(ARRIVAL, _day(5, 24), _("Organisations agree"), second_half.agree),
    Act(ARRIVAL, _day(6, 10), _("Arrivals expected"), second_half.expect),
    Act(APPOINTMENT, _day(7, 2), _("Census of 1 July"), second_half.count_on_census_day),
    Act(APPOINTMENT, _day(8, 9), _("Arrivals and appointments"), second_half.receive),
    Act(APPOINTMENT, _day(8, 9), _("Census with the newcomers"), second_half.count_everyone),
    Act(APPOINTMENT, _day(8, 9), _("The next year, as a draft"), second_half.begin_next_year),
)
