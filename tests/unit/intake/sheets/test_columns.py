import pytest

from cs_pipeline.intake.sheets.cells import cell_address, clean_text, is_total
from cs_pipeline.intake.sheets.columns import find_header
from cs_pipeline.intake.sheets.speakers import speaker_of


@pytest.mark.parametrize(
    ("headings", "layout", "first", "second"),
    [
        ("질문|답변", "qa", 0, 1),
        ("답변|번호|질문", "qa", 2, 0),
        ("고객 문의|상담사 답변", "qa", 0, 1),
        ("문의_내용|답변 내용(필수)", "qa", 0, 1),
        ("문의유형|문의일시|문의내용|답변일시|답변내용", "qa", 2, 4),
        ("번호|구분|제목|내용|답변", "qa", 3, 4),
        ("문의 제목|문의 내용|답변자|답변", "qa", 1, 3),
        ("고객|상담사", "qa", 0, 1),
        ("고객 발화|상담사 발화", "qa", 0, 1),
        ("질의|회신", "qa", 0, 1),
        ("Q.|A.", "qa", 0, 1),
        ("Customer Question|Agent Answer", "qa", 0, 1),
        ("id|input|output", "qa", 1, 2),
        ("ＱＵＥＳＴＩＯＮ|Answer", "qa", 0, 1),
        ("추가로 문의하신 글|답변", "qa", 0, 1),
        ("발화자|내용", "turns", 0, 1),
        ("대화내용|시각|작성자", "turns", 2, 0),
        ("구분|메시지", "turns", 0, 1),
        ("chatId|personType|plainText", "turns", 1, 2),
        ("sender_type|message", "turns", 0, 1),
        ("상담번호|화자|상담 내용", "turns", 1, 2),
    ],
)
def test_headings_tell_the_layout_and_the_columns(
    headings: str, layout: str, first: int, second: int
) -> None:
    header = find_header([tuple(headings.split("|"))])
    assert header is not None
    assert (header.layout, header.first, header.second) == (layout, first, second)


@pytest.mark.parametrize(
    "row",
    [
        "질문|비고",
        "담당|전화",
        "고객명|고객번호|고객ID",
        "질문유형|답변여부",
        "문의일시|답변일시",
        "질문·답변 내역",
        "고객|답변 주세요",
        "이름|내용",
        "발화자 수|건수",
        "이 질문은 어디에 남기면 되는지 모르겠어서 여기에 자세히 적어 봅니다|답변",
        "",
    ],
)
def test_other_rows_are_no_header(row: str) -> None:
    assert find_header([tuple(row.split("|"))]) is None


def test_the_data_decide_between_a_topic_and_a_speaker() -> None:
    headings = ("고객", "상담사", "구분", "내용")
    topic = find_header([headings, ("질문이요", "네", "배송", "")])
    speaker = find_header([headings, ("김", "이", "고객", "질문이요")])
    assert topic is not None
    assert topic.layout == "qa"
    assert speaker is not None
    assert speaker.layout == "turns"


def test_the_surest_header_wins_over_an_earlier_mention() -> None:
    header = find_header([("총 문의", "3", "답변"), ("문의", "시각", "답변")])
    assert header is not None
    assert header.row == 1


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("고객", "customer"),
        ("고객님 A", "customer"),
        ("손님", "customer"),
        ("USER_1", "customer"),
        ("End-User", "customer"),
        ("C", "customer"),
        ("상담신청 고객", "customer"),
        ("상담사", "agent"),
        ("상담원(김OO)", "agent"),
        ("고객센터", "agent"),
        ("agent01", "agent"),
        ("assistant", "agent"),
        ("h", "agent"),
        ("고객→상담사", "customer"),
        ("상담원 -> 고객", "agent"),
        ("상담사(고객응대)", "agent"),
        ("일반회원(상담)", "customer"),
        ("고객서비스팀", "agent"),
        ("사용자지원팀", "agent"),
        ("고객행복센터", "agent"),
        ("고객(행복센터)", "customer"),
        ("고객사", "customer"),
        ("담당공무원", "agent"),
        ("CSR", "agent"),
        ("Caller", "customer"),
        ("To 고객", None),
        ("고객에게", None),
        ("고객수신", None),
        ("상담사(봇)", "bot"),
        ("챗봇 상담사", "bot"),
        ("Chatbot", "bot"),
        ("시스템", "bot"),
        ("홍길동", None),
        ("Abbott", None),
        ("배송", None),
        ("Channel", None),
        ("", None),
    ],
)
def test_speakers(text: str, speaker: str | None) -> None:
    assert speaker_of(text) == speaker


@pytest.mark.parametrize(
    ("row", "total"),
    [
        (("합계", "3"), True),
        (("", "총계", "", "120건", "98.5%"), True),
        (("소계:",), True),
        (("TOTAL", "1,234"), True),
        (("Grand Total 12",), True),
        (("합계", "", "총 32건", "조치완료 31건, 보류 1건"), True),
        (("Total", "25 cases", "closed 24 tickets"), True),
        (("합계", "문의가 3건 있어요"), False),
        (("합계가 얼마예요?", "3만원"), False),
        (("합계", "총 3만원입니다."), False),
        (("1", "합계"), False),
        (("질문", "3"), False),
        ((), False),
    ],
)
def test_totals(row: tuple[str, ...], total: bool) -> None:
    assert is_total(row) is total


@pytest.mark.parametrize(
    ("row", "column", "address"),
    [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (1048575, 16383, "XFD1048576")],
)
def test_addresses(row: int, column: int, address: str) -> None:
    assert cell_address(row, column) == address


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a_x000D_\r\nb", "a b"),
        ("a_x000d_b", "a b"),
        ("\u1112\u1161\u11ab", "한"),
        ("a\u3000\u00a0\tb\x00\x07", "a b"),
        ("a\u200bb", "a\u200bb"),
        ("a_x0041_b", "a_x0041_b"),
    ],
)
def test_text_becomes_one_clean_line(text: str, clean: str) -> None:
    assert clean_text(text) == clean
