"""The one plugin: mounts the operator's page and says who may do what on it."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails, VariableDetails
from airflow.api_fastapi.core_api.security import GetUserDep
from airflow.configuration import conf
from airflow.models.dag import DagModel
from airflow.plugins_manager import AirflowPlugin
from airflow.sdk import BaseOperatorLink

from cs_airflow.wording_names import MENU, REPORT
from cs_pipeline.ops import Person, module_url, ops_app

DAG_ID, PREFIX = "cs_retrain", "cs-ops"


def person(user: GetUserDep) -> Person:
    """The signed-in user, with the rights that Airflow's auth manager gives them.

    Who may see `cs_retrain` may look, who may edit it may act. Unmasked rows are for those who may
    edit variables as well, a right that no role has by accident.
    """
    manager, team = get_auth_manager(), DagModel.get_team_name(DAG_ID)
    retraining = DagDetails(id=DAG_ID, team_name=team)
    return Person(
        name=user.get_name(),
        reads=manager.is_authorized_dag(method="GET", details=retraining, user=user),
        acts=manager.is_authorized_dag(method="PUT", details=retraining, user=user),
        raw_text=manager.is_authorized_variable(
            method="PUT", details=VariableDetails(team_name=team), user=user
        ),
    )


class RunLink(BaseOperatorLink):
    """A button on each task of ours that leads to its run on the page."""

    name = MENU

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The address; empty, and so no button, on tasks of other DAGs."""
        if ti_key.dag_id != DAG_ID:
            return ""
        place = urlencode({"tab": "runs", "run": ti_key.run_id})
        return f"{conf.get('api', 'base_url', fallback='/').rstrip('/')}/plugin/{PREFIX}?{place}"


class OpsPlugin(AirflowPlugin):
    """The page in the menu, the report as a tab of each run, a link on each task."""

    name = "cs_ops"
    fastapi_apps: ClassVar[list[Any]] = [
        {"app": ops_app(person), "url_prefix": f"/{PREFIX}", "name": "cs-pipeline"}
    ]
    global_operator_extra_links: ClassVar[list[Any]] = [RunLink()]
    react_apps: ClassVar[list[Any]] = [
        {
            "name": MENU,
            "bundle_url": f"{PREFIX}/{module_url('ops.js')}",
            "destination": "nav",
            "url_route": PREFIX,
            "nav_top_level": True,
        },
        {
            "name": REPORT,
            "bundle_url": f"{PREFIX}/{module_url('report.js')}",
            "destination": "dag_run",
            "url_route": "cs-report",
        },
    ]
