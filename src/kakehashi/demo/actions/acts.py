"""The acts of the year, in the order of their days: the demo's table of contents.

A part that wants something to be seen in the demo adds a line here, and its function to
`demo/actions/<topic>.py`: `def verb(story: Story, at: datetime) -> None`, running the part's own
actions as the officers concerned (`story.cast["mic"]`, … by their slugs).  What it makes up it
draws from `story.chance`.  Queued work is done after each act.
"""

from datetime import datetime

from kakehashi.demo.actions import (
    arriving,
    directory_kept,
    ground,
    joining,
    numbers,
    offices,
    placing,
    recruiting,
    selecting,
)
from kakehashi.demo.actions.story import Act
from kakehashi.demo.rules import TOKYO, YEAR, Stage
from kakehashi.kernel.words import _


def _day(month: int, day: int, year: int = YEAR) -> datetime:
    return datetime(year, month, day, 10, 0, tzinfo=TOKYO)


BEFORE = YEAR - 1
LONG_AGO, NOW = _day(9, 1, YEAR - 2), _day(8, 25, BEFORE)
PLAN, RECRUITMENT, SELECTION = Stage.PLAN, Stage.RECRUITMENT, Stage.SELECTION
PLACEMENT, ARRIVAL, APPOINTMENT = Stage.PLACEMENT, Stage.ARRIVAL, Stage.APPOINTMENT

ACTS: tuple[Act, ...] = (
    Act(PLAN, LONG_AGO, _("Programme pack and cast"), ground.set_up_offices),
    Act(PLAN, LONG_AGO, _("No second factor where people train"), joining.end_factor_rules),
    Act(PLAN, LONG_AGO, _("Contracting organisations"), ground.organisations),
    Act(PLAN, LONG_AGO, _("Officers and their seats"), ground.officers),
    Act(PLAN, LONG_AGO, _("Those who served before"), ground.serve_and_leave),
    Act(PLAN, NOW, _("They leave"), ground.let_go),
    Act(PLAN, NOW, _("Former participants join their association"), ground.join_alumni),
    Act(PLAN, NOW, _("The year, as a draft"), ground.create_year),
    Act(PLAN, NOW, _("Those who serve already"), ground.serving),
    Act(PLAN, _day(9, 2, BEFORE), _("The directory in use"), directory_kept.keep_entries),
    Act(PLAN, _day(9, 2, BEFORE), _("Mergers and new names"), directory_kept.reorganise),
    Act(PLAN, _day(9, 2, BEFORE), _("Supervisors named"), directory_kept.name_supervisors),
    Act(PLAN, _day(9, 10, BEFORE), _("The year opens"), numbers.open_year),
    Act(PLAN, _day(9, 10, BEFORE), _("Invitation plan"), numbers.draft_numbers),
    Act(PLAN, _day(9, 11, BEFORE), _("A larger plan"), numbers.draft_other_numbers),
    Act(RECRUITMENT, _day(9, 17, BEFORE), _("Numbers released"), numbers.release_numbers),
    Act(RECRUITMENT, _day(10, 20, BEFORE), _("A draft"), recruiting.start_own_application),
    Act(RECRUITMENT, _day(10, 20, BEFORE), _("Applications"), recruiting.apply),
    Act(SELECTION, _day(11, 10, BEFORE), _("The draft is handed in"), recruiting.submit_own),
    Act(SELECTION, _day(12, 1, BEFORE), _("Some withdraw"), recruiting.withdraw_some),
    Act(SELECTION, _day(12, 10, BEFORE), _("Papers checked"), selecting.check_papers),
    Act(SELECTION, _day(1, 12), _("Papers read"), selecting.read),
    Act(SELECTION, _day(2, 12), _("Interviews"), selecting.interview),
    Act(PLACEMENT, _day(2, 20), _("The last scores"), selecting.finish_scores),
    Act(PLACEMENT, _day(2, 22), _("Requests"), placing.ask),
    Act(PLACEMENT, _day(2, 24), _("A request returned"), placing.ask_by_hand),
    Act(PLACEMENT, _day(3, 10), _("Requests checked"), placing.check),
    Act(PLACEMENT, _day(4, 1), _("Results released"), selecting.release_results),
    Act(PLACEMENT, _day(4, 2), _("A mission proposes last"), selecting.propose_last),
    Act(PLACEMENT, _day(4, 4), _("A mission starts late"), recruiting.come_late),
    Act(PLACEMENT, _day(4, 4), _("Its round opens"), selecting.read_late),
    Act(PLACEMENT, _day(4, 5), _("Papers by post"), recruiting.post_papers),
    Act(PLACEMENT, _day(4, 12), _("Replies"), selecting.reply),
    Act(PLACEMENT, _day(4, 13), _("Limits of host bodies"), placing.limit),
    Act(PLACEMENT, _day(4, 15), _("A trial run"), placing.try_a_run, is_last_of_its_stage=True),
    Act(ARRIVAL, _day(4, 17), _("The last reply"), selecting.reply_oneself),
    Act(ARRIVAL, _day(5, 8), _("A run worked on by hand"), placing.work_by_hand),
    Act(ARRIVAL, _day(5, 10), _("Placement run and notices"), placing.place),
    Act(ARRIVAL, _day(5, 24), _("Organisations answer"), placing.agree),
    Act(ARRIVAL, _day(5, 25), _("The last results"), selecting.release_last),
    Act(ARRIVAL, _day(6, 1), _("Late replies"), selecting.reply_late),
    Act(ARRIVAL, _day(6, 10), _("Arrivals expected"), arriving.expect),
    Act(ARRIVAL, _day(6, 15), _("The plan corrected"), numbers.correct_numbers),
    Act(ARRIVAL, _day(6, 20), _("A second run"), placing.run_again),
    Act(APPOINTMENT, _day(7, 2), _("Census of 1 July"), arriving.count_on_census_day),
    Act(APPOINTMENT, _day(7, 5), _("A coordinator for the summer"), joining.join_for_a_while),
    Act(APPOINTMENT, _day(8, 3), _("Arrivals and appointments"), arriving.receive),
    Act(APPOINTMENT, _day(8, 9), _("Others leave"), arriving.leave),
    Act(APPOINTMENT, _day(8, 9), _("An invitation that waits"), joining.invite_a_reader),
    Act(APPOINTMENT, _day(8, 9), _("A notice of appointment"), arriving.give_notices),
    Act(APPOINTMENT, _day(8, 9), _("Census with the newcomers"), arriving.count_everyone),
    Act(APPOINTMENT, _day(8, 9), _("The next year, as a draft"), numbers.begin_next_year),
    Act(APPOINTMENT, _day(8, 9), _("Letters between offices"), offices.write_letters),
    Act(APPOINTMENT, _day(8, 9), _("A paper before the head"), offices.ask_for_stamps),
    Act(APPOINTMENT, _day(8, 9), _("Somebody is away"), offices.go_away),
)
