from hypothesis import given
from hypothesis import strategies as st

from kakehashi.councils.rules import DECISION_NAMES, WORDS, kind_of, words_of


@given(st.lists(st.sampled_from([*DECISION_NAMES, *WORDS])))
def test_the_words_of_a_pack_become_ours(words: list[str]) -> None:
    assert words_of(" ".join(words)) == {WORDS.get(word, word) for word in words}
    assert words_of(" ".join(words)) <= {*DECISION_NAMES}


def test_the_key_of_a_thing_says_what_kind_of_decision_it_needs() -> None:
    assert kind_of("intake.plan/3") == "plan"
    assert kind_of("selection.round/1") == "results"
    assert kind_of("placement.run/9") == "run"
    assert kind_of("") == ""
    assert kind_of("handbook.page/1") == ""
