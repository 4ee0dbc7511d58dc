from kakehashi.demo.actions.acts import ACTS
from kakehashi.demo.rules import MOMENTS, Stage


def test_the_acts_stand_in_the_order_of_their_days_and_stages() -> None:
    stages = [list(Stage).index(act.stage) for act in ACTS]

    assert [act.at for act in ACTS] == sorted(act.at for act in ACTS)
    assert stages == sorted(stages)
    assert {act.stage for act in ACTS} == set(Stage)


def test_an_act_happens_before_the_moment_at_which_its_stage_stops() -> None:
    assert [str(act.words) for act in ACTS if act.at > MOMENTS[act.stage]] == []


def test_every_act_is_told_by_its_own_words_and_its_own_chance() -> None:
    assert len({str(act.words) for act in ACTS}) == len(ACTS)
    assert len({act.play.__name__ for act in ACTS}) == len(ACTS)
