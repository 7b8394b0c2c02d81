"""The command line: parses and prints; the work is done by the stages.

Exit codes: 0 ok, 1 the step failed, 2 usage, 3 data refused, 4 gate not met, 5 storage failed or
the training was stopped: try again, 6 the GPU's memory is too small, 7 a training that was handed
over was stopped: try again.
"""

import logging
import sys

import typer

from cs_pipeline.cli import (
    answers,
    audit,
    base,
    compare,
    data,
    dataset,
    deciding,
    doctor,
    experiment,
    housekeep,
    inbox,
    inspect,
    metrics,
    models,
    notify,
    steps,
    tune,
    withdraw,
)
from cs_pipeline.cli.wording import program as wording
from cs_pipeline.errors import DISK_FULL, CsPipelineError, StorageError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    # Pretty tracebacks print local variables, and those may hold a customer's words.
    pretty_exceptions_enable=False,
    help=str(wording.SUMMARY),
)
steps.register(app)
models.register(app)
deciding.register(app)
base.register(app)
data.register(app)
audit.register(app)
answers.register(app)
dataset.register(app)
withdraw.register(app)
compare.register(app)
experiment.register(app)
tune.register(app)
inspect.register(app)
inbox.register(app)
doctor.register(app)
housekeep.register(app)
notify.register(app)
metrics.register(app)


def main() -> None:
    """Entry point of `cs-pipeline`."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    logging.getLogger("cs_pipeline").setLevel(logging.INFO)
    try:
        app()
    except CsPipelineError as error:
        typer.secho(f"{wording.ERROR}: {error}", fg=typer.colors.RED, err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        typer.secho(str(wording.DISK_FULL), fg=typer.colors.RED, err=True)
        sys.exit(StorageError.exit_code)
