"""Lists whose headings are no usual words for questions and answers: what an owner expects."""

from collections.abc import Sequence
from pathlib import Path

from tests.unit.intake.call_centre_exports import (
    NAMES,
    Build,
    Pair,
    Row,
    clock,
    delimited,
    said,
    workbook,
)

_REMARKS = (
    "통화 종료 후 팀장 보고",
    "택배사 확인 요망",
    "환불 처리함",
    "담당 부서 이관",
    "재통화 예정",
)


def _listed(path: Path, head: Row, *, second: Sequence[str] | None = None) -> list[Pair]:
    """A number, a question, an answer (or what else stands `second`), and a day."""
    rows = [
        (n + 1, q, second[n % len(second)] if second else a, clock(n).date())
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("목록", [head, *rows]))
    return said()


def columns_of_buyers_and_sellers(path: Path) -> list[Pair]:
    return _listed(path, ("No", "구매자 글", "판매자 글", "등록일"))


def columns_of_gists(path: Path) -> list[Pair]:
    return _listed(path, ("순번", "상담요지", "답변요지", "일자"))


def answers_by_what_was_done(path: Path) -> list[Pair]:
    return _listed(path, ("No", "문의 문장", "안내 답변", "등록일"))


def complaints_and_measures(path: Path) -> list[Pair]:
    return _listed(path, ("No", "민원", "조치사항", "등록일"))


def headings_that_say_nothing(path: Path) -> list[Pair]:
    """Nothing but the cells says which side asks."""
    return _listed(path, ("No", "손님께서", "우리가", "등록일"))


def comments_of_a_keeper(path: Path) -> list[Pair]:
    """Headings that say whose words they are hold for both, together with the cells."""
    return _listed(path, ("No", "손님 글", "꽃방지기 댓글", "등록일"))


def best_comments_below_posts(path: Path) -> None:
    """Whoever comes by may post, and comment on it."""
    _listed(path, ("No", "게시글", "베스트 댓글", "등록일"))


def remarks_of_both_sides(path: Path) -> list[Pair]:
    """A word that both headings end in says nothing of either."""
    return _listed(path, ("RSV_NO", "GUEST_REMARK", "FD_REMARK", "CHK_IN"))


def originals_below_sides(path: Path) -> list[Pair]:
    """The upper of two rows of headings says whose texts they are."""
    rows = [(f"A-{n}", clock(n), q, clock(n + 1), a) for n, (q, a) in enumerate(said())]
    above: Row = ("접수번호", "조합원이 물은 것", None, "공제팀이 드린 말씀", None)
    head: Row = (None, "접수시각", "원문", "발송시각", "원문")
    workbook(path, ("이력", [above, head, *rows]))
    return said()


def remarks_that_report(path: Path) -> None:
    """Polite as answers are, but about the guest."""
    reports = (
        "배송 일정을 안내드렸습니다.",
        "환불 규정 설명했습니다.",
        "물류팀에 확인을 요청했습니다.",
    )
    _listed(path, ("RSV_NO", "GUEST_REMARK", "FD_REMARK", "CHK_IN"), second=reports)


def comments_of_neighbours(path: Path) -> None:
    """A customer's post says nothing of who comments on it."""
    _listed(path, ("No", "이용자 글", "이웃 댓글", "등록일"))


def remarks_for_colleagues(path: Path) -> None:
    _listed(path, ("RSV_NO", "GUEST_REMARK", "FD_REMARK", "CHK_IN"), second=_REMARKS)


def one_remark_beside_words(path: Path) -> None:
    """Remarks beside what the guest said may be for anybody."""
    _listed(path, ("RSV_NO", "GUEST_WORDS", "FD_REMARK", "CHK_IN"))


def sides_against_their_headings(path: Path) -> None:
    """The headings say the opposite of the cells: one of them is wrong."""
    _listed(path, ("No", "우리 말", "고객 말", "등록일"))


def wishes_beside_questions(path: Path) -> None:
    """Two fields of one customer."""
    wishes = ("포장을 튼튼하게 부탁드립니다.", "쿠폰을 더 자주 주세요.", "더 빨랐으면 좋겠습니다.")
    _listed(path, ("No", "궁금증", "바람", "등록일"), second=wishes)


def answers_of_other_rows(path: Path) -> None:
    replies = tuple(a for _, a in said()[5:] + said()[:5])
    _listed(path, ("No", "이쪽 칸", "저쪽 칸", "등록일"), second=replies)


def polite_notes(path: Path) -> None:
    """A column of notes may be as polite as answers are."""
    _listed(path, ("No", "손님께서", "전달 메모", "등록일"))


def remarks_beside_questions(path: Path) -> None:
    _listed(path, ("No", "손님께서", "우리가", "등록일"), second=_REMARKS)


def names_beside_gists(path: Path) -> None:
    _listed(path, ("순번", "상담요지", "답변요지", "일자"), second=("윤하린", "박도윤", "서지안"))


def titles_that_ask(path: Path) -> list[Pair]:
    return _listed(path, ("연번", "제목", "처리내용", "등록일"))


def titles_that_name_a_topic(path: Path) -> None:
    rows = [(n + 1, f"{q.split()[0]} 문의", a) for n, (q, a) in enumerate(said())]
    workbook(path, ("목록", [("연번", "제목", "처리내용"), *rows]))


