"""Whether one of Airflow's components is well, by what the API server says inside its answer.

    python health.py metadatabase|scheduler|triggerer|dag_processor|worker

Ends with 0 or 1 and prints why. The page answers 200 while a component is unhealthy, so its words
count. A worker of Celery is not on it; it serves its logs as long as it runs.
"""

import json
import sys
from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import urlopen

PAGE = "http://api-server:8080/api/v2/monitor/health"
WORKER_LOGS = "http://127.0.0.1:8793/"
SECONDS = 8


def told(component: str) -> str:
    """`healthy`, or what is wrong."""
    if component == "worker":
        with suppress(HTTPError):  # an answer, if only that this is the log of nothing
            urlopen(WORKER_LOGS, timeout=SECONDS).close()
        return "healthy"
    with urlopen(PAGE, timeout=SECONDS) as answer:
        return str(json.load(answer)[component]["status"])


def main(component: str) -> int:
    """The exit code: 0 if the component is well."""
    try:
        status = told(component)
    except OSError as error:
        status = f"no answer: {error}"
    print(f"{component}: {status}")
    return 0 if status == "healthy" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
