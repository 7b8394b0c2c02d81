"""Drawing the sample, and what verdicts on it say about the dataset."""

import math
from collections import Counter
from random import Random

import pytest

from cs_pipeline.audit import sample as audit_sample
from cs_pipeline.audit.estimate import (
    AuditPlan,
    AuditVerdict,
    DrawnRow,
    Stratum,
    confidence_interval,
    estimate,
)
from cs_pipeline.errors import DatasetError
from tests.unit.audit.audits import drawn, row, rows


def plan_of(**strata: tuple[int, int]) -> AuditPlan:
    """A plan with so many rows and so many drawn of each stratum; ids are `<stratum>-<number>`."""
    return AuditPlan(
        dataset_version="d0001-aaaa",
        dataset_sha256="a" * 64,
        seed=1,
        strata=tuple(Stratum(name=name, rows=n, drawn=k) for name, (n, k) in strata.items()),
        drawn=tuple(
            DrawnRow(row_id=f"{name}-{number}", stratum=name, types=(), rules=())
            for name, (_, k) in strata.items()
            for number in range(k)
        ),
    )


def verdicts_of(plan: AuditPlan, **leaks: int) -> dict[str, AuditVerdict]:
    """`leak` for the first so many rows of each stratum, `ok` for the others."""
    return {
        one.row_id: "leak" if int(one.row_id.split("-")[1]) < leaks.get(one.stratum, 0) else "ok"
        for one in plan.drawn
    }


def sizes(plan: AuditPlan) -> dict[str, tuple[int, int]]:
    return {stratum.name: (stratum.rows, stratum.drawn) for stratum in plan.strata}


def test_a_row_belongs_to_the_rarest_type_in_it():
    plan, _ = drawn(rows(none=300, PHONE=120, PHONE_NAME=60, NAME_OTP=20, OTP_PHONE=8), size=100)
    assert {name: total for name, (total, _) in sizes(plan).items()} == {
        "none": 300,
        "PHONE": 120,
        "NAME": 60,
        "OTP": 28,
    }
    assert plan.rows == 508


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("제 번호는 #@전화번호#이에요", ("PHONE",)),
        ("#@이름2#님 #@이름#님 #@전화번호3#", ("NAME", "PHONE")),
        ("#@주소##@생년월일#", ("ADDRESS", "DOB")),
        ("전화번호 알려 주세요", ()),
        ("#전화번호# @이름", ()),
        ("#@품번#", ()),
    ],
)
def test_the_types_of_a_row_are_those_of_its_placeholders(text, types):
    assert row(1, text=text).types == types


def test_every_stratum_gets_a_few_rows_and_the_rest_goes_by_size():
    plan, sample = drawn(rows(none=6000, PHONE=3000, NAME=900, OTP=40, CARD=3), size=200)
    of = sizes(plan)
    assert {name: of[name][1] for name in ("OTP", "CARD")} == {"OTP": 5, "CARD": 3}
    assert of["none"][1] == pytest.approx(2 * of["PHONE"][1], abs=2)
    assert of["PHONE"][1] == pytest.approx(of["NAME"][1] * 10 / 3, abs=3)
    assert sum(count for _, count in of.values()) == len(sample) == len(plan.drawn) == 200
    assert Counter(one.stratum for one in plan.drawn) == {n: k for n, (_, k) in of.items()}


def test_many_small_strata_leave_half_of_the_sample_to_the_others():
    kinds = ("PHONE", "NAME", "OTP", "CARD", "DOB", "RRN", "BRN", "URL", "IP", "EMAIL")
    plan, _ = drawn(rows(none=9000, **dict.fromkeys(kinds, 20)), size=40)
    assert {k for name, (_, k) in sizes(plan).items() if name != "none"} == {1}
    assert sizes(plan)["none"][1] == 30


def test_the_sample_is_no_larger_than_the_dataset():
    plan, sample = drawn(rows(none=20, PHONE=15), size=200)
    assert sizes(plan) == {"none": (20, 20), "PHONE": (15, 15)}
    assert {one.row_id for one in sample} == {f"aa-{number}" for number in range(35)}


def test_the_same_seed_draws_the_same_rows_and_another_one_others():
    source = rows(none=2000, PHONE=500, PHONE_NAME=100)
    first, again, other = (drawn(source, seed=seed) for seed in (7, 7, 8))
    assert first == again
    assert {one.row_id for one in first[1]} != {one.row_id for one in other[1]}
    assert [one.row_id for one in first[1]] == [one.row_id for one in first[0].drawn]


