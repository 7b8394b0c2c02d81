"""A proxy before an S3 server that breaks what a test wants broken."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    """What a client asks."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    def asks(self, name: str) -> str | None:
        """A parameter of the query."""
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True).get(name, [None])[0]

    def without(self, *headers: str) -> "Request":
        kept = {name: value for name, value in self.headers.items() if name not in headers}
        return replace(self, headers=kept)


@dataclass(frozen=True)
class Answer:
    """What the server answers; `send_bytes` is where the connection breaks (None: it does not)."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    send_bytes: int | None = None


def refusal(status: int, code: str) -> Answer:
    """An error as S3 words it."""
    body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
    return Answer(status, {"content-type": "application/xml"}, body)


Before = Callable[[Request], Request | Answer]
After = Callable[[Request, Answer], Answer | None]


class Proxy:
    """`before` may change a request or answer it; `after` may change the answer or drop it."""

    def __init__(self, endpoint: str, upstream: str) -> None:
        self.endpoint = endpoint
        self.upstream = urlsplit(upstream)
        self.before: Before = lambda request: request
        self.after: After = lambda request, answer: answer
        self.seen: list[Request] = []

    def pass_on(self, request: Request) -> Answer:
        assert self.upstream.hostname
        there = http.client.HTTPConnection(self.upstream.hostname, self.upstream.port, timeout=60)
        try:
            there.request(request.method, request.target, request.body, request.headers)
            answer = there.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read())
        finally:
            there.close()


@contextmanager
def proxy_to(upstream: str) -> Iterator[Proxy]:
    """A proxy on 127.0.0.1, told what to break by its attributes."""
    server = _Server(("127.0.0.1", 0), _Handler)
    proxy = Proxy(f"http://127.0.0.1:{server.server_address[1]}", upstream)
    server.proxy = proxy  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _handle(self) -> None:
        proxy: Proxy = self.server.proxy  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        headers.pop("expect", None)
        request = Request(self.command, self.path, headers, body)
        proxy.seen.append(request)
        asked = proxy.before(request)
        if isinstance(asked, Answer):
            answer: Answer | None = asked
        else:
            answer = proxy.after(request, proxy.pass_on(asked))
        if answer is None:
            self.close_connection = True
        else:
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            if name not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(name, value)
        length = answer.headers.get("content-length") if self.command == "HEAD" else None
        self.send_header("content-length", length or str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body[: answer.send_bytes])
        if answer.send_bytes is not None:
            self.close_connection = True

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _handle  # noqa: N815 - named by the library

    def log_message(self, format: str, *args: object) -> None:
        pass
