"""Logs of events: of speech while it is recognised, of messages that are changed or merged."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from tests.unit.intake.call_centre_exports import NAMES, Build, Pair, Row, clock, said, workbook


def _json_lines(path: Path, objects: Iterable[object]) -> None:
    lines = [json.dumps(one, ensure_ascii=False) for one in objects]
    path.write_text("\n".join(lines), encoding="utf-8")


def _csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def _growing(text: str, *, final: bool = True) -> list[tuple[str, bool]]:
    """What a recogniser has of a text, and whether that is all of it."""
    words = text.split()
    so_far = [(" ".join(words[:count]), False) for count in range(1, len(words), 2)]
    return [*so_far, (text, True)] if final else so_far


def _spoken() -> list[tuple[int, str, str]]:
    """Number of the call, speaker and text: two questions a call."""
    return [
        (number // 2, speaker, text)
        for number, pair in enumerate(said())
        for speaker, text in zip(("caller", "agent"), pair, strict=True)
    ]


def interim_results_of_a_stream(path: Path) -> list[Pair]:
    _json_lines(
        path,
        [
            {"session_id": f"S{call}", "ch": speaker, "is_final": is_final, "text": so_far}
            for call, speaker, text in _spoken()
            for so_far, is_final in _growing(text)
        ],
    )
    return said()


def interim_results_of_a_sheet(path: Path) -> list[Pair]:
    """Words change while they are recognised, and both sides speak at once now and then."""
    rows: list[Row] = [("통화번호", "화자", "인식구분", "인식결과")]
    for call, speaker, text in _spoken():
        role = "상담원" if speaker == "agent" else "고객"
        for so_far, is_final in _growing(text):
            heard = so_far if is_final else so_far.replace("배송", "배소")
            rows.append((f"T-{call}", role, "최종" if is_final else "중간결과", heard))
            if not is_final and role == "고객" and call % 3 == 0:
                rows.append((f"T-{call}", "상담원", "중간결과", "네"))
        if role == "고객" and call % 3 == 0:
            rows.append((f"T-{call}", "상담원", "최종", "네 고객님"))
    workbook(path, ("인식", rows))
    pairs = said()
    return [
        (question, f"네 고객님 {answer}" if number // 2 % 3 == 0 else answer)
        for number, (question, answer) in enumerate(pairs)
    ]


def speech_without_its_end(path: Path) -> list[Pair]:
    """A stream breaks off in the middle of what somebody says: neither side's words are whole."""
    lines = [
        {"session_id": f"S{call}", "speaker": speaker, "partial": not is_final, "text": so_far}
        for number, (call, speaker, text) in enumerate(_spoken())
        for so_far, is_final in _growing(text, final=number not in (4, 11))
    ]
    _json_lines(path, lines)
    return [pair for number, pair in enumerate(said()) if number not in (2, 5)]


def last_messages_are_marked(path: Path) -> list[Pair]:
    """`final` says which message closed the conversation: all of them were said."""
    rows: list[Row] = [("session_id", "speaker", "final", "text")]
    rows += [
        (f"S{call}", speaker, "Y" if number % 4 == 3 else "N", text)
        for number, (call, speaker, text) in enumerate(_spoken())
    ]
    _csv(path, rows)
    return said()


def _event(name: str, number: int, minute: int, author: str, body: str) -> dict[str, object]:
    event: dict[str, object] = {
        "event": name,
        "conversation_id": f"C{number}",
        "ts": (clock(number) + timedelta(minutes=minute)).isoformat(),
        "message_id": f"{number}-{minute}",
        "author": {"type": author, "name": NAMES[number % 5]},
    }
    return {**event, "body": body} if body else event


def _events() -> list[dict[str, object]]:
    found = []
    for number, (question, answer) in enumerate(said()):
        other = said()[number - 5][1]
        if number % 3 == 0:  # a wrong answer that was corrected
            replies = [("message.created", 2, other), ("message.updated", 2, answer)]
        elif number % 3 == 1:  # one that was taken back
            replies = [("message.created", 2, other), ("message.deleted", 2, "")]
            replies.append(("message.created", 3, answer))
        else:
            replies = [("message.created", 2, answer), ("message.read", 2, answer)]
        found.append(_event("message.created", number, 0, "user", question))
        found += [_event(name, number, at, "agent", body) for name, at, body in replies]
    return found


def events_of_messages(path: Path) -> list[Pair]:
    _json_lines(path, _events())
    return said()


def events_from_the_newest_on(path: Path) -> list[Pair]:
    _json_lines(path, reversed(_events()))
    return said()


_WORDS = {"created": "전송", "updated": "수정", "deleted": "삭제", "read": "읽음"}


def events_in_a_sheet(path: Path) -> list[Pair]:
    """In Korean; a message taken back shows its words once more."""
    bodies: dict[object, object] = {}
    rows: list[Row] = [("상담번호", "시각", "메시지ID", "이벤트", "발신자", "내용")]
    for one in _events():
        author = one["author"]
        assert isinstance(author, Mapping)
        body = bodies[one["message_id"]] = one.get("body") or bodies[one["message_id"]]
        what = _WORDS[str(one["event"]).partition(".")[2]]
        side = "상담사" if author["type"] == "agent" else "고객"
        rows.append((one["conversation_id"], one["ts"], one["message_id"], what, side, body))
    workbook(path, ("이력", rows))
    return said()


