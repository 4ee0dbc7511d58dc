"""From the requests to the places: asked for, checked, computed, decided, told, agreed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations

from kakehashi.demo.actions.numbers import resolve
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import CO, YEAR, groups, request_row, workplaces
from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import officers_by_office, offices_by_code
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.intake.queries import positions_by_code, waves_by_code
from kakehashi.kernel import jobs
from kakehashi.placement import actions as placement
from kakehashi.placement.lifecycle import LockKind, RunState
from kakehashi.placement.models import Placement, Request, Run
from kakehashi.placement.queries import (
    effect_of,
    letters_of,
    placed_in,
    placements_for,
    requests_for,
    runs_for,
    workplaces_for,
)

SPARE_OF_A_HUNDRED = 6  # more seats are asked for than people are invited
MOST_SEATS = 3  # of one request
OWN_SEATS = 3  # that the cast's own organisation asks for in the first tier
EARLY_EACH = 60  # of so many requests one is not checked, and one not accepted, in time
RETURNED_EACH = 90  # of so many requests one is returned for correction
LOCKED, LOOKED_AT = 2, 12  # people locked by hand, and among whom two are found to swap
ANSWER = (
    "住居は本人の来日後に一緒に探すことでも差し支えありません。配置は変えないこととします。"
)
UNPROVED = "The machine that made this demo was too slow to prove the plan in time."
SILENT_EACH, OBJECTING_EACH = (
    40,
    150,
)  # of so many placements one is not answered, one objected to


def ask(story: Story, at: datetime) -> None:
    """Bring the organisations' requests as CLAIR keys them in."""
    rows = [_own_row(story), *_rows(story)]
    story.bring("requests", rows, by=story.cast["clair-placement"], at=at)


def ask_by_hand(story: Story, at: datetime) -> None:
    """Let the cast's organisation draft a request, and file one that its host body returns."""
    wataru, akira = story.cast["co"], story.cast["host"]
    for workplace, seats in (("岩美町立図書館", 1), ("岩美町こども園", 2)):
        request = placement.draft_request(
            organisation=offices_by_code()[CO],
            year=story.year,
            position=positions_by_code()["ALT"],
            wave=waves_by_code(story.year)["b"],
            seats=seats,
            workplace=workplace,
            duties="英語に親しむ活動",
            by=wataru,
            at=at,
        )
    placement.file(request, by=wataru, at=at)
    remark = "職務の内容を具体的に書いてください。"
    placement.return_many([request], remark=remark, by=akira, at=at)


def check(story: Story, at: datetime) -> None:
    """Let the host bodies pass requests on, and return a few; CLAIR accepts what has come."""
    officers = _officers(offices_by_code(OfficeKind.HOST_BODY).values(), Role.HOST)
    by_host: dict[int, list[Request]] = {}
    for request in _requests(story, "filed"):
        by_host.setdefault(request.organisation.parent_id or 0, []).append(request)
    for done, (host, some) in enumerate(sorted(by_host.items()), start=1):
        _check(story, officers[host], some, at)
        story.far(done, len(by_host))
    checked = _requests(story, "checked")
    late = checked[EARLY_EACH - 1 :: EARLY_EACH] or checked[-1:]
    timely = [one for one in checked if one not in late]
    story.do(placement.accept_many, timely, by=story.cast["clair-placement"], at=at)


def limit(story: Story, at: datetime) -> None:
    """Set a least number for a few host bodies."""
    officer = story.cast["clair-placement"]
    asking = {one.organisation.parent_id for one in _requests(story, "accepted")}
    hosts = [one for one in offices_by_code(OfficeKind.HOST_BODY).values() if one.pk in asking]
    for host in hosts[:5]:
        placement.set_limit(story.year, host, minimum=1, maximum=None, by=officer, at=at)


def try_a_run(story: Story, at: datetime) -> None:
    """Compute a run for the committee to look at; nobody is told anything."""
    _decide_by_hand(story, _run(story, f"{story.seed}-trial", at), at)


def work_by_hand(story: Story, at: datetime) -> None:
    """Compute a run, lock two people and swap two, as an officer does before the run that counts."""
    _decide_by_hand(story, _run(story, f"{story.seed}-first", at), at)


def _decide_by_hand(story: Story, run: Run, at: datetime) -> None:
    clair = story.cast["clair-placement"]
    rows = placed_in(run).exclude(request__organisation__code=CO)
    found = list(rows.filter(application__partner_number="")[:LOOKED_AT])
    if len(found) < LOOKED_AT:
        return
    people = [row.application for row in found[:LOCKED]]
    placement.lock(run, people, reason="受入校と事前調整済みのため。", by=clair, at=at)
    for one, other in combinations(found[LOCKED:], 2):
        turned = {one.application_id: other.request_id, other.application_id: one.request_id}
        apart = one.request.organisation_id != other.request.organisation_id
        if apart and not effect_of(run, LockKind.SWAP, turned, ask_engine=False).broken:
            why = "任用団体双方の希望による入れ替え。"
            people = [one.application, other.application]
            placement.swap(run, people[0], other=people[1], reason=why, by=clair, at=at)
            return


