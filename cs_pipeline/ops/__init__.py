"""The operator's page: its data, what people do on it, and its modules for the browser.

It knows no Airflow: who asks, and what they may do, is handed in.
"""

from cs_pipeline.ops.app import ops_app
from cs_pipeline.ops.people import Person
from cs_pipeline.ops.routes_page import module_url

__all__ = ["Person", "module_url", "ops_app"]
