"""The recipes of docs/notifications.md, sent to a receiver on this machine."""

import json
import re
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from cs_pipeline.config import Settings
from cs_pipeline.language import Words
from cs_pipeline.notify import Announcer, Message, Told
from tests.unit.notify.receiver import receiving

PAGE = Path(__file__).resolve().parents[3] / "docs" / "notifications.md"
WORDS = Words(ko='모델 <m1> & "새 모델"이 멈췄습니다.', en='The model <m1> & "it" stopped.')
LINK = "https://airflow.example.com/dags/cs_retrain/runs/a%2Bb"


def recipe(name: str) -> str:
    """The first block after a heading."""
    text = PAGE.read_text(encoding="utf-8").split(f"### {name}\n")[1]
    found = re.search(r"```\n(.+?)\n```", text, re.DOTALL)
    assert found, name
    return found[1]


def send(tmp_path: Path, address: str) -> None:
    declared = Settings.load(notify_urls=json.dumps([address])).notify_urls
    told = Announcer(declared, Told(tmp_path / "told.json"), address="https://airflow.example.com")
    path = "/dags/cs_retrain/runs/a%2Bb"
    (sent,) = told.tell(Message(kind="failed", key="k", words=WORDS, path=path))
    assert sent.problem is None, sent


def plain(address: str, host: str, port: int) -> str:
    return address.replace("jsons://", "json://").replace(host, f"127.0.0.1:{port}")


@pytest.mark.parametrize(
    ("name", "host", "path", "body"),
    [
        ("JANDI", "wh.jandi.com", "/connect-api/webhook/TEAM/KEY", {"connectColor": "#FAC11B"}),
        ("Dooray", "hook.dooray.com", "/services/ORG/BOT/KEY", {"botName": "재학습"}),
        ("Slack", "hooks.slack.com", "/services/T000/B000/KEY", {}),
    ],
)
def test_a_webhook_gets_the_body_that_it_wants(receiver, tmp_path, name, host, path, body) -> None:
    send(tmp_path, plain(recipe(name), host, receiver.port))
    (got,) = receiver.received
    assert got.path == path
    text = got.json.pop("body" if name == "JANDI" else "text")
    assert text == f"{WORDS.ko}\n{LINK}"
    assert {key: value for key, value in got.json.items() if value != text} == body
    if name == "JANDI":
        assert got.headers["Accept"] == "application/vnd.tosslab.jandi-v2+json"


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_teams_gets_a_card(tmp_path) -> None:
    with receiving(certificate(tmp_path)) as receiver:
        host = "prod-00.koreacentral.logic.azure.com:443"
        address = recipe("Teams").replace(host, receiver.host)
        send(tmp_path, f"{address}&verify=no")
    (got,) = receiver.received
    assert got.path.startswith("/workflows/WORKFLOW/triggers/manual/paths/invoke")
    (attachment,) = got.json["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert LINK in json.dumps(attachment["content"], ensure_ascii=False)


def test_mail_arrives(tmp_path) -> None:
    got = []

    class Keep:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            got.append(envelope)
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Keep(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        address = recipe("Mail").replace("mailtos://", "mailto://").replace("&mode=starttls", "")
        send(tmp_path, address.replace("USER:PASSWORD@smtp.example.com:587", f"127.0.0.1:{port}"))
    finally:
        controller.stop()
    (envelope,) = got
    assert envelope.mail_from == "retrain@example.com"
    assert envelope.rcpt_tos == ["ops@example.com"]
    mail = message_from_bytes(envelope.content, policy=policy.default)
    body = mail.get_body(("plain", "html")).get_content()
    assert "멈췄습니다" in body
    assert LINK in body


def certificate(folder: Path) -> ssl.SSLContext:
    """A certificate of this machine's own."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