def test_rows_lie_in_random_order():
    plan, _ = drawn(rows(none=500, PHONE=500))
    assert len({one.stratum for one in plan.drawn[:20]}) == 2
    assert [one.stratum for one in plan.drawn] != sorted(one.stratum for one in plan.drawn)


def test_within_a_stratum_every_row_has_the_same_chance():
    source = rows(NAME=60, NAME_PHONE=15, PHONE=900)  # two sets of types, one stratum
    times: Counter[str] = Counter()
    for seed in range(400):
        plan, _ = drawn(source, size=100, seed=seed)
        times.update(one.row_id for one in plan.drawn if one.stratum == "NAME")
        assert sizes(plan)["NAME"][0] == 75
    expected = sum(times.values()) / 75
    chi_squared = sum((times[f"aa-{number}"] - expected) ** 2 / expected for number in range(75))
    assert chi_squared < 119  # of 74 degrees of freedom: exceeded once in a thousand


def test_memory_is_bounded_by_the_size_of_the_sample():
    endless = (row(number, *(["PHONE"] if number % 3 else [])) for number in range(20_000))
    strata = audit_sample._strata(endless, 50, Random(1))
    kept = [len(part.kept) for parts in strata.values() for part in parts]
    assert kept == [50, 50]


@pytest.mark.parametrize("count", [0, 1, 29])
def test_a_tiny_dataset_is_not_sampled(count):
    with pytest.raises(DatasetError, match=rf"\b{count}(행| rows)"):
        drawn(rows(none=count))


@pytest.mark.parametrize("reviewed", [30, 100, 200, 1000, 10_000])
def test_nothing_found_follows_the_rule_of_three(reviewed):
    low, high = confidence_interval(0.0, reviewed)
    assert low == 0
    assert high == pytest.approx(3 / reviewed, rel=0.06)
    assert high == pytest.approx(1 - 0.05 ** (1 / reviewed))
    assert confidence_interval(1.0, reviewed) == (pytest.approx(1 - high), 1.0)


def binomial(rows: int, rate: float) -> list[float]:
    """Chance of 0, 1, ... `rows` leaks among so many rows."""
    return [math.comb(rows, k) * rate**k * (1 - rate) ** (rows - k) for k in range(rows + 1)]


@pytest.mark.parametrize(("found", "reviewed"), [(1, 200), (5, 100), (10, 20), (195, 200)])
def test_the_ends_of_the_interval_leave_a_fortieth_on_either_side(found, reviewed):
    low, high = confidence_interval(found / reviewed, reviewed)
    assert low < found / reviewed < high
    assert sum(binomial(reviewed, low)[found:]) == pytest.approx(0.025, abs=1e-6)
    assert sum(binomial(reviewed, high)[: found + 1]) == pytest.approx(0.025, abs=1e-6)


def test_a_simple_random_sample_covers_every_rate():
    intervals = [confidence_interval(found / 200, 200) for found in range(201)]
    covered = []
    for rate in (number / 4000 for number in range(1, 2000)):
        chances = zip(binomial(200, rate), intervals, strict=True)
        covered.append(sum(chance for chance, (low, high) in chances if low <= rate <= high))
    assert min(covered) >= 0.937
    assert sum(covered) / len(covered) >= 0.95


def test_strata_count_by_their_real_sizes():
    plan = plan_of(none=(9000, 60), PHONE=(1000, 40))
    result = estimate(plan, verdicts_of(plan, none=3, PHONE=20))
    assert result.leak.share == pytest.approx(0.9 * 3 / 60 + 0.1 * 20 / 40)
    assert result.effective_rows == pytest.approx(60 / 0.9)
    assert result.leak.low < result.leak.share < result.leak.high
    assert (result.leak.rows, result.overmasked.rows, result.overmasked.share) == (23, 0, 0)
    assert (result.rows, result.rows_represented, result.reviewed) == (10_000, 10_000, 100)
    assert [(one.name, one.reviewed, one.leaks) for one in result.strata] == [
        ("none", 60, 3),
        ("PHONE", 40, 20),
    ]


