"""How the end of a pod ends the task; `cause` is a name that `causes.py` knows."""

import json

from airflow.sdk.exceptions import AirflowException, AirflowFailException
from kubernetes.client.exceptions import ApiException

from cs_airflow.train.wording import pod_refused


class PodLost(AirflowException):
    """The pod ended by no fault of the training: a new one goes on from the last checkpoint."""

    def __init__(self, message: str, cause: str) -> None:
        super().__init__(message)
        self.cause = cause


class PodStopped(AirflowFailException):
    """A new pod would end the same way: a person has to change something first."""

    def __init__(self, message: str, cause: str) -> None:
        super().__init__(message)
        self.cause = cause


def refused(error: ApiException) -> AirflowException:
    """The cluster took no pod: a quota or a fault passes, rights and the pod's form do not."""
    try:
        said = str(json.loads(error.body)["message"])
    except (TypeError, ValueError, KeyError):
        said = str(error.reason)
    passes = error.status in (408, 409, 429) or error.status >= 500 or "exceeded quota" in said
    return (PodLost if passes else PodStopped)(str(pod_refused(said)), "refused")
