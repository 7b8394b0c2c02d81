import numpy as np
import pytest

from cs_pipeline.training.appraisal.row_scores import RowScores, load_row_scores, save_row_scores


def scores(rows: int) -> RowScores:
    count = np.arange(rows)
    return RowScores(count * 1.5, count + 1, count * 2)


def test_total_adds_up():
    total = scores(4).total()
    assert (total.rows, total.nats, total.scored_tokens, total.characters) == (4, 9.0, 10, 12)
    assert scores(0).total().loss_nats_per_token is None


def test_scores_come_back_from_their_file(tmp_path):
    given = {"candidate": scores(5), "champion": scores(3), "v1.2": scores(0)}
    path = tmp_path / "run" / "rows"
    for _ in range(2):
        save_row_scores(path, given)
    read = load_row_scores(path)
    assert list(read) == list(given)
    for name, expected in given.items():
        for column in ("nats", "scored_tokens", "characters"):
            array = getattr(read[name], column)
            assert array.dtype == getattr(expected, column).dtype
            np.testing.assert_array_equal(array, getattr(expected, column))
    assert [item.name for item in path.parent.iterdir()] == ["rows"]


def test_numbers_that_are_none_survive_the_file(tmp_path):
    save_row_scores(
        tmp_path / "rows.npz",
        {"candidate": RowScores(np.array([np.nan, np.inf]), np.ones(2, int), np.ones(2, int))},
    )
    nats = load_row_scores(tmp_path / "rows.npz")["candidate"].nats
    assert np.isnan(nats[0])
    assert np.isinf(nats[1])


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    save_row_scores(tmp_path / "rows.npz", {"candidate": scores(5)})

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(OSError, match="No space"):
        save_row_scores(tmp_path / "rows.npz", {})
    assert list(load_row_scores(tmp_path / "rows.npz")) == ["candidate"]
    assert len(list(tmp_path.iterdir())) == 1
