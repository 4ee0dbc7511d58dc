"""Leaving a seat: nothing that lies with it is forgotten, and its rights end at once."""

from datetime import date, timedelta

import pytest
from django.test import Client

from kakehashi.accounts import actions
from kakehashi.directory.actions import HoldsOpenWork, LastOperator, close_seat
from kakehashi.directory.models import Person, Seat
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock
from kakehashi.kernel.models import Post
from kakehashi.kernel.open_work import CannotTake, lying_with
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.trail import lines_about
from kakehashi.selection.actions import assign
from kakehashi.selection.tests import factories as selecting

pytestmark = pytest.mark.django_db
LAST = date(2026, 10, 1)


def seat_of(person: Person) -> Seat:
    return Seat.objects.select_related("office", "person").get(person=person)


def waiting_invitation(by: Person, email: str = "new@demo.invalid") -> None:
    terms = actions.Terms(starts_on=LAST)
    actions.invite(
        email, office=make.mission(), role=Role.READER, terms=terms, by=by, at=clock.now()
    )


def test_no_seat_closes_while_work_lies_with_it() -> None:
    leaver, operator = make.officer(Role.MISSION), make.officer(Role.OPERATOR)
    waiting_invitation(leaver)
    seat = seat_of(leaver)
    for end in (close_seat, actions.leave):
        with pytest.raises(HoldsOpenWork) as told:
            end(seat, ends_on=LAST, by=operator, at=make.NOON)
        (load,) = told.value.loads
        assert (load.kind.name, len(load.pieces)) == ("invitations", 1)
    seat.refresh_from_db()
    assert seat.ends_on is None


def test_work_goes_to_a_successor_and_then_the_seat_ends() -> None:
    leaver, successor = make.officer(Role.MISSION), make.officer(Role.MISSION)
    waiting_invitation(leaver)
    waiting_invitation(leaver, "other@demo.invalid")
    seat = seat_of(leaver)
    (load,) = lying_with(seat)
    at = clock.now()
    keys = [piece.key for piece in load.pieces]
    moved = actions.hand_over(seat, {"invitations": keys[:1]}, to=successor, by=leaver, at=at)
    assert (moved, len(lying_with(seat)[0].pieces)) == (1, 1)
    actions.hand_over(seat, {"invitations": keys}, to=successor, by=leaver, at=at)
    assert lying_with(seat) == []
    actions.leave(seat, ends_on=LAST, by=successor, at=at)
    seat.refresh_from_db()
    assert seat.ends_on == LAST
    letters = Post.objects.order_by("pk").values_list("letter", "to")
    assert list(letters) == [
        ("accounts/work_handed_over", successor.pk),
        ("accounts/work_handed_over", successor.pk),
        ("accounts/seat_ended", leaver.pk),
    ]
    deeds = [line.deed for line in lines_about([seat.key])]
    assert deeds == ["close_seat", "hand_over", "hand_over", "open_seat"]


def test_work_goes_only_to_whoever_holds_the_same_seat() -> None:
    leaver, stranger = make.officer(Role.MISSION), make.officer(Role.READER)
    waiting_invitation(leaver)
    seat = seat_of(leaver)
    keys = [piece.key for piece in lying_with(seat)[0].pieces]
    with pytest.raises(CannotTake):
        actions.hand_over(seat, {"invitations": keys}, to=stranger, by=leaver, at=make.NOON)
    with pytest.raises(Refused):
        actions.hand_over(seat, {"invitations": keys}, to=leaver, by=stranger, at=make.NOON)


def test_the_last_operator_cannot_leave() -> None:
    last = make.officer(Role.OPERATOR)
    with pytest.raises(LastOperator):
        close_seat(seat_of(last), ends_on=LAST, by=last, at=make.NOON)
    make.officer(Role.OPERATOR)
    close_seat(seat_of(last), ends_on=LAST, by=last, at=make.NOON)


def test_an_operator_who_ends_no_later_does_not_count_as_one_who_stays() -> None:
    last, other = make.officer(Role.OPERATOR), make.officer(Role.OPERATOR)
    Seat.objects.filter(person=other).update(ends_on=LAST)
    with pytest.raises(LastOperator):
        close_seat(seat_of(last), ends_on=LAST, by=last, at=make.NOON)


def test_a_readers_readings_go_to_another_reader_who_opens_them_anew() -> None:
    here = selecting.cast()
    (screening,) = selecting.assigned(here, *selecting.applied(here))
    selecting.opened(screening)
    seat = Seat.objects.get(person=here.reader, role=Role.READER)
    successor = make.officer(Role.READER, seat.office)
    (load,) = lying_with(seat)
    assert [piece.key for piece in load.pieces] == [screening.key]
    keys = [screening.key]
    actions.hand_over(seat, {"readings": keys}, to=successor, by=here.reader, at=clock.now())
    screening.refresh_from_db()
    assert (screening.reader_id, screening.declared_at) == (successor.pk, None)
    assert lying_with(seat) == []


