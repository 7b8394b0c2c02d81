"""Serves metrics to Prometheus over HTTP: computed at each request, and nothing else is there."""

import logging
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer

from cs_pipeline.metrics.exposition import CONTENT_TYPE

log = logging.getLogger(__name__)


def metrics_server(host: str, port: int, text: Callable[[], str]) -> HTTPServer:
    """A server that answers `/metrics` and `/` with what `text` returns; it does not serve yet.

    A fault is answered with 500 and told in the log by its kind alone.

    Raises:
        OSError: something listens there already.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path not in {"/", "/metrics"}:
                self.send_error(404)
                return
            try:
                body = text().encode()
            except Exception as error:
                # Never a traceback: it could show what the text was computed from.
                log.warning("No metrics: %s", type(error).__name__)
                self.send_error(500)
                return
            self.send_response(200)
            self.send_header("Content-Type", CONTENT_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing of each request."""

    return HTTPServer((host, port), Handler)
