from kakehashi.approvals.rules import digest, first_step, kind_of


def test_a_paper_begins_above_its_drafter_and_the_last_stamp_is_always_anothers() -> None:
    way = ["chief", "head"]
    assert [first_step(way, rank) for rank in ("", "chief", "head")] == [0, 1, 1]
    assert [first_step(["head"], rank) for rank in ("", "chief", "head")] == [0, 0, 0]


def test_the_name_of_a_thing_changes_with_anything_in_it() -> None:
    same = digest([("IE", 3)], "x")
    assert digest([("IE", 3)], "x") == same
    others = {digest([("IE", 4)], "x"), digest([("IE", 3)], "y"), digest([("IE", 3)]), digest()}
    assert len(others | {same}) == 5


def test_only_what_an_office_releases_has_a_kind() -> None:
    keys = ("intake.plan/3", "selection.round/1", "placement.run/9", "x.y/1", "")
    assert [kind_of(key) for key in keys] == ["plan", "results", "run", "", ""]