def test_nobody_is_handed_an_application_they_read_already() -> None:
    here = selecting.cast()
    (application,) = selecting.applied(here)
    selecting.assigned(here, application)
    seat = Seat.objects.get(person=here.reader, role=Role.READER)
    successor = make.officer(Role.READER, seat.office)
    assign([application], readers=[successor], each=2, by=here.officer, at=selecting.NOON)
    (load,) = lying_with(seat)
    keys = [piece.key for piece in load.pieces]
    with pytest.raises(CannotTake):
        actions.hand_over(
            seat, {"readings": keys}, to=successor, by=here.reader, at=clock.now()
        )


def test_the_rights_of_an_ended_seat_end_in_the_middle_of_a_sign_in() -> None:
    head, client = make.officer(Role.MISSION), Client()
    client.force_login(head)
    assert client.get("/accounts/invitations/").status_code == 200
    Seat.objects.filter(person=head).update(
        starts_on=date(2020, 1, 1), ends_on=clock.today() - timedelta(days=1)
    )
    assert client.get("/accounts/invitations/").status_code == 403


class Wizard:
    """The leaver's pages, as their head sees them."""

    def __init__(self) -> None:
        self.leaver, self.head = make.officer(Role.MISSION), make.officer(Role.MISSION)
        self.seat = seat_of(self.leaver)
        self.client = Client()
        self.client.force_login(self.head)
        waiting_invitation(self.leaver)

    def post(self, move: str, **typed: object) -> tuple[int, str]:
        answer = self.client.post(f"/accounts/leaving/{self.seat.pk}/{move}/", typed)
        return answer.status_code, answer.content.decode()


def test_the_wizard_lists_hands_over_and_ends() -> None:
    here = Wizard()
    page = here.client.get(f"/accounts/leaving/{here.seat.pk}/").content.decode()
    assert "new@demo.invalid is invited" in page
    assert "End the seat" not in page
    status, page = here.post("leave", ends_on="2026-10-01")
    assert (status, "Hand it over first" in page) == (422, True)
    status, page = here.post("hand_over", to=str(here.head.pk))
    assert (status, "Choose what is handed over." in page) == (422, True)
    (load,) = lying_with(here.seat)
    ticked = f"invitations|{load.pieces[0].key}"
    assert (f'value="{ticked}" checked' in page, "cannot be handed over" in page) == (
        True,
        False,
    )
    assert here.post("hand_over", to=str(here.head.pk), piece=ticked)[0] == 302
    assert here.post("leave", ends_on="2020-01-01")[0] == 422
    assert here.post("leave", ends_on="2026-10-01")[0] == 302
    here.seat.refresh_from_db()
    assert here.seat.ends_on == LAST


def test_a_stranger_does_not_learn_what_lies_with_a_seat() -> None:
    here, stranger = Wizard(), make.officer(Role.MOFA)
    here.client.force_login(stranger)
    assert here.client.get(f"/accounts/leaving/{here.seat.pk}/").status_code == 403
    here.client.force_login(make.person())
    assert here.client.get(f"/accounts/leaving/{here.seat.pk}/").status_code == 404


def told_of_ends() -> list[tuple[int, str]]:
    letters = Post.objects.filter(letter="accounts/seat_ends_soon").order_by("to")
    return [(one.to_id, one.about) for one in letters]


def test_whoever_holds_open_work_is_told_once_before_their_seat_ends() -> None:
    leaver, head = make.officer(Role.MISSION), make.officer(Role.MISSION)
    idle = make.officer(Role.MISSION)
    waiting_invitation(leaver)
    last = make.TODAY + timedelta(days=14)
    Seat.objects.filter(person__in=[leaver, idle]).update(ends_on=last)
    assert actions.warn_of_ends(at=make.NOON - timedelta(days=1)) == 0
    assert told_of_ends() == []
    assert [actions.warn_of_ends(at=make.NOON) for _ in range(2)] == [1, 1]
    key = seat_of(leaver).key
    assert told_of_ends() == [(pk, key) for pk in sorted([leaver.pk, head.pk, idle.pk])]


def test_an_office_without_another_head_has_its_operators_told() -> None:
    leaver, operator = make.officer(Role.MISSION), make.officer(Role.OPERATOR)
    waiting_invitation(leaver)
    Seat.objects.filter(person=leaver).update(ends_on=make.TODAY)
    assert actions.warn_of_ends(at=make.NOON) == 1
    key = seat_of(leaver).key
    assert told_of_ends() == [(pk, key) for pk in sorted([leaver.pk, operator.pk])]
    Seat.objects.filter(person=leaver).update(ends_on=make.TODAY - timedelta(days=1))
    assert actions.warn_of_ends(at=make.NOON) == 0
