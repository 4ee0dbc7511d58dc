from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.kernel.words import say
from kakehashi.placement import rules
from kakehashi.placement.rules import Candidate, Offer, Post, Wish
from kakehashi.recruitment.rules import JAPANESE_LEVELS, Setting

ANYONE = Candidate(
    position="ALT",
    may_be_alt=False,
    country="IE",
    languages=frozenset({"en"}),
    japanese_level="none",
    has_licence=False,
    has_qualification=False,
    departs_early=False,
    has_family=False,
)
ANYWHERE = Post(
    position="ALT",
    wave="a",
    language="",
    country="",
    japanese_level="none",
    licence=False,
    qualification=False,
    family_housing=True,
    is_open=True,
)
SETTINGS = [setting.value for setting in Setting]
PREFECTURES = ["", "01", "13", "26", "31"]
POSITIONS = ["ALT", "CIR", "SEA"]
WEIGHTS = {
    "wish-1": 0,
    "wish-2": 100,
    "wish-3": 200,
    "wish-none": 400,
    "wish-open": 0,
    "area-one-step": 30,
    "area-opposite": 60,
    "nationality-soft": 50,
    "predecessor-nationality": 20,
    "japanese-shortfall-soft": 30,
    "japanese-surplus": 10,
    "couple-neighbour": 40,
}
candidates = st.builds(
    Candidate,
    position=st.sampled_from(POSITIONS),
    may_be_alt=st.booleans(),
    country=st.sampled_from(["IE", "FR"]),
    languages=st.frozensets(st.sampled_from(["en", "fr", "ko"])),
    japanese_level=st.sampled_from(JAPANESE_LEVELS),
    has_licence=st.booleans(),
    has_qualification=st.booleans(),
    departs_early=st.booleans(),
    has_family=st.booleans(),
)
posts = st.builds(
    Post,
    position=st.sampled_from(POSITIONS),
    wave=st.sampled_from(["april", "a", "b"]),
    language=st.sampled_from(["", "en", "fr"]),
    country=st.sampled_from(["", "IE", "FR"]),
    japanese_level=st.sampled_from(JAPANESE_LEVELS),
    licence=st.booleans(),
    qualification=st.booleans(),
    family_housing=st.booleans(),
    is_open=st.booleans(),
)
wishes = st.builds(
    Wish,
    prefectures=st.tuples(*[st.sampled_from(PREFECTURES)] * 3),
    setting=st.sampled_from(SETTINGS),
    country=st.sampled_from(["IE", "FR"]),
    japanese_level=st.sampled_from(JAPANESE_LEVELS),
)
offers = st.builds(
    Offer,
    prefecture=st.sampled_from(PREFECTURES[1:]),
    setting=st.sampled_from(SETTINGS),
    wished_country=st.sampled_from(["", "IE", "FR"]),
    japanese_level=st.sampled_from(JAPANESE_LEVELS),
    wished_japanese=st.sampled_from(JAPANESE_LEVELS),
    predecessor=st.sampled_from(["", "IE", "FR"]),
)


@pytest.mark.parametrize(
    ("rule", "person", "post"),
    [
        ("closed", {}, {"is_open": False}),
        ("position", {}, {"position": "CIR"}),
        ("position", {"position": "CIR"}, {}),
        ("wave", {}, {"wave": "april"}),
        ("wave", {"departs_early": True}, {}),
        ("language", {}, {"language": "fr"}),
        ("nationality", {}, {"country": "FR"}),
        ("japanese", {"japanese_level": "N4"}, {"japanese_level": "N3"}),
        ("licence", {}, {"licence": True}),
        ("qualification", {}, {"qualification": True}),
        ("family", {"has_family": True}, {"family_housing": False}),
        ("", {}, {}),
        ("", {"position": "CIR", "may_be_alt": True}, {}),
        ("", {"departs_early": True}, {"wave": "april"}),
        ("", {"languages": frozenset({"en", "fr"})}, {"language": "FR"}),
        ("", {"country": "FR"}, {"country": "FR"}),
        ("", {"japanese_level": "N3"}, {"japanese_level": "N3"}),
        ("", {"has_licence": True}, {"licence": True}),
        ("", {"has_qualification": True}, {"qualification": True}),
        ("", {"has_family": True}, {}),
    ],
)
def test_a_hard_rule_keeps_a_person_and_a_post_apart(
    rule: str, person: dict[str, object], post: dict[str, object]
) -> None:
    candidate = replace(ANYONE, **person)  # type: ignore[arg-type]  # facts of a test
    asked = replace(ANYWHERE, **post)  # type: ignore[arg-type]  # facts of a test

    assert rules.obstacle(candidate, asked) == rule


