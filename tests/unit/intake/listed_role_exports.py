"""JSON that lists roles apart from what was said: what an owner expects, or None."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.unit.intake.call_centre_exports import Build, Pair, said


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def _json_lines(path: Path, objects: Sequence[object]) -> None:
    lines = [json.dumps(one, ensure_ascii=False) for one in objects]
    path.write_text("\n".join(lines), encoding="utf-8")


def contacts_with_participants(path: Path) -> list[Pair]:
    """The same id is the customer's in one contact, and an agent's in the next."""
    contacts = []
    for number, (question, answer) in enumerate(said()):
        customer, agent = ("p1", "p2") if number % 2 else ("p2", "p1")
        contacts.append(
            {
                "Channel": "VOICE",
                "CustomerMetadata": {"ContactId": f"c{number}"},
                "Participants": [
                    {"ParticipantId": customer, "ParticipantRole": "CUSTOMER"},
                    {"ParticipantId": agent, "ParticipantRole": "AGENT"},
                ],
                "Transcript": [
                    {"Id": f"{number}-0", "ParticipantId": customer, "Content": question},
                    {"Id": f"{number}-1", "ParticipantId": agent, "Content": answer},
                ],
            }
        )
    _json_lines(path, contacts)
    return said()


def _by_channel(path: Path, channels: dict[str, Any], *, names: tuple[Any, Any]) -> list[Pair]:
    """Two questions a call; all of the agent's segments come first, their starts tell the order."""
    pairs, calls = said(), []
    agent, customer = names
    for number in range(0, len(pairs), 2):
        (first, reply), (second, other) = pairs[number : number + 2]
        segments = [
            {"ch": agent, "start": 6.4, "end": 9.0, "text": reply},
            {"ch": agent, "start": 21.5, "end": 26.0, "text": other},
            {"ch": customer, "start": 0.4, "end": 5.1, "text": first},
            {"ch": customer, "start": 13.2, "end": 18.3, "text": second},
        ]
        calls.append({"call_id": f"2026-{number:04}", "ext": "7118", "segments": segments})
    _json(path, {"engine": "kor-tel", "channels": channels, "calls": calls})
    return pairs


def segments_by_channel(path: Path) -> list[Pair]:
    return _by_channel(path, {"TX": "상담원", "RX": "고객"}, names=("TX", "RX"))


def channels_named_by_side(path: Path) -> list[Pair]:
    return _by_channel(path, {"agent": 0, "customer": 1}, names=(0, 1))


def tickets_with_requesters(path: Path) -> list[Pair]:
    """A colleague who is listed nowhere answers, too; what he writes inside is no answer."""
    _json_lines(
        path,
        [
            {
                "id": 4500 + n,
                "description": question,
                "requester": {"id": 9000 + n, "email": "a@example.com"},
                "assignee": {"id": 501, "role": "agent"},
                "comments": [
                    {"id": 3 * n, "author_id": str(9000 + n), "public": True, "body": question},
                    {"id": 3 * n + 1, "author_id": 502, "public": False, "body": "재고 확인 요망"},
                    {"id": 3 * n + 2, "author_id": 501 + n % 2, "public": True, "body": answer},
                ],
            }
            for n, (question, answer) in enumerate(said())
        ],
    )
    return said()


def speakers_as_objects(path: Path) -> list[Pair]:
    """Speech recognition: who speaks is an object with a number and a name."""
    calls = [
        {
            "segments": [
                {"start": 0, "end": 900, "text": one, "speaker": {"label": "2", "name": "고객"}},
                {
                    "start": 950,
                    "end": 1900,
                    "text": other,
                    "speaker": {"label": "1", "name": "상담사"},
                },
            ],
            "speakers": [{"label": "1", "name": "상담사"}, {"label": "2", "name": "고객"}],
        }
        for one, other in said()
    ]
    _json_lines(path, calls)
    return said()


def owners_of_chats(path: Path) -> list[Pair]:
    """Each message names the customer whose chat it is; who says it stands beside that."""
    _json_lines(
        path,
        [
            {
                "members": [{"id": 9, "role": "customer"}, {"id": 5, "role": "agent"}],
                "messages": [
                    {"user_id": 9, "speaker": "고객", "text": question},
                    {"user_id": 9, "speaker": "상담사", "text": answer},
                ],
            }
            for question, answer in said()
        ],
    )
    return said()


def channels_without_roles(path: Path) -> None:
    """Nothing says who speaks on which channel."""
    _by_channel(path, {"1": "left", "2": "right"}, names=("1", "2"))


def people_with_two_roles(path: Path) -> None:
    """An id is a customer's in one list and an agent's in another."""
    people = [{"id": 1, "role": "customer"}, {"id": 2, "role": "agent"}]
    others = [{"id": 1, "role": "agent"}, {"id": 2, "role": "customer"}]
    calls = [
        {"utterances": [{"speaker_id": 1, "text": one}, {"speaker_id": 2, "text": other}]}
        for one, other in said()
    ]
    _json(path, {"people": people, "shift": {"people": others}, "calls": calls})


def participants_with_purposes(path: Path) -> list[Pair]:
    """Ids change from call to call; the third of them is what a program announces."""
    calls = []
    for number, (question, answer) in enumerate(said()):
        customer, agent = ("p1", "p2") if number % 2 else ("p2", "p1")
        told = [("p3", "통화는 녹음됩니다."), (customer, question), (agent, answer)]
        purposes = ((customer, "customer"), (agent, "agent"), ("p3", "ivr"))
        calls.append(
            {
                "conversationId": f"C{number}",
                "participants": [{"id": who, "purpose": purpose} for who, purpose in purposes],
                "transcript": [
                    {"participantId": who, "offsetMs": 900 * place, "text": text}
                    for place, (who, text) in enumerate(told)
                ],
            }
        )
    _json(path, calls)
    return said()


def staff_of_a_slack_channel(path: Path) -> list[Pair]:
    """Threads are mixed; the list of users says who is staff."""
    users = [{"id": "U1", "real_name": "박지훈", "is_staff": True}]
    users += [{"id": f"W{n}", "real_name": f"손님{n}", "is_staff": False} for n in range(24)]
    asked, replied = [], []
    for number, (question, answer) in enumerate(said()):
        thread = f"17174058{number:02}.000200"
        message = {"type": "message", "thread_ts": thread}
        asked.append({**message, "user": f"W{number}", "text": question, "ts": thread})
        later = f"17174059{number:02}.000200"
        replied.append({**message, "user": "U1", "text": answer, "ts": later})
    _json(path, {"channel": "support", "users": users, "messages": [*asked, *replied]})
    return said()


LISTED_ROLES: Sequence[tuple[Build, str]] = (
    (contacts_with_participants, "a.jsonl"),
    (segments_by_channel, "a.json"),
    (channels_named_by_side, "a.json"),
    (tickets_with_requesters, "a.jsonl"),
    (speakers_as_objects, "a.jsonl"),
    (owners_of_chats, "a.jsonl"),
    (channels_without_roles, "a.json"),
    (people_with_two_roles, "a.json"),
    (participants_with_purposes, "a.json"),
    (staff_of_a_slack_channel, "a.json"),
)
"""Builders and names of files."""
