"""A real HTTP server on this machine that keeps what it was sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs


class Received(NamedTuple):
    path: str
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.text).items()}


class Receiver:
    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_port
        self.received: list[Received] = []
        self.status = 200

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """An address whose body is `{"text": ...}`."""
        return f"json://{self.host}/hook/s3cr3t-token?:message=text&:title=&:version=&:type=&:attachments="

    @property
    def texts(self) -> list[str]:
        return [one.json["text"] for one in self.received]


@contextmanager
def receiving(certificate: Any = None) -> Iterator[Receiver]:
    """Serve on 127.0.0.1; with an `ssl.SSLContext` by HTTPS."""

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            receiver.received.append(Received(self.path, dict(self.headers), text))
            self.send_response(receiver.status)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keep)
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    receiver = Receiver(server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