@given(candidates, posts)
def test_the_named_rule_is_the_first_that_says_no(person: Candidate, post: Post) -> None:
    named = rules.obstacle(person, post)
    broken = [rule.code for rule in rules.HARD_RULES if not rule.allows(person, post)]

    assert named == (broken[0] if broken else "")


@given(candidates, posts)
def test_asking_for_less_never_keeps_anybody_out(person: Candidate, post: Post) -> None:
    easier = replace(
        post,
        language="",
        country="",
        japanese_level="none",
        licence=False,
        qualification=False,
        family_housing=True,
        is_open=True,
    )

    if rules.obstacle(person, post) == "":
        assert rules.obstacle(person, easier) == ""


def test_every_rule_has_its_sentence_in_both_languages() -> None:
    assert list(rules.SENTENCES) == [
        "closed",
        "position",
        "wave",
        "language",
        "nationality",
        "japanese",
        "licence",
        "qualification",
        "family",
        "ban",
    ]
    assert all(say(words, "en").endswith(".") for words in rules.SENTENCES.values())


def test_a_family_need_is_named_only_to_those_who_may_know_it() -> None:
    assert rules.why_not("family", may_name_needs=True) == rules.SENTENCES["family"]
    assert rules.why_not("family", may_name_needs=False) == rules.UNNAMED
    assert rules.why_not("licence", may_name_needs=False) == rules.SENTENCES["licence"]


@pytest.mark.parametrize(
    ("designated", "others", "found"),
    [
        ("en", "", {"en"}),
        ("en", "fr, ko", {"en", "fr", "ko"}),
        ("fr", "EN; de / ru", {"fr", "en", "de", "ru"}),
        ("", "pt、es", {"pt", "es"}),
    ],
)
def test_languages_are_read_from_what_people_write(
    designated: str, others: str, found: set[str]
) -> None:
    assert rules.languages_of(designated, others) == found


@given(wishes, offers)
def test_the_rank_is_the_first_wish_for_that_prefecture(wish: Wish, offer: Offer) -> None:
    rank = rules.rank_of(wish, offer.prefecture)

    if rank is None:
        assert offer.prefecture not in wish.prefectures
    else:
        assert wish.prefectures[rank - 1] == offer.prefecture
        assert offer.prefecture not in wish.prefectures[: rank - 1]


def test_a_second_wish_stays_the_second_where_the_first_is_open() -> None:
    wish = Wish(prefectures=("", "31", ""), setting="none", country="IE", japanese_level="none")

    assert rules.rank_of(wish, "31") == 2
    assert rules.rank_of(wish, "") is None


@given(wishes, offers)
def test_the_cost_is_the_sum_of_parts_that_all_have_names(wish: Wish, offer: Offer) -> None:
    found = rules.parts(wish, offer, WEIGHTS)

    assert rules.cost_of(found) == sum(cost for _code, cost in found)
    assert {code for code, _cost in found} <= set(rules.PART_NAMES)
    assert found[0][0].startswith("wish-")


def test_a_place_costs_what_each_missed_wish_weighs() -> None:
    wish = Wish(
        prefectures=("13", "26", "31"), setting="urban", country="IE", japanese_level="N2"
    )
    offer = Offer(prefecture="31", setting="rural", wished_country="FR", japanese_level="N4")

    assert rules.parts(wish, offer, WEIGHTS) == (
        ("wish-3", 200),
        ("area-opposite", 60),
        ("nationality-soft", 50),
        ("japanese-surplus", 20),
    )


@pytest.mark.parametrize(
    ("spoken", "asked", "hoped", "told"),
    [
        ("N3", "none", "N1", (("japanese-shortfall-soft", 60),)),
        ("N1", "none", "N1", ()),
        ("N3", "N3", "N3", ()),
        ("N1", "N4", "N2", (("japanese-surplus", 10),)),
        ("N1", "N4", "none", (("japanese-surplus", 30),)),
        ("none", "none", "none", ()),
    ],
)
def test_japanese_is_weighed_against_what_is_hoped_for_and_what_is_asked(
    spoken: str, asked: str, hoped: str, told: tuple[tuple[str, int], ...]
) -> None:
    wish = Wish(prefectures=("", "", ""), setting="", country="IE", japanese_level=spoken)
    offer = Offer(
        prefecture="31",
        setting="",
        wished_country="",
        japanese_level=asked,
        wished_japanese=hoped,
    )
    assert rules.parts(wish, offer, WEIGHTS) == (("wish-open", 0), *told)


