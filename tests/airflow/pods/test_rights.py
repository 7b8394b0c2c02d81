"""The Role of the chart against the calls that the operator makes."""

import pytest
from cluster import Cluster, image
from tries import Tries

from cs_airflow.train.leftovers import delete_pods
from cs_airflow.train.pod_errors import PodLost
from cs_pipeline.config import Settings
from tests.helm import manifests


def test_airflow_may_do_what_the_operator_does_and_nothing_else(
    tries: Tries, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUBECONFIG", str(cluster.kubeconfig))
    image(cluster.images["trainer:1"], "echo training; exec sleep 300")
    deferred = tries.until_deferred()
    cluster.evict(cluster.running())
    with pytest.raises(PodLost):
        tries.go_on(deferred)
    tries.until_deferred()
    cluster.running()
    delete_pods(Settings.load(), dag_id="cs_retrain", run_id=tries.run_id)

    (role,) = (made for made in manifests("cs-pipeline") if made["kind"] == "Role")
    granted = {
        (resource, verb)
        for rule in role["rules"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }
    assert granted == cluster.used
