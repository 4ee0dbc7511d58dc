import pytest

from kakehashi.matching import Level, Plan, read_plan

PLAN = Plan(
    market_sha256="00",
    assignment={"C-2": "p", "C-1": "q"},
    unplaced=("C-3",),
    levels=(Level("cost", 3),),
    bound=(Level("cost", None),),
    proved=False,
)
WRITTEN = (
    b'{"assignment":{"C-1":"q","C-2":"p"},"bound":[{"name":"cost","value":null}],'
    b'"format":"kakehashi-plan/1","levels":[{"name":"cost","value":3}],'
    b'"market_sha256":"00","proved":false,"unplaced":["C-3"]}'
)


def test_a_plan_is_written_in_canonical_form() -> None:
    assert PLAN.to_bytes() == WRITTEN


def test_a_plan_is_read_as_it_was_written() -> None:
    assert read_plan(WRITTEN) == PLAN


@pytest.mark.parametrize("data", [b"[]", b"{", b"{}", b'{"format":"kakehashi-plan/1"}'])
def test_what_is_no_plan_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_plan(data)
