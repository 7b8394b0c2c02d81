"""The vectorised rules against the same rules told plainly, on few keys that often meet."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from cs_pipeline.dataset import selection
from cs_pipeline.dataset.keys import BANDS, RowKeys
from cs_pipeline.dataset.selection import Rules, select
from cs_pipeline.dataset.touched_rows import KeySet, ShardRows, Status

VAL, TRAIN = 0, 2**63
rows = st.tuples(
    st.integers(0, 5),  # question: exact key, side and one band follow from it
    st.integers(0, 3),  # answer
    st.integers(0, 4),  # what it is nearly the same as
)
shards = st.lists(st.lists(rows, min_size=1, max_size=6), min_size=1, max_size=5)
rules = st.builds(
    Rules,
    val_share=st.just(0.4),
    max_answer_repeats=st.sampled_from([0, 1, 2, 3]),
    thin=st.booleans(),
)


def side_of(question: int) -> int:
    return VAL if question % 3 == 0 else TRAIN


def keys(content: list[tuple[int, int, int]]) -> RowKeys:
    spread = np.uint64(0x9E3779B97F4A7C15)
    questions = np.array([row[0] for row in content], np.uint64)
    answers = np.array([row[1] for row in content], np.uint64)
    near = np.array([row[2] for row in content], np.uint64)
    bands = [questions, np.uint64(1000) + questions // np.uint64(2) + near * np.uint64(50)]
    bands += [np.uint64(2000 * band) + questions for band in range(2, BANDS)]
    return RowKeys(
        exchange=(questions * np.uint64(100) + answers) * spread,
        answer=answers * spread,
        side=np.array([side_of(row[0]) for row in content], np.uint64),
        bands=tuple(band * spread for band in bands),
    )


def shard(rank: int, content: list[tuple[int, int, int]]) -> ShardRows:
    # Two parts, as a large shard has.
    middle = len(content) // 2
    parts = [keys(content[:middle]), keys(content[middle:])]
    return ShardRows(rank, len(content), lambda: parts)


def plainly(parts: list[list[tuple[int, int, int]]], rules: Rules) -> list[int]:
    found: list[int] = []
    content = [row for part in parts for row in part]
    bands = [set(map(int, row)) for row in zip(*keys(content).bands, strict=True)]
    exchanges: set[tuple[int, int]] = set()
    answers: Counter[int] = Counter()
    validation = [side_of(row[0]) == VAL for row in content]
    for place, (question, answer, _) in enumerate(content):
        before = [i for i in range(place) if validation[i] == validation[place]]
        if (question, answer) in exchanges:
            found.append(Status.DUPLICATE)
            continue
        exchanges.add((question, answer))
        answers[answer] += 1
        if rules.max_answer_repeats and answers[answer] > rules.max_answer_repeats:
            found.append(Status.BOILERPLATE)
        elif validation[place] and any(
            bands[place] & bands[i] for i in range(len(content)) if not validation[i]
        ):
            found.append(Status.LIKE_TRAINING)
        elif rules.thin and any(bands[place] & bands[i] for i in before):
            found.append(Status.THINNED)
        else:
            found.append(Status.USED)
    return found


def statuses(all_shards: list[ShardRows]) -> list[int]:
    return [int(status) for one in all_shards for status in one.statuses]


@limits(max_examples=300)
@given(shards, rules)
def test_at_once_the_rules_are_what_they_say(parts, rules):
    made = [shard(rank, content) for rank, content in enumerate(parts)]
    select(made, rules)
    assert statuses(made) == plainly(parts, rules)


@limits(max_examples=300)
@given(shards, rules, st.randoms(use_true_random=False))
def test_one_after_the_other_in_any_order_gives_the_same(parts, rules, random):
    made = [shard(rank, content) for rank, content in enumerate(parts)]
    present: list[ShardRows] = []
    used: set[tuple[int, int]] = set()
    for one in random.sample(made, len(made)):
        present.append(one)
        select(present, rules)
        now = {
            (each.rank, row)
            for each in present
            for row, status in enumerate(each.statuses)
            if status == Status.USED
        }
        assert {place for place in now if place[0] != one.rank} <= used, "no row comes back"
        used = now
    assert statuses(made) == plainly(parts, rules)


@limits(max_examples=100)
@given(shards, rules)
def test_batches_of_shards_give_the_same(parts, rules):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selection, "_ROWS_AT_ONCE", 5)
        made = [shard(rank, content) for rank, content in enumerate(parts)]
        select(made, rules)
    assert statuses(made) == plainly(parts, rules)


def test_keys_are_found_among_many_others():
    random = np.random.default_rng(1)
    known = random.integers(0, 2**64, 5000, dtype=np.uint64)
    others = random.integers(0, 2**64, 50_000, dtype=np.uint64)
    found = KeySet(known).has(np.concatenate([others, known]))
    assert found.sum() == 5000
    assert found[-5000:].all()


def test_the_look_up_of_many_keys_has_its_bound():
    keys = np.random.default_rng(1).integers(0, 2**64, 1_200_000, np.uint64)
    known = KeySet(keys[:1_100_000])
    assert known._seen.nbytes <= 2**25
    assert known.has(keys).sum() == 1_100_000
    assert not known.has(keys[1_100_000:]).any()


def test_nothing_new_changes_nothing():
    made = [shard(0, [(1, 1, 1), (1, 1, 1)])]
    rules = Rules(val_share=0.4, max_answer_repeats=0, thin=False)
    select(made, rules)
    before = made[0].statuses.copy()
    select(made, rules)
    assert np.array_equal(made[0].statuses, before)
    select([], rules)