def test_a_leak_in_a_small_stratum_does_not_narrow_what_the_large_one_leaves_open():
    plan = plan_of(none=(99_900, 60), OTP=(100, 40))
    clean, one_leak = (estimate(plan, verdicts_of(plan, OTP=leaks)) for leaks in (0, 1))
    assert one_leak.leak.high >= clean.leak.high


def test_only_filled_rows_count():
    plan = plan_of(none=(900, 60), PHONE=(80, 20), OTP=(20, 20))
    verdicts = verdicts_of(plan, none=60)
    verdicts = {key: verdicts[key] for key in list(verdicts)[:70]}
    result = estimate(plan, verdicts)
    assert (result.drawn, result.reviewed) == (100, 70)
    assert (result.rows, result.rows_represented) == (1000, 980)
    assert result.leak.share == pytest.approx(900 / 980)
    assert [one.reviewed for one in result.strata] == [60, 10, 0]


@pytest.mark.parametrize("filled", [0, 1, 29])
def test_too_few_verdicts_are_no_estimate(filled):
    plan = plan_of(none=(900, 60))
    verdicts = dict(list(verdicts_of(plan).items())[:filled])
    with pytest.raises(DatasetError, match=rf"\b{filled}(행| rows)"):
        estimate(plan, verdicts)


def test_thirty_verdicts_are_enough():
    plan = plan_of(none=(900, 60))
    assert estimate(plan, dict(list(verdicts_of(plan).items())[:30])).reviewed == 30


def test_verdicts_are_counted_by_type_and_rule():
    source = [
        *(row(number, "PHONE", rules=("phone.mobile",)) for number in range(30)),
        *(row(number, "PHONE", "NAME", rules=("name.cue", "phone.mobile")) for number in (30, 31)),
        *(row(number) for number in range(32, 40)),
    ]
    plan, _ = drawn(source)
    said = dict.fromkeys((f"aa-{number}" for number in range(40)), "ok")
    said |= {"aa-0": "leak", "aa-30": "leak", "aa-39": "leak", "aa-31": "overmasked"}
    result = estimate(plan, said)
    assert result.leak.rows == 3
    assert result.leak.by_type == {"PHONE": 2, "NAME": 1}
    assert result.leak.by_rule == {"phone.mobile": 2, "name.cue": 1}
    assert result.overmasked.by_rule == {"name.cue": 1, "phone.mobile": 1}
    assert "OTP" not in result.leak.by_type


MIXED = {"none": 40_000, "PHONE": 6000, "NAME": 3000, "ADDRESS": 700, "RRN": 200, "OTP": 30}
EVEN = {f"S{number}": 2000 for number in range(20)}


@pytest.mark.parametrize(
    ("sizes", "rates"),
    [
        pytest.param({"none": 50_000}, {"none": 0.001}, id="hardly-any"),
        pytest.param({"none": 50_000}, {"none": 0.1}, id="simple-random-sample"),
        pytest.param(MIXED, dict.fromkeys(MIXED, 0.0), id="none"),
        pytest.param(MIXED, {"none": 0.005}, id="in-what-was-not-found"),
        pytest.param(MIXED, {"none": 0.02, "PHONE": 0.02}, id="in-the-two-largest"),
        pytest.param(MIXED, {"RRN": 0.5, "OTP": 1.0}, id="in-the-smallest"),
        pytest.param(MIXED, {"NAME": 0.2, "none": 0.001}, id="in-names"),
        pytest.param(MIXED, {"none": 0.3, "PHONE": 0.1}, id="often"),
        pytest.param(EVEN, dict.fromkeys(EVEN, 0.015), id="everywhere-alike"),
    ],
)
def test_the_interval_covers_the_true_rate(sizes, rates):
    leaking = {name: round(count * rates.get(name, 0)) for name, count in sizes.items()}
    true_rate = sum(leaking.values()) / sum(sizes.values())
    shares = audit_sample._allocate(sizes, 200)
    plan = plan_of(**{name: (sizes[name], shares[name]) for name in sizes})
    chance = Random(20260301)
    covered = 0
    for _ in range(500):
        found = {
            name: sum(place < leaking[name] for place in chance.sample(range(count), shares[name]))
            for name, count in sizes.items()
        }
        leak = estimate(plan, verdicts_of(plan, **found)).leak
        covered += leak.low <= true_rate <= leak.high
    assert covered / 500 >= 0.93
