"""GPUs of this machine, as their driver tells of them; torch would take long to load."""

import subprocess

from cs_pipeline.doctor import wording
from cs_pipeline.doctor.diagnosis import Diagnosis

_SECONDS = 20


def look_at_gpus() -> Diagnosis:
    """Which GPUs a training on this machine finds; none is not a fault, but slow."""
    try:
        told = subprocess.run(
            ["nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader"],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        return Diagnosis.warning("gpu", wording.no_gpu())
    except (OSError, subprocess.TimeoutExpired):
        return Diagnosis.warning("gpu", wording.gpu_driver_fails())
    names = [line.strip() for line in told.stdout.splitlines() if line.strip()]
    if told.returncode or not names:
        return Diagnosis.warning("gpu", wording.gpu_driver_fails())
    return Diagnosis.ok("gpu", wording.gpus_found(names))