@pytest.mark.parametrize(
    ("country", "told"), [("IE", ()), ("FR", (("predecessor-nationality", 20),))]
)
def test_whoever_follows_somebody_of_the_same_nationality_costs_nothing(
    country: str, told: tuple[tuple[str, int], ...]
) -> None:
    wish = Wish(prefectures=("", "", ""), setting="", country=country, japanese_level="none")
    offer = Offer(
        prefecture="31",
        setting="",
        wished_country="",
        japanese_level="none",
        predecessor="IE",
    )
    assert rules.parts(wish, offer, WEIGHTS) == (("wish-open", 0), *told)


def test_a_sister_city_takes_something_off_but_never_more_than_the_rest_costs() -> None:
    far = Wish(prefectures=("13", "", ""), setting="", country="IE", japanese_level="none")
    near = Wish(prefectures=("31", "", ""), setting="", country="IE", japanese_level="none")
    other = Wish(prefectures=("13", "", ""), setting="", country="FR", japanese_level="none")
    offer = Offer(
        prefecture="31",
        setting="",
        wished_country="",
        japanese_level="none",
        sisters=frozenset({"IE", "US"}),
    )
    weights = WEIGHTS | {"sister-city-bonus": 40}

    assert rules.parts(far, offer, weights) == (("wish-none", 400), ("sister-city-bonus", -40))
    assert rules.parts(near, offer, weights) == (("wish-1", 0), ("sister-city-bonus", 0))
    assert rules.parts(other, offer, weights) == (("wish-none", 400),)


def test_a_place_as_wished_costs_nothing_and_says_so() -> None:
    wish = Wish(prefectures=("31", "", ""), setting="rural", country="IE", japanese_level="N5")
    offer = Offer(prefecture="31", setting="rural", wished_country="IE", japanese_level="N5")

    assert rules.parts(wish, offer, WEIGHTS) == (
        ("wish-1", 0),
        ("area-met", 0),
        ("nationality-met", 0),
    )


@given(
    st.dictionaries(st.integers(0, 200), st.integers(0, 9), max_size=80),
    st.integers(1, 40),
    st.integers(0, 2**64),
)
def test_within_reach_keeps_the_cheap_half_and_never_too_many(
    options: dict[int, int], most: int, number: int
) -> None:
    kept = rules.within_reach(options, most, number=number)

    assert len(kept) == min(len(options), most)
    assert all(options[key] == cost for key, cost in kept.items())
    if len(options) > most:
        near = most - most // 2
        cheapest = sorted(options.values())[:near]
        assert sorted(kept.values())[:near] == cheapest


@given(st.dictionaries(st.integers(0, 200), st.integers(0, 3), min_size=30), st.integers(1, 9))
def test_the_same_lot_keeps_the_same_options(options: dict[int, int], most: int) -> None:
    turned = dict(reversed(options.items()))
    number = rules.lot("seed", "a1")

    assert rules.within_reach(options, most, number=number) == rules.within_reach(
        turned, most, number=number
    )


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 2**64))
def test_whoever_is_drawn_is_drawn_once(size: int, count: int, number: int) -> None:
    found = rules.drawn(range(size), count, number)

    assert len(found) == len(set(found)) == min(size, count)


def test_small_markets_keep_everything_and_large_ones_two_dozen_options() -> None:
    assert rules.reach(50) == 960
    assert rules.reach(1000) == 48
    assert rules.reach(5800) == 24


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_a_pair_is_two_who_name_each_other(partners: dict[str, str]) -> None:
    pairs = rules.in_pairs(partners)
    everyone = [one for pair in pairs for one in pair]

    assert len(everyone) == len(set(everyone))
    assert all(
        partners[one] == other and partners[other] == one and one < other
        for one, other in pairs
    )


def test_a_seed_is_bound_before_anyone_knows_it() -> None:
    bound = rules.commitment("seed", "salt")

    assert len(bound) == 64
    assert bound == rules.commitment("seed", "salt")
    assert bound != rules.commitment("seeds", "alt")


def test_levels_have_plain_names() -> None:
    assert say(rules.level_name("unplaced"), "en") == "People without a place"
    assert say(rules.level_name("unfilled/2"), "en") == "Seats left empty, priority 2"


def test_what_a_post_asks_for_is_listed() -> None:
    asked = replace(ANYWHERE, language="fr", japanese_level="N3", licence=True)

    assert [say(words, "en") for words in rules.demands(asked)] == [
        "The language that is asked for",
        "Japanese at the level that is asked for",
        "A driving licence",
    ]
    assert rules.demands(ANYWHERE) == []
