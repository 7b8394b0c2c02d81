"""Erasing what was made of withdrawn data: caches, samples, checkpoints, copies in a store.

What is to go follows from the dataset versions that lost a shard, so that a withdrawal that was
cut off is finished by the next one.
"""

import shutil
from collections.abc import Collection, Iterator
from hashlib import sha256

from cs_pipeline.config import is_s3
from cs_pipeline.handover.keys import RunKeys, dataset_prefix
from cs_pipeline.registry.run_traces import (
    TrainedRun,
    concerned,
    erase_samples,
    erase_weights,
    has_samples,
    has_weights,
    trained_runs,
)
from cs_pipeline.stages.experiments.comparing import redraw_pages
from cs_pipeline.stages.forgetting.receipts import ErasedTrace
from cs_pipeline.stages.forgetting.wording import ErasedKind
from cs_pipeline.stages.installation import Installation
from cs_pipeline.stages.models import rewrite_report
from cs_pipeline.storage import ObjectStore

_AUDIT_KINDS = ("pii-audit", "answers")
_SAID = ("/samples.json", "/golden.json", "/log.txt")


class Traces:
    """What the given dataset versions left outside of the dataset itself.

    Args:
        installation: whose.
        dataset_versions: those that hold, or held, what is withdrawn.
    """

    def __init__(self, installation: Installation, dataset_versions: Collection[str]) -> None:
        self._installation = installation
        self.versions = frozenset(dataset_versions)
        every = trained_runs(installation.runs)
        self.runs = tuple(concerned(every, dataset_versions)) if dataset_versions else ()
        models = {run.candidate for run in self.runs if run.candidate}
        # A live model that had learned it may have said it to another run's questions.
        self._listeners = tuple(
            run for run in every if run not in self.runs and run.champion in models
        )

    @property
    def candidates(self) -> list[tuple[str, str]]:
        """Model version and dataset version of the runs that came to a result."""
        return [
            (run.candidate, run.dataset_version)
            for run in self.runs
            if run.candidate and run.dataset_version
        ]

    def erase(self) -> list[ErasedTrace]:
        """Erase all of it. Doing it again erases nothing more.

        Raises:
            StorageError: a store is out of reach; what was erased stays so.
        """
        if not self.versions:
            return []
        samples = [run for run in (*self.runs, *self._listeners) if has_samples(run)]
        weights = [run for run in self.runs if has_weights(run)]
        done = [
            ErasedTrace(kind="token_cache", count=self._erase_token_cache()),
            ErasedTrace(kind="audits", count=self._erase_audits()),
            ErasedTrace(kind="store", count=self._erase_in_stores()),
            ErasedTrace(kind="chat_copy", count=self._erase_chat_copy()),
            _of_runs("weights", weights),
            _of_runs("reports", [run for run in samples if self._rewritten(run)]),
            _of_runs("samples", samples),
        ]
        redraw_pages(self._installation, {run.run_id for run in samples if run.run_id})
        for run in weights:
            erase_weights(run)
        return [trace for trace in done if trace.count]

    def _rewritten(self, run: TrainedRun) -> bool:
        """Samples go before the page that shows them is written anew."""
        erase_samples(run)
        return bool(run.run_id) and rewrite_report(self._installation, str(run.run_id))

    def _erase_token_cache(self) -> int:
        """All of it: its entries' names do not say which dataset they are of."""
        entries = self._installation.cached_tokens()
        for entry in entries:
            entry.unlink(missing_ok=True)
        return len(entries)

    def _erase_audits(self) -> int:
        folders = (self._installation.audits_folder, self._installation.quarantine.folder)
        found = [
            path
            for folder in folders
            for kind in _AUDIT_KINDS
            for path in folder.glob(f"{kind}-*")
            if any(f"-{version}-" in path.name for version in self.versions)
        ]
        for path in found:
            path.unlink(missing_ok=True)
        return len(found)

    def _erase_chat_copy(self) -> int:
        folder = self._installation.live_model_folder
        if not folder.exists():
            return 0
        shutil.rmtree(folder)
        return 1

    def _erase_in_stores(self) -> int:
        installation, gone = self._installation, 0
        if installation.settings.store:
            gone += _delete(installation.hand_over_store, self._keys())
        if (mirror := installation.checkpoint_mirror) is not None:
            ids = [run.run_id or run.folder.name for run in self.runs]
            prefixes = [f"{sha256(one.encode()).hexdigest()[:16]}/" for one in ids]
            gone += _delete(mirror, _below(mirror, prefixes))
        return gone

    def _keys(self) -> Iterator[str]:
        store = self._installation.hand_over_store
        prefixes = [f"{dataset_prefix(version)}/" for version in self.versions]
        for run in self.runs:
            keys = RunKeys(run.folder.name)
            prefixes += [f"{keys.resume}/", keys.digests]
        yield from _below(store, prefixes)
        for run in (*self.runs, *self._listeners):
            for key in _below(store, [RunKeys(run.folder.name).attempts]):
                if key.endswith(_SAID):
                    yield key


def is_in_a_bucket(installation: Installation) -> bool:
    """Whether anything of the installation lies in an S3 bucket."""
    settings = installation.settings
    return any(map(is_s3, (settings.store, settings.model_store_uri, settings.checkpoint_store)))


def _below(store: ObjectStore, prefixes: Collection[str]) -> Iterator[str]:
    for prefix in prefixes:
        yield from (item.key for item in store.list_objects(prefix))


def _delete(store: ObjectStore, keys: Iterator[str]) -> int:
    found = list(keys)
    for key in found:
        store.delete(key)
    return len(found)


def _of_runs(kind: ErasedKind, runs: Collection[TrainedRun]) -> ErasedTrace:
    return ErasedTrace(
        kind=kind, count=len(runs), places=tuple(run.run_id or run.folder.name for run in runs)
    )
