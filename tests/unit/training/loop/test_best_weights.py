"""The weights of the best epoch: which are kept, when a run ends early, what survives a restart."""

import math

import pytest

from cs_pipeline.training.loop.best_weights import BestWeights, EarlyStop
from tests.records import score


class Run:
    """Epochs whose weights are a word; `taken` is what the model has in the end."""

    def __init__(self, folder, *, patience=0, room=True):
        self.weights, self.room = "none", room
        self.best = BestWeights(
            folder, save=self._save, load=self._load, patience=patience, is_main=True
        )

    def _save(self, path):
        path.write_text(self.weights)
        return self.room

    def _load(self, path):
        self.weights = path.read_text()

    def epochs(self, *losses, first=1):
        for number, loss in enumerate(losses, start=first):
            self.weights = f"epoch {number}"
            self.best.see(number * 10, score(loss))
        return self


def test_the_lowest_loss_is_kept_and_taken_if_the_last_is_higher(tmp_path):
    run = Run(tmp_path / "resume").epochs(3.0, 2.0, 2.5, math.nan, 2.0)
    assert not run.best.is_better_than(score(1.9))
    assert not run.best.is_better_than(score(2.0)), "the last ones stay where they are as good"
    assert run.best.is_better_than(score(2.1))
    assert run.best.is_better_than(score(math.nan))
    assert run.best.take() == 20
    assert run.weights == "epoch 2"


def test_a_run_that_was_never_looked_at_has_none(tmp_path):
    run = Run(tmp_path)
    assert not run.best.is_known
    assert not run.best.is_better_than(score(9.0))
    assert not Run(tmp_path).epochs(math.nan).best.is_known


@pytest.mark.parametrize("patience", [1, 2])
def test_it_ends_after_so_many_epochs_in_a_row_without_a_lower_loss(tmp_path, patience):
    run = Run(tmp_path, patience=patience).epochs(3.0, 2.5)
    run.epochs(*[2.6] * (patience - 1), first=3)
    with pytest.raises(EarlyStop):
        run.epochs(2.5, first=2 + patience)
    assert run.best.take() == 20


def test_a_lower_loss_starts_the_count_anew(tmp_path):
    run = Run(tmp_path, patience=2).epochs(3.0, 3.1, 2.9, 3.0)
    with pytest.raises(EarlyStop):
        run.epochs(2.95, first=5)


def test_a_restart_goes_on_with_what_the_checkpoint_knows_and_nothing_newer(tmp_path):
    checkpoint = tmp_path / "checkpoint"
    checkpoint.mkdir()
    run = Run(tmp_path / "a", patience=2).epochs(3.0, 2.0, 2.5)
    run.best.copy_to(checkpoint)
    run.epochs(1.0, first=4)

    again = Run(tmp_path / "a", patience=2)
    again.best.start(checkpoint)
    assert again.best.is_better_than(score(2.1))
    with pytest.raises(EarlyStop):
        again.epochs(2.5, first=4)
    assert again.best.take() == 20
    assert again.weights == "epoch 2"

    anew = Run(tmp_path / "a")
    anew.best.start(None)
    assert not anew.best.is_known
    assert list((tmp_path / "a").iterdir()) == []


def test_without_room_the_last_weights_stay_and_none_of_another_epoch_come_back(tmp_path):
    run = Run(tmp_path / "resume").epochs(3.0)
    run.room = False
    run.epochs(2.0, 2.5, first=2)
    checkpoint = tmp_path / "checkpoint"
    checkpoint.mkdir()
    run.best.copy_to(checkpoint)
    assert run.best.is_better_than(score(2.5))
    assert run.best.take() is None
    assert run.weights == "epoch 3"
    assert list((tmp_path / "resume").iterdir()) == []
    again = Run(tmp_path / "resume")
    again.best.start(checkpoint)
    assert again.best.take() is None
