"""What offices do beside the year: letters under their numbers, stamps, and somebody away."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from kakehashi.approvals import actions as approvals
from kakehashi.correspondence import actions as correspondence
from kakehashi.correspondence.models import Entry
from kakehashi.correspondence.rules import Direction
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules.cast import HOST
from kakehashi.deputies import actions as deputies
from kakehashi.deputies.models import Deputy
from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.queries import offices_by_code
from kakehashi.directory.rules import Role
from kakehashi.kernel.clock import TOKYO
from kakehashi.kernel.scope import seen_by, unscoped

APRIL = date(2027, 4, 1)
STYLES = {"CLAIR": "自国協第", "MIC": "総行国第", "MOFA": "外人交第"}
INVENTED = "invented for the demonstration"
LETTERS = (  # by whom, from which office, about what, sent how many days ago, due in how many
    ("mic", "MIC", "2028年度招致計画に係る任用団体の要望数について（照会）", 20, -3),
    ("mofa", "MOFA", "Group A arrivals: final numbers by flight", 6, 2),
    ("host", HOST, "来日直後オリエンテーションの欠席者の取扱いについて（照会）", 4, 5),
)


def write_letters(story: Story, at: datetime) -> None:
    """Let the ministries, CLAIR and a host body write to each other, some of it due."""
    here = offices_by_code()
    for code, prefix in STYLES.items():
        for direction in Direction:
            correspondence.set_style(
                here[code],
                direction,
                prefix=prefix,
                suffix="号",
                valid_from=APRIL,
                source=INVENTED,
                by="system:demo",
                at=at,
            )
    for slug, office, subject, days_ago, due_in in LETTERS:
        day = timedelta(days=1)
        _send(
            story.cast[slug],
            here[office],
            here["CLAIR"],
            subject,
            due=at + due_in * day,
            at=at - days_ago * day,
        )
    _file(story.cast["clair-desk"], here, at)


def _file(desk: Person, here: dict[str, Office], at: datetime) -> None:
    """Say at CLAIR who answers one letter, and register one from outside the system."""
    came = _in_register_of(desk).filter(counterpart=here[HOST]).get()
    correspondence.assign(came, answerer=desk, by=desk, at=at)
    facts = {
        "counterpart_name": "全国町村会",
        "their_number": "町村発第118号",
        "subject": "語学指導等を行う外国青年の住居の確保について（要望）",
        "dated_on": (at - timedelta(days=8)).date(),
        "due_at": at + timedelta(days=21),
    }
    correspondence.register(here["CLAIR"], facts, by=desk, at=at - timedelta(days=7))


def ask_for_stamps(story: Story, at: datetime) -> None:
    """Answer MIC's letter: returned once, stamped by the chief, now before the head of the desk."""
    cast, clair = story.cast, offices_by_code()["CLAIR"]
    for kind in ("letter", "run"):
        approvals.set_route(
            clair,
            role=Role.CLAIR_PLACEMENT,
            kind=kind,
            way="chief-head",
            valid_from=at.astimezone(TOKYO).date(),
            source=INVENTED,
            by=cast["clair-head"],
            at=at,
        )
    officer = cast["clair-placement"]
    asked = _in_register_of(officer).filter(counterpart__code="MIC").get()
    facts = {
        "counterpart": asked.counterpart,
        "subject": "2028年度招致計画に係る任用団体の要望数について（回答）",
        "body": "照会のあった件について、取りまとめ団体から報告のあった要望数を別紙のとおり回答します。",
        "dated_on": at.date(),
        "answers": asked,
    }
    letter = correspondence.draft(clair, facts, by=officer, at=at)
    first = approvals.draft(letter.key, note="", by=officer, at=at)
    wanted = "回答が期限を過ぎた理由を、伺いに添えてください。"
    approvals.return_paper(first, reason=wanted, by=cast["clair-chief"], at=at)
    note = "取りまとめ団体からの報告がそろわず、期限を過ぎました。至急の決裁をお願いします。"
    paper = approvals.draft(letter.key, note=note, by=officer, at=at)
    approvals.stamp(paper, by=cast["clair-chief"], at=at)


def go_away(story: Story, at: datetime) -> None:
    """Let CLAIR's finance officer be away, with a colleague who has done something in their name."""
    cast, today = story.cast, at.astimezone(TOKYO).date()
    absent, deputy = cast["clair-finance"], cast["clair-desk"]
    named = deputies.name_deputy(
        _seat_of(absent),
        person=deputy,
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=11),
        reason="夏季休暇",
        by=absent,
        at=at - timedelta(days=2),
    )
    acting = _acting(named)
    deputies.note_act(named, by=acting, at=at)
    town = _in_register_of(acting).filter(counterpart_name="全国町村会").get()
    correspondence.assign(town, answerer=absent, by=acting, at=at)
    deputies.name_deputy(  # of another office: it waits for the head
        _seat_of(cast["clair-placement"]),
        person=cast["mext"],
        starts_on=today + timedelta(days=14),
        ends_on=today + timedelta(days=18),
        reason="海外出張",
        by=cast["clair-placement"],
        at=at,
    )


def _send(
    by: Person, office: Office, to: Office, subject: str, *, due: datetime, at: datetime
) -> Entry:
    facts = {"counterpart": to, "subject": subject, "dated_on": at.date(), "due_at": due}
    letter = correspondence.draft(office, facts, by=by, at=at)
    correspondence.send(letter, by=by, at=at)
    return letter


def _in_register_of(person: Person) -> QuerySet[Entry]:
    return seen_by(person, Entry).filter(direction=Direction.IN)


@unscoped("the cast's own seats")
def _seat_of(person: Person) -> Seat:
    return Seat.objects.filter(person=person, acts_for=None).earliest("pk")


@unscoped("a deputy signs in anew to act in another's name")
def _acting(named: Deputy) -> Person:
    person = Person.objects.get(pk=named.person_id)
    person.acts_from, person.in_name_of = named.acting_seat_id, named.seat.person_id
    return person
