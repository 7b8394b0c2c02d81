"""Where everything lies below the root of the store.

datasets/<version>/{manifest.json,train.csv,val.csv}
base/<name>/{manifest.json,...}
runs/<run key>/request.json                  what to train; Airflow's side writes it
runs/<run key>/lease.json                    which trainer may write
runs/<run key>/resume/...                    checkpoints to go on from
runs/<run key>/attempts/<n>/{progress.json,log.txt,curves.jsonl,samples.json,golden.json,
                             val-nats.npz,upload.json}
runs/<run key>/result.json                   written last
restricted/<run key>/leak-digests.enc        sealed; deleted when the run is over
"""

from dataclasses import dataclass

from cs_pipeline.handover.wording import not_an_address_of_a_request

RUNS, DATASETS, RESTRICTED = "runs/", "datasets/", "restricted/"
"""The folders of the root that fill up."""


@dataclass(frozen=True, slots=True)
class RunKeys:
    """Keys of one run."""

    run_key: str

    @property
    def request(self) -> str:
        """What is to be trained."""
        return f"runs/{self.run_key}/request.json"

    @property
    def lease(self) -> str:
        """Who trains."""
        return f"runs/{self.run_key}/lease.json"

    @property
    def result(self) -> str:
        """What came of it."""
        return f"runs/{self.run_key}/result.json"

    @property
    def resume(self) -> str:
        """Below it, checkpoints to go on from."""
        return f"runs/{self.run_key}/resume"

    @property
    def attempts(self) -> str:
        """Below it, a folder for each attempt."""
        return f"runs/{self.run_key}/attempts/"

    def of_attempt(self, attempt: int, name: str) -> str:
        """A file of one attempt."""
        return f"{self.attempts}{attempt}/{name}"

    @property
    def digests(self) -> str:
        """The sealed digests of masked values."""
        return f"restricted/{self.run_key}/leak-digests.enc"


def dataset_prefix(version_id: str) -> str:
    """Where a dataset version lies."""
    return f"datasets/{version_id}"


def base_prefix(name: str) -> str:
    """Where a base model lies."""
    return f"base/{name}"


def request_uri(root: str, keys: RunKeys) -> str:
    """The address that a trainer is started with."""
    return f"{root}/{keys.request}"


def located(uri: str) -> tuple[str, RunKeys]:
    """Root of the store and keys of the run that a request's address names.

    Raises:
        SettingsError: it is not the address of a request.
    """
    parts = uri.rsplit("/", 3)
    if len(parts) != 4 or parts[1] != "runs" or parts[3] != "request.json" or not parts[0]:
        raise not_an_address_of_a_request()
    return parts[0], RunKeys(parts[2])