def titles_of_reviews(path: Path) -> None:
    """What customers think, and what the shop says to it."""
    rows = [(n + 1, f"{q.split()[0]} {n}번째 써 봐요", a) for n, (q, a) in enumerate(said())]
    workbook(path, ("후기", [("No", "제목", "댓글"), *rows]))


def last_comments_of_nobody(path: Path) -> None:
    """The last comment on an issue may be that of whoever asked."""
    rows = [(f"CS-{n}", q, a, "Done") for n, (q, a) in enumerate(said())]
    delimited(path, [("Key", "Summary", "Last Comment", "Status"), *rows])


def titles_above_what_was_asked(path: Path) -> list[Pair]:
    """Where a column tells what was asked, a title that asks is none of the question."""
    rows = [(n + 1, "이거 어떻게 하나요?", q, a) for n, (q, a) in enumerate(said())]
    workbook(path, ("게시판", [("No", "제목", "내용", "답변"), *rows]))
    return said()


def faq_of_a_database(path: Path) -> list[Pair]:
    """A table of FAQ calls the answers contents."""
    rows = [(n + 1, q, f"<p>{a}</p>", "Y") for n, (q, a) in enumerate(said())]
    delimited(path, [("seq", "faq_title", "faq_contents", "use_yn"), *rows])
    return said()


def titles_and_contents(path: Path) -> None:
    """Contents below a title may be more of what was asked."""
    _listed(path, ("seq", "title", "contents", "reg_dt"))


def answers_of_a_trade(path: Path) -> list[Pair]:
    return _listed(path, ("순번", "의뢰인 질문", "노무사 답변", "일자"))


def wordings_of_a_desk(path: Path) -> list[Pair]:
    return _listed(path, ("순번", "민원 질문", "안내 문구", "일자"))


def answers_of_last_year(path: Path) -> list[Pair]:
    """They stand beside those of today, in some of the rows."""
    rows = [
        (n + 1, q, None if n % 2 else f"작년에는 {n}층에서 알려 드렸습니다.", a)
        for n, (q, a) in enumerate(said())
    ]
    workbook(path, ("응답", [("No", "문의 내용", "작년 답변(참고)", "운영진 회신"), *rows]))
    return said()


def comments_below_another_list(path: Path) -> list[Pair]:
    """The lower list has its columns in another order, under headings of a blog."""
    above = [(clock(n).date(), "전화", q, a) for n, (q, a) in enumerate(said()[:12])]
    below = [(a, q, NAMES[n % 5], clock(n).date()) for n, (q, a) in enumerate(said()[12:])]
    upper: Row = ("날짜", "경로", "고객 질문", "답변 내용")
    lower: Row = ("답변", "댓글(질문)", "닉네임", "날짜")
    title: Row = ("② 블로그 댓글",)
    workbook(path, ("정리", [("① 전화",), upper, *above, (), (), title, lower, *below]))
    return said()


def backup_on_a_hidden_sheet(path: Path) -> list[Pair]:
    """A hidden sheet that is called a backup is not read, any other one is."""
    from openpyxl import load_workbook

    head: Row = ("문의", "답변")
    sheets = {"상담": said()[:12], "백업_2024": said()[12:14], "2월": said()[14:18]}
    sheets["이전설치"] = said()[18:]
    workbook(path, *((name, [head, *rows]) for name, rows in sheets.items()))
    book = load_workbook(path)
    for name in ("백업_2024", "2월", "이전설치"):
        book[name].sheet_state = "hidden"
    book.save(path)
    return said()[:12] + said()[14:]


HEADINGS: tuple[tuple[Build, str], ...] = (
    (wishes_beside_questions, "list.xlsx"),
    (answers_of_other_rows, "list.xlsx"),
    (columns_of_buyers_and_sellers, "list.xlsx"),
    (columns_of_gists, "list.xlsx"),
    (answers_by_what_was_done, "list.xlsx"),
    (complaints_and_measures, "list.xlsx"),
    (headings_that_say_nothing, "list.xlsx"),
    (comments_of_a_keeper, "list.xlsx"),
    (best_comments_below_posts, "list.xlsx"),
    (remarks_of_both_sides, "list.xlsx"),
    (originals_below_sides, "list.xlsx"),
    (remarks_that_report, "list.xlsx"),
    (comments_of_neighbours, "list.xlsx"),
    (remarks_for_colleagues, "list.xlsx"),
    (one_remark_beside_words, "list.xlsx"),
    (sides_against_their_headings, "list.xlsx"),
    (polite_notes, "list.xlsx"),
    (remarks_beside_questions, "list.xlsx"),
    (names_beside_gists, "list.xlsx"),
    (titles_that_ask, "list.xlsx"),
    (titles_that_name_a_topic, "list.xlsx"),
    (titles_of_reviews, "list.xlsx"),
    (last_comments_of_nobody, "issues.csv"),
    (titles_above_what_was_asked, "board.xlsx"),
    (faq_of_a_database, "faq.csv"),
    (titles_and_contents, "list.xlsx"),
    (answers_of_a_trade, "list.xlsx"),
    (wordings_of_a_desk, "list.xlsx"),
    (answers_of_last_year, "list.xlsx"),
    (comments_below_another_list, "list.xlsx"),
    (backup_on_a_hidden_sheet, "list.xlsx"),
)
