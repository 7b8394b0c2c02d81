"""More exports by what is odd about them: headings and cells that mislead, order, text files."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from tests.unit.intake.owner_exports import (
    PAIRS,
    Pair,
    agent,
    at,
    customer,
    kakao_lines,
    korean,
    log,
    pairs_table,
    save,
    table,
    write,
)


class Odd(NamedTuple):
    """An export and the pairs that its owner expects, at least none but them."""

    name: str
    build: Callable[[Path], Path]
    expected: Sequence[Pair] = PAIRS
    suffix: str = "xlsx"


ODD: list[Odd] = []


def case(name, build, expected=PAIRS, suffix="xlsx"):
    ODD.append(Odd(name, build, expected, suffix))


def sp(asks):
    return "고객" if asks else "상담사"


case(
    "happytalk qa",
    pairs_table(
        "상담번호|상담일시|고객명|상담사명|고객문의|상담사응대|상담분류",
        lambda n, q, a: (n, at(n), customer(n), agent(n), q, a, "배송"),
    ),
)
case(
    "voc dept",
    pairs_table(
        "접수일자|접수채널|고객명|연락처|VOC 내용|담당부서|처리담당자|처리내용|처리결과",
        lambda n, q, a: (
            "2026-03-02",
            "전화",
            customer(n),
            "010-1234-5678",
            q,
            "CS팀",
            agent(n),
            a,
            "완료",
        ),
    ),
)
case(
    "consult",
    pairs_table(
        "일자|상담원|고객|문의내용|상담결과", lambda n, q, a: ("3/2", agent(n), customer(n), q, a)
    ),
)
case(
    "answer is 상담사 answer col",
    pairs_table(
        "No.|질문내용|질문자|답변내용|답변자", lambda n, q, a: (n, q, customer(n), a, agent(n))
    ),
)
case("질문 제목/질문 내용", pairs_table("질문 제목|질문 내용|답변", lambda n, q, a: ("배송", q, a)))
case(
    "질문 제목 sentence",
    pairs_table("질문 제목|질문 내용|답변", lambda n, q, a: ("문의드립니다", q, a)),
)
case(
    "제목+내용+답변제목+답변내용",
    pairs_table(
        "제목|내용|답변제목|답변내용", lambda n, q, a: ("문의드립니다", q, "답변드립니다", a)
    ),
)
case(
    "문의 and 답변 status",
    pairs_table(
        "문의번호|문의|답변|답변상태|문의일|답변일",
        lambda n, q, a: (n, q, a, "답변완료", "2026-03-02", "2026-03-03"),
    ),
)
case(
    "english ticket",
    pairs_table(
        "id|subject|description|assignee|comments|status",
        lambda n, q, a: (n, "Delivery", q, "Lee Sora", a, "closed"),
    ),
)
case("agent col with msg", pairs_table("user|agent|message_id", lambda n, q, a: (q, a, n)))
case(
    "user_message",
    pairs_table(
        "session|user_message|bot_message|ts", lambda n, q, a: (n // 3, q, a, 1772323507 + n)
    ),
)
case("prompt completion", pairs_table("prompt|completion", lambda n, q, a: (q, a)))
case(
    "memo decoy",
    pairs_table(
        "문의내용|내부메모|답변내용|비고",
        lambda n, q, a: (q, "이 고객은 주의해야 합니다.", a, "확인했습니다."),
    ),
)
case(
    "two answers",
    pairs_table("문의내용|1차답변|최종답변", lambda n, q, a: (q, "확인해 보겠습니다.", a)),
)
case(
    "고객만족 decoy",
    pairs_table("문의내용|답변내용|고객의견|평점", lambda n, q, a: (q, a, "친절했어요", 5)),
)
case("처리결과 decoy", pairs_table("민원내용|처리내용|처리결과", lambda n, q, a: (q, a, "완료")))
case(
    "조치사항 status + 답변",
    pairs_table(
        "문의사항|조치사항|답변사항", lambda n, q, a: (q, ["환불", "교환", "안내"][n % 3], a)
    ),
)
case(
    "상담유형 상담내용 답변",
    pairs_table("상담유형|상담내용|답변내용|상담자", lambda n, q, a: ("배송", q, a, agent(n))),
)
case(
    "요청/처리",
    pairs_table(
        "요청자|요청내용|처리자|처리내용|처리일시",
        lambda n, q, a: (customer(n), q, agent(n), a, at(n)),
    ),
)
case("고객말/상담사말", pairs_table("고객말|상담사말", lambda n, q, a: (q, a)))
case("Q/A with cat", pairs_table("Category|Q|A", lambda n, q, a: ("배송", q, a)))
case(
    "question names",
    pairs_table("질문자|질문|답변자|답변", lambda n, q, a: (customer(n), q, agent(n), a)),
)
# masked names
case(
    "masked names",
    pairs_table("고객|문의내용|상담사|처리내용", lambda n, q, a: ("한*름", q, "나**", a)),
)
case(
    "english agent names",
    pairs_table("Customer|Question|Agent|Reply", lambda n, q, a: ("Kim Haneul", q, "Lee Sora", a)),
)
case(
    "agent ids",
    pairs_table("고객ID|문의|상담원ID|답변", lambda n, q, a: (f"user{n}", q, f"agent{n % 3}", a)),
)
# log variants
case(
    "log desc no conv",
    log("일시|발화자|내용", lambda n, s, w: (at(2 * n + (not s)), sp(s), w), newest_first=True),
)
case(
    "log desc min same minute",
    log(
        "일시|구분|대화내용",
        lambda n, s, w: (f"{at(n):%Y.%m.%d %H:%M}", sp(s), w),
        newest_first=True,
    ),
)
case(
    "log desc am pm only",
    log(
        "방번호|시간|보낸사람|메시지",
        lambda n, s, w: (n // 3, korean(at(2 * n + (not s)))[11:], sp(s), w),
        newest_first=True,
    ),
)


def shuffled(p):
    rows = [
        [f"c{n // 4}", f"{at(2 * n + s):%Y-%m-%d %H:%M:%S}", sp(s == 0), w]
        for n, pair in enumerate(PAIRS)
        for s, w in enumerate(pair)
    ]
    random.Random(3).shuffle(rows)
    return save(p, [["대화ID", "작성일", "발화자", "내용"], *rows])


case("log shuffled", shuffled)


def shuffled_ties(p):
    rows = [
        [f"c{n // 4}", f"{at(2 * n):%Y-%m-%d %H:%M}", sp(s == 0), w]
        for n, pair in enumerate(PAIRS)
        for s, w in enumerate(pair)
    ]
    random.Random(3).shuffle(rows)
    return save(p, [["대화ID", "작성일", "발화자", "내용"], *rows])


case("log shuffled ties", shuffled_ties, [])
case(
    "log tickets newest first, inner asc",
    lambda p: save(
        p,
        [
            ["티켓ID", "일시", "작성자유형", "내용"],
            *[
                [n, at(-100 * n + s), sp(s == 0), w]
                for n, pair in enumerate(PAIRS)
                for s, w in enumerate(pair)
            ],
        ],
    ),
)
case(
    "log sep date time cols",
    log(
        "작성일|작성시간|작성자|메시지",
        lambda n, s, w: ("2026-03-02", f"{at(n * 2 + (not s)):%H:%M}", sp(s), w),
        newest_first=True,
    ),
)
case(
    "log desc, id desc, no time",
    log(
        "메시지번호|대화ID|발화자|내용",
        lambda n, s, w: (2 * n + (not s), f"c{n // 2}", sp(s), w),
        newest_first=True,
    ),
)
case(
    "log reversed per conv no time",
    lambda p: save(
        p,
        [
            ["대화ID", "발화자", "내용"],
            *[
                [n // 2, sp(s == 0), w]
                for n, pair in reversed(list(enumerate(PAIRS)))
                for s, w in reversed(list(enumerate(pair)))
            ],
        ],
    ),
    [],
)
case(
    "log greet reversed",
    lambda p: save(
        p,
        [
            ["발화자", "내용"],
            *[
                [sp(s == 0), w]
                for n, pair in reversed(
                    list(enumerate([(q, "안녕하세요 고객님, " + a) for q, a in PAIRS]))
                )
                for s, w in reversed(list(enumerate(pair)))
            ],
        ],
    ),
    [],
)
case(
    "stt L R with speaker",
    log(
        "통화ID|화자|시작|종료|텍스트",
        lambda n, s, w: (
            n // 4,
            "고객" if s else "상담사",
            n * 10 + 5 * (not s),
            n * 10 + 5 * (not s) + 4,
            w,
        ),
    ),
)
case("stt rx tx no conv", log("채널|STT 결과", lambda n, s, w: ("RX" if s else "TX", w)))
case(
    "in/out msgs",
    log(
        "대화ID|메시지방향|메시지내용|발송시각",
        lambda n, s, w: (n // 4, "IN" if s else "OUT", w, at(n + 0.4 * (not s))),
    ),
)
case(
    "zendesk requester role",
    log(
        "Ticket ID|Comment ID|Author|Author role|Comment|Created at|Public",
        lambda n, s, w: (
            n // 4,
            n * 10 + s,
            customer(n // 4) if s else "나래울",
            "end-user" if s else "agent",
            w,
            at(n + 0.4 * (not s)),
            "TRUE",
        ),
    ),
)
case(
    "zendesk w/ description repeated",
    log(
        "ticket_id|description|author_role|comment|created_at",
        lambda n, s, w: (
            n // 4,
            "배송 문의입니다. 확인해 주세요.",
            "end-user" if s else "agent",
            w,
            at(n + 0.4 * (not s)),
        ),
    ),
)
case(
    "freshdesk Incoming yes/no",
    log(
        "Ticket ID|Incoming|Body|Created At",
        lambda n, s, w: (n // 4, "Yes" if s else "No", w, at(n + 0.4 * (not s))),
    ),
)
case(
    "role human",
    log(
        "conversation_id|turn|role|content",
        lambda n, s, w: (n // 4, 2 * n + (not s), "human" if s else "gpt", w),
    ),
)
case(
    "names+roles desc",
    log(
        "상담번호|발신자|수신자|내용|발신일시",
        lambda n, s, w: (
            n // 4,
            customer(n // 4) if s else "상담사 나래울",
            "상담사 나래울" if s else customer(n // 4),
            w,
            at(n + 0.4 * (not s)),
        ),
        newest_first=True,
    ),
)
case(
    "channel talk-like kr",
    log(
        "채팅ID|보낸 사람 유형|보낸 사람|메시지|시간",
        lambda n, s, w: (
            n // 4,
            "user" if s else "manager",
            customer(n // 4) if s else "나래울",
            w,
            at(n + 0.4 * (not s)),
        ),
    ),
)
case("speaker Q/A", log("구분|내용", lambda n, s, w: ("Q" if s else "A", w)))
case(
    "only names 2 speakers no roles",
    log("이름|내용|시간", lambda n, s, w: ("한여름" if s else "나래울", w, at(n + 0.4 * (not s)))),
    [],
)
case(
    "board 작성자/내용",
    lambda p: save(
        p, [["번호", "작성자", "내용"], *[[n, customer(n), q] for n, (q, a) in enumerate(PAIRS)]]
    ),
    [],
)
case(
    "reviews",
    lambda p: save(
        p,
        [
            ["작성자", "내용", "작성일", "별점"],
            *[[f"user{n}", q, "2026-03-02", 5] for n, (q, a) in enumerate(PAIRS)],
        ],
    ),
    [],
)
case(
    "call summary in/out",
    lambda p: save(
        p,
        [
            ["통화ID", "통화구분", "고객", "상담사", "통화내용"],
            *[
                [n, ["인바운드", "아웃바운드"][n % 2], customer(n), agent(n), q]
                for n, (q, a) in enumerate(PAIRS)
            ],
        ],
    ),
    [],
)
case(
    "call summary 수신 no id",
    lambda p: save(
        p,
        [
            ["일시", "구분", "내용", "상담사"],
            *[[at(n), ["수신", "발신"][n % 2], q, agent(n)] for n, (q, a) in enumerate(PAIRS)],
        ],
    ),
    [],
)
case(
    "survey",
    lambda p: save(
        p,
        [
            ["고객", "상담사", "평가"],
            *[[customer(n), agent(n), "친절했습니다."] for n in range(12)],
        ],
    ),
    [],
)
case(
    "answers states",
    pairs_table("질문|답변", lambda n, q, a: (q, ["완료", "진행중", "보류"][n % 3])),
    [],
)
case("answers dates", pairs_table("문의|회신", lambda n, q, a: (q, "2026-03-02")), [])


# csv
def cs(p, rows, enc, delimiter):
    b = io.StringIO(newline="")
    csv.writer(b, delimiter=delimiter).writerows(rows)
    p.write_bytes(b.getvalue().encode(enc))
    return p


case(
    "csv two col linebreak",
    lambda p: write(
        p,
        "질문,답변\n"
        + "".join(
            f"{q},{'먼저 ' + chr(10) if n == 3 else ''}{a}\n" for n, (q, a) in enumerate(PAIRS)
        ),
    ),
    [x for i, x in enumerate(PAIRS) if i not in (3, 4)],
    "csv",
)
case(
    "csv two col comma",
    lambda p: write(
        p,
        "질문,답변\n"
        + "".join(f"{'음, ' if n == 3 else ''}{q},{a}\n" for n, (q, a) in enumerate(PAIRS)),
    ),
    [x for i, x in enumerate(PAIRS) if i != 3],
    "csv",
)
case(
    "csv omit trailing",
    lambda p: write(
        p, "번호,질문,답변,비고\n" + "".join(f"{n},{q},{a}\n" for n, (q, a) in enumerate(PAIRS))
    ),
    PAIRS,
    "csv",
)
case(
    "csv header trailing comma",
    lambda p: write(
        p, "번호,질문,답변\n" + "".join(f"{n},{q},{a},\n" for n, (q, a) in enumerate(PAIRS))
    ),
    PAIRS,
    "csv",
)
case(
    "csv most have comma",
    lambda p: write(
        p, "번호,질문,답변\n" + "".join(f"{n},음, {q},{a}\n" for n, (q, a) in enumerate(PAIRS))
    ),
    [],
    "csv",
)
case(
    "tsv stray tab",
    lambda p: write(
        p,
        "번호\t질문\t답변\t비고\n"
        + "".join(
            f"{n}\t{'음' + chr(9) if n == 3 else ''}{q}\t{a}\t\n" for n, (q, a) in enumerate(PAIRS)
        ),
    ),
    [x for i, x in enumerate(PAIRS) if i != 3],
    "txt",
)
case(
    "pipe",
    lambda p: write(
        p, "번호|질문|답변\n" + "".join(f"{n}|{q}|{a}\n" for n, (q, a) in enumerate(PAIRS))
    ),
    PAIRS,
    "txt",
)
case(
    "csv log comma row",
    lambda p: write(
        p,
        "대화ID,시각,발화자,내용\n"
        + "".join(
            f"c{n // 4},{at(2 * n + s):%Y-%m-%d %H:%M},{sp(s == 0)},"
            f"{'네, ' if n == 5 and s == 1 else ''}{w}\n"
            for n, pair in enumerate(PAIRS)
            for s, w in enumerate(pair)
        ),
    ),
    [(q, f"네, {a}" if i == 5 else a) for i, (q, a) in enumerate(PAIRS)],
    "csv",
)
case(
    "semicolon excel",
    lambda p: cs(
        p,
        [["번호", "질문", "답변"], *[[n, q, a] for n, (q, a) in enumerate(PAIRS)]],
        "cp949",
        delimiter=";",
    ),
    PAIRS,
    "csv",
)
# transcripts
case("transcript inline Q/A", pairs_table("번호|상담이력", lambda n, q, a: (n, f"Q: {q} A: {a}")))
case(
    "transcript brackets",
    pairs_table("일시|대화 내용", lambda n, q, a: (at(n), f"[고객] {q}\n[상담사] {a}")),
)
case(
    "transcript names",
    pairs_table("일시|대화 내용", lambda n, q, a: (at(n), f"한여름: {q}\n상담사 나래울: {a}")),
    [],
)
case(
    "transcript multi-line ans",
    pairs_table(
        "일시|상담내용", lambda n, q, a: (at(n), f"고객: {q}\n상담사: {a}\n주소: 확인했습니다")
    ),
    [(q, a + " 주소: 확인했습니다") for q, a in PAIRS],
)
case(
    "transcript newest first times",
    pairs_table(
        "일시|상담내용", lambda n, q, a: (at(n), f"[09:05] 상담사: {a}\n[09:03] 고객: {q}")
    ),
)
case("transcript 문의/답변", pairs_table("티켓|내용", lambda n, q, a: (n, f"문의: {q}\n답변: {a}")))


# kakao
def kk(p):
    def line(who, when, words):
        return (
            f"[{'이서준' if who == '한여름' else '박매니저'}] [오전 {when.hour}:{when:%M}] {words}"
        )

    return write(
        p,
        "그룹 님과 카카오톡 대화\n저장한 날짜 : 2026-03-05 10:11:12\n\n"
        "--------------- 2026년 3월 2일 월요일 ---------------\n" + kakao_lines(line) + "\n",
    )


case("kakao agent by 매니저", kk, PAIRS, "txt")


def kn(p):
    def line(who, when, words):
        return f"[{'이서준' if who == '한여름' else '나래울'}] [오전 {when.hour}:{when:%M}] {words}"

    return write(
        p,
        "이서준 님과 카카오톡 대화\n저장한 날짜 : 2026-03-05 10:11:12\n\n"
        "--------------- 2026년 3월 2일 월요일 ---------------\n" + kakao_lines(line) + "\n",
    )


case("kakao names only", kn, [], "txt")


# rows
def merged_q_no_number(p):
    wb = Workbook()
    s = wb.active
    s.append(["번호", "문의", "답변", "처리일"])
    for n, (q, a) in enumerate(PAIRS):
        s.append([n, q, a, "2026-03-02"])
        s.append([None, None, "추가 안내입니다.", "2026-03-03"])
    wb.save(p)
    return p


case("continued with own date", merged_q_no_number, [])
case(
    "question row, answer row",
    lambda p: save(
        p,
        [
            ["번호", "질문", "답변"],
            *[r for n, (q, a) in enumerate(PAIRS) for r in ([n, q, None], [None, None, a])],
        ],
    ),
)
case(
    "A under Q same column",
    lambda p: save(
        p, [["구분", "내용"], *[r for q, a in PAIRS for r in (["질문", q], ["답변", a])]]
    ),
)
case(
    "google form 2",
    pairs_table(
        "타임스탬프|문의하실 내용을 입력해 주세요.|연락처|답변(담당자 작성)",
        lambda n, q, a: (korean(at(n)), q, "010-1111-2222", a),
    ),
)
case(
    "google form 3",
    pairs_table(
        "Timestamp|고객이 질문한 내용은 무엇인가요?|상담사는 어떻게 답변하였나요?",
        lambda n, q, a: (korean(at(n)), q, a),
    ),
)
case(
    "cover 50 rows decoy",
    lambda p: save(
        p,
        [
            *[[f"{k}. 문의와 답변을 적는 법"] for k in range(45)],
            *table("접수번호|문의 내용|담당자|처리 내용", lambda n, q, a: (n, q, agent(n), a)),
        ],
    ),
)
case(
    "stacked, lower names decoy",
    lambda p: save(
        p,
        [
            ["질문", "답변"],
            *map(list, PAIRS[:6]),
            [],
            ["문의내용", "답변자", "답변내용"],
            *[[q, agent(n), a] for n, (q, a) in enumerate(PAIRS[6:])],
        ],
    ),
)
case(
    "stacked: log below table",
    lambda p: save(
        p,
        [
            ["질문", "답변"],
            *map(list, PAIRS[:6]),
            [],
            ["발화자", "내용"],
            *[[sp(s == 0), w] for pair in PAIRS[6:] for s, w in enumerate(pair)],
        ],
    ),
)
case(
    "log of two customers at a time",
    lambda p: save(
        p,
        [
            ["일시", "고객번호", "구분", "내용"],
            *sorted(
                (
                    [f"{at(5 * (n // 2) + s):%Y-%m-%d %H:%M}", f"U{n}", sp(s == 0), w]
                    for n, pair in enumerate(PAIRS)
                    for s, w in enumerate(pair)
                ),
                key=lambda row: row[0],
            ),
        ],
    ),
)
case(
    "workbook with a shifted row",
    lambda p: save(
        p,
        [
            ["번호", "질문", "답변"],
            *([n, *(["그런데"] if n == 3 else []), q, a] for n, (q, a) in enumerate(PAIRS)),
        ],
    ),
    [pair for n, pair in enumerate(PAIRS) if n != 3],
)