def _merged(number: int, *, english: bool) -> tuple[str, str]:
    """What a help desk writes into the ticket that goes on, and into the one that is closed."""
    other = 900 + number
    if english:
        return (
            f'Request #{other} "Another one" was closed and merged into this request. '
            f"Last comment in request #{other}:\n\n언제 되나요?",
            f'This request was closed and merged into request #{number} "Inquiry".',
        )
    return (
        f'요청 #{other} "추가 문의"이(가) 종료되고 이 요청에 병합되었습니다. '
        f"요청 #{other}의 마지막 댓글:\n\n언제 되나요?",
        f'이 요청은 종료되고 요청 #{number} "문의"에 병합되었습니다.',
    )


def merged_tickets(path: Path) -> list[Pair]:
    tickets: list[dict[str, object]] = []
    for number, (question, answer) in enumerate(said()):
        comments = [(500, question), (1, answer)]
        if number % 4 == 0:
            into, closed = _merged(number, english=number % 8 == 0)
            comments.insert(1, (1, into))
            tickets.append(_ticket(900 + number, [(500, "언제 되나요?"), (1, closed)]))
        tickets.append(_ticket(number, comments))
    path.write_text(json.dumps({"tickets": tickets}, ensure_ascii=False), encoding="utf-8")
    return said()


def _ticket(number: int, comments: Sequence[tuple[int, str]]) -> dict[str, object]:
    told = [{"author_id": author, "public": True, "body": body} for author, body in comments]
    return {"id": number, "requester_id": 500, "comments": told}


def authors_named_after_roles(path: Path) -> list[Pair]:
    """Who wrote a message is told by the author's type, whatever the author is called."""
    _json_lines(
        path,
        [
            {"conversation_id": f"C{number}", "author": {"name": name, "type": kind}, "body": text}
            for number, pair in enumerate(said())
            for kind, name, text in zip(("user", "agent"), ("상담왕", "박고객"), pair, strict=True)
        ],
    )
    return said()