def place(story: Story, at: datetime) -> None:
    """Run the engine, have the committee decide, release the notices."""
    officer = story.cast["clair-placement"]
    first = runs_for(officer).filter(year=story.year, state=RunState.SOLVED).first()
    run = _run(story, story.seed, at, near=first)
    if first is not None:
        placement.discard(first, by=officer, at=at)
    resolve(story.cast, run.key, "run", f"{YEAR}-P1", by="committee-placement", at=at)
    placement.draft_notices(run, by=officer, at=at)
    run.refresh_from_db()
    count = letters_of(run).count()
    reason = "" if run.is_proved else UNPROVED
    placement.release_run(run, count=count, by=officer, at=at, reason=reason)


def agree(story: Story, at: datetime) -> None:
    """Let the organisations answer: most accept, a few object, a few have not answered yet."""
    rows = placements_for(story.cast["clair-placement"]).filter(state="told")
    told = list(rows.select_related("request__organisation").order_by("pk"))
    own = [one for one in told if one.request.organisation.code == CO]
    silent = {one.pk for one in [*told[SILENT_EACH - 1 :: SILENT_EACH], *own[:1]]}
    objected = {one.pk for one in told[OBJECTING_EACH - 1 :: OBJECTING_EACH]} - silent
    by_office: dict[int, list[Placement]] = {}
    for row in told:
        by_office.setdefault(row.request.organisation_id, []).append(row)
    officers = _officers([row.request.organisation for row in told], Role.ORGANISATION)
    for done, (office, some) in enumerate(sorted(by_office.items()), start=1):
        for row in some:
            if row.pk in objected:
                ground = "宿舎の準備が間に合いません。"
                placement.object(row, ground=ground, by=officers[office], at=at)
        agreed = [one for one in some if one.pk not in silent | objected]
        story.do(placement.agree_many, agreed, by=officers[office], at=at)
        story.far(done, len(by_office))
    _choose_schools(own, at, by=story.cast["co"])


def _choose_schools(own: list[Placement], at: datetime, *, by: Person) -> None:
    """Let the cast's organisation say in which schools its first newcomer will work."""
    for row in own[1:2]:
        row.refresh_from_db()
        schools = workplaces_for(by, row)[:2]
        placement.assign(row, workplaces=schools, by=by, at=at)


def run_again(story: Story, at: datetime) -> None:
    """Answer some objections, and compute a second run for those who replied late."""
    checked = _requests(story, "checked")
    clair = story.cast["clair-placement"]
    objected = placements_for(clair).filter(state="objected").order_by("pk")
    for row in list(objected)[::2]:
        placement.answer(row, ground=ANSWER, by=clair, at=at)
    story.do(placement.accept_many, checked[: len(checked) // 2], by=clair, at=at)
    _run(story, f"{story.seed}-2", at)


def _run(story: Story, seed: str, at: datetime, *, near: Run | None = None) -> Run:
    clair = story.cast["clair-placement"]
    run = placement.start_run(story.year, by=clair, at=at, seed=seed, near=near)
    jobs.drain()
    run.refresh_from_db()
    return run


def _check(story: Story, officer: Person, some: list[Request], at: datetime) -> None:
    """Pass on what one host body has before it; the cast's own leaves the last one open."""
    own = officer == story.cast["host"]
    others = [one for one in some if one.organisation.code != CO]
    unopened = others[-1:] if own else [one for one in others if one.pk % EARLY_EACH == 0]
    returned = [one for one in others if one.pk % RETURNED_EACH == 1 and one not in unopened]
    passed = [one for one in some if one not in [*unopened, *returned]]
    if returned:
        remark = "受入時期を確認してください。"
        placement.return_many(returned, remark=remark, by=officer, at=at)
    story.do(placement.check_many, passed, by=officer, at=at)


def _own_row(story: Story) -> dict[str, str]:
    """Let the cast's organisation ask for a few in the first tier, so that somebody comes."""
    row = request_row(CO, seats=OWN_SEATS, cir=False, chance=story.chance)
    return row | {"tier": "1", "licence_required": "no", "workplace": "岩美中学校", "wave": "a"}


def _rows(story: Story) -> Iterator[dict[str, str]]:
    """Let organisations ask by their size for as many ALTs and CIRs as are invited, and some more."""
    wanted = Counter[str]()
    for _country, position, count in groups(story.newcomers, story.marginals):
        wanted[position] += count
    for position, count in sorted(wanted.items()):
        seats = count + count * SPARE_OF_A_HUNDRED // 100 + 2
        asked = story.chance.choices(range(len(story.organisations)), story.sizes, k=seats)
        for index, number in sorted(Counter(asked).items()):
            organisation = story.organisations[index]
            yield from _of_one(story, organisation, number, cir=position == "CIR")


def _of_one(
    story: Story, organisation: dict[str, str], seats: int, *, cir: bool
) -> Iterator[dict[str, str]]:
    """Cut what one organisation asks for into requests, each for a place of work of its own."""
    places = workplaces(organisation["type"], cir=cir, chance=story.chance)
    for place in places:
        if seats <= 0:
            return
        number = 1 if cir else min(seats, story.chance.randint(1, MOST_SEATS))
        row = request_row(organisation["code"], seats=number, cir=cir, chance=story.chance)
        yield row | {"workplace": place}
        seats -= number


def _requests(story: Story, state: str) -> list[Request]:
    rows = requests_for(story.cast["clair-placement"]).filter(year=story.year, state=state)
    return list(rows.select_related("organisation").order_by("pk"))


def _officers(offices: Iterable[Office], role: Role) -> dict[int, Person]:
    """Give one officer for each of these offices."""
    found = officers_by_office({one.pk for one in offices}, role)
    return {office: people[0] for office, people in found.items() if people}