def parts_that_were_redacted(path: Path) -> list[Pair]:
    """In half of them nothing but the words says so."""
    found = []
    for number, (question, answer) in enumerate(said()):
        part: dict[str, object] = {"part_type": "comment", "author": {"type": "admin"}}
        gone = {**part, "body": "<p><i>This message was deleted</i></p>"}
        reply = {**part, "body": f"<p>{answer}</p>"}
        if number % 2:
            gone, reply = {**gone, "redacted": True}, {**reply, "redacted": False}
        source = {"author": {"type": "user"}, "body": f"<p>{question}</p>"}
        parts = {"conversation_parts": [gone, reply]}
        found.append({"id": str(number), "source": source, "conversation_parts": parts})
    text = json.dumps({"type": "conversation.list", "conversations": found}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return said()


def speech_that_grows(path: Path) -> list[Pair]:
    """Nothing says which results are final; each begins with the one before it."""
    _json_lines(
        path,
        [
            {"call_id": f"S{call}", "speaker": speaker, "text": so_far}
            for call, speaker, text in _spoken()
            for so_far, _ in _growing(text)
        ],
    )
    return said()


def words_that_come_again(path: Path) -> list[Pair]:
    """People begin again with a word, and say more below: both are theirs."""
    rows: list[Row] = [("상담번호", "화자", "내용")]
    for number, (question, answer) in enumerate(said()):
        rows += [(number, "고객", "저기요"), (number, "고객", f"저기요 {question}")]
        rows += [(number, "상담사", answer), (number, "상담사", f"{number}번 문의입니다.")]
    workbook(path, ("상담", rows))
    return [
        (f"저기요 저기요 {question}", f"{answer} {number}번 문의입니다.")
        for number, (question, answer) in enumerate(said())
    ]


def messages_marked_as_edited(path: Path) -> list[Pair]:
    """A message comes again under its id, with the time when it was edited."""
    rows: list[Row] = [("대화ID", "메시지ID", "발신자", "내용", "수정일시")]
    for number, (question, answer) in enumerate(said()):
        rows.append((f"C{number}", f"{number}-0", "고객", question, None))
        if number % 3 == 0:
            rows.append((f"C{number}", f"{number}-1", "상담사", "잘못 적은 답변입니다.", None))
        edited = "2026-03-02 10:00:00" if number % 3 == 0 else None
        rows.append((f"C{number}", f"{number}-1", "상담사", answer, edited))
    workbook(path, ("메시지", rows))
    return said()


def phrases_of_transcripts(path: Path) -> list[Pair]:
    calls = []
    for number, pair in enumerate(said()):
        told = [("external", pair[0]), ("acd", "상담사에게 연결합니다."), ("internal", pair[1])]
        phrases = [
            {"text": text, "startTimeMs": 1000 * place, "participantPurpose": who}
            for place, (who, text) in enumerate(told)
        ]
        transcripts = [{"transcriptId": f"T{number}", "phrases": phrases}]
        calls.append({"conversationId": f"C{number}", "transcripts": transcripts})
    path.write_text(json.dumps(calls, ensure_ascii=False), encoding="utf-8")
    return said()


def segments_of_a_call_as_it_goes(path: Path) -> list[Pair]:
    """A line a segment: what has begun, then what it was; calls go on at one time."""
    lines: list[dict[str, object]] = []
    for side, role in enumerate(("CUSTOMER", "AGENT")):
        for number, pair in enumerate(said()):
            head: dict[str, object] = {"ContactId": f"C{number}", "EventType": "SEGMENTS"}
            who = {"ParticipantRole": role, "BeginOffsetMillis": 5000 * side}
            begun = {"Utterance": {**who, "PartialContent": pair[side][:6]}}
            ended = {"Transcript": {**who, "Content": pair[side]}}
            lines += [{**head, "Segments": [begun]}, {**head, "Segments": [ended]}]
    _json_lines(path, lines)
    return said()


def hooks_with_wrapped_messages(path: Path) -> list[Pair]:
    """Conversations go on at one time; answers of every second one are corrected."""
    lines: list[dict[str, object]] = []
    for side, kind in enumerate(("user", "admin")):
        for number, pair in enumerate(said()):
            message = {"id": f"{number}-{side}", "author": {"type": kind, "name": "상담왕"}}
            sent = "고객님 잘못 적은 답변입니다." if side and number % 2 else pair[side]
            for event, text in (("created", sent), ("updated", pair[side]))[: 1 + number % 2]:
                data = {"conversation": {"id": f"C{number}"}, "message": {**message, "text": text}}
                lines.append({"type": f"message.{event}", "data": data})
    _json_lines(path, lines)
    return said()


def messages_of_many_channels(path: Path) -> list[Pair]:
    """One list of the messages of all channels, in the order of time."""
    messages = [
        {
            "message_id": 100 * side + number,
            "type": "MESG",
            "channel_url": f"support_{number}",
            "message": pair[side],
            "user": {"nickname": NAMES[number % 5], "metadata": {"role": role}},
        }
        for side, role in enumerate(("customer", "agent"))
        for number, pair in enumerate(said())
    ]
    path.write_text(json.dumps({"messages": messages}, ensure_ascii=False), encoding="utf-8")
    return said()


def histories_of_chats(path: Path) -> list[Pair]:
    chats = []
    for number, (question, answer) in enumerate(said()):
        history: list[dict[str, object]] = [{"type": "chat.memberjoin", "name": "방문자"}]
        history += [
            {"type": "chat.msg", "name": name, "sender_type": side, "msg": text}
            for name, side, text in (("김", "Visitor", question), ("박", "Agent", answer))
        ]
        chats.append({"id": f"Z{number}", "type": "chat", "history": history})
    path.write_text(json.dumps({"chats": chats}, ensure_ascii=False), encoding="utf-8")
    return said()


def questions_with_histories(path: Path) -> list[Pair]:
    """What became of a question is no conversation; its two texts stand in objects."""
    _json_lines(
        path,
        [
            {
                "id": n,
                "question": q,
                "answer": a,
                "history": [{"status": "open", "message": "접수"}],
            }
            for n, (q, a) in enumerate(said())
        ],
    )
    return said()


def accounts_that_were_merged(path: Path) -> list[Pair]:
    """Answers about what was merged for a customer are answers."""
    pairs = [
        (question, f"말씀하신 두 계정은 한 계정으로 병합되었습니다. {answer}")
        for question, answer in said()
    ]
    rows: list[Row] = [("상담번호", "화자", "내용")]
    for number, pair in enumerate(pairs):
        rows += [(number, who, text) for who, text in zip(("고객", "상담사"), pair, strict=True)]
    workbook(path, ("상담", rows))
    return pairs


EVENTS: tuple[tuple[Build, str], ...] = (
    (interim_results_of_a_stream, "stream.jsonl"),
    (interim_results_of_a_sheet, "인식결과.xlsx"),
    (speech_without_its_end, "stream.jsonl"),
    (last_messages_are_marked, "chat.csv"),
    (events_of_messages, "events.jsonl"),
    (events_from_the_newest_on, "events.jsonl"),
    (events_in_a_sheet, "메시지이력.xlsx"),
    (merged_tickets, "tickets.json"),
    (authors_named_after_roles, "messages.jsonl"),
    (parts_that_were_redacted, "conversations.json"),
    (speech_that_grows, "stream.jsonl"),
    (words_that_come_again, "상담.xlsx"),
    (messages_marked_as_edited, "메시지.xlsx"),
    (phrases_of_transcripts, "transcripts.json"),
    (segments_of_a_call_as_it_goes, "segments.jsonl"),
    (hooks_with_wrapped_messages, "hooks.jsonl"),
    (messages_of_many_channels, "messages.json"),
    (histories_of_chats, "chats.json"),
    (questions_with_histories, "faq.jsonl"),
    (accounts_that_were_merged, "상담.xlsx"),
)
