"""A cue decides on a name, whatever its shape: each kind of name and of word beside each cue."""

import pytest

from cs_pipeline.pii import PiiContext, find_spans
from cs_pipeline.pii.finders.names import lists
from cs_pipeline.pii.finders.names.plausible import CENSUS_SURNAMES

ASKED = "성함이 어떻게 되세요?"
CUES = (
    *(
        "{} 고객님",
        "{}님",
        "저는 {}라고 합니다",
        "성함은 {}입니다",
        "수령인: {}",
        "예금주 {}",
        "{} 씨 계신가요",
    ),
    *("{} 명의로 되어 있어요", "받는분 {} 010-3482-1102", "보내는 사람 {}", "제 이름은 {}입니다"),
    *("{} 이름으로 예약했어요", "입금자명 {}", "{} 고객님 맞으신가요?", "주문자는 {}이고요"),
    *(f"{ASKED}|{{}}", f"{ASKED}|{{}}이요", f"{ASKED}|{{}}입니다"),
)
GIVEN = ("민수", "지영", "도윤", "은지")
NAMES = {
    "of two syllables": (
        "김솔",
        "박건",
        "최별",
        "강훈",
        "안찬",
        "나린",
        "옥빈",
        "윤휘",
        "한샘",
        "서린",
    ),
    "of native words": (
        "김하늘별",
        "박빛나라",
        "이슬아름",
        "최고운봄",
        "정새하늘",
        "임꽃잎",
        "한봄이",
        "강푸른솔",
    ),
    "with a long surname": (
        "남궁민수",
        "황보혜정",
        "선우진영",
        "독고영재",
        "사공민지",
        "제갈성렬",
        "선우진",
        "남궁민",
    ),
    "in no list": ("김솔찬", "박라울", "최해든", "조벼리", "홍태랑", "조혁빈", "배다온", "곽다움"),
    "half foreign": ("김제시카", "박다니엘", "최알렉산더", "이엘레나"),
}
NO_NAMES = (
    *(
        "본인",
        "회사",
        "법인",
        "남편",
        "현금",
        "카드",
        "담당자",
        "불명",
        "비공개",
        "상동",
        "해당",
        "없음",
        "다른",
        "신규",
        "기존",
    ),
    *(
        "모든",
        "일반",
        "진상",
        "외국인",
        "대학생",
        "부모",
        "사장",
        "선생",
        "기사",
        "상담사",
        "관리자",
        "판매자",
        "구매자",
    ),
    *(
        "주문자",
        "한가운데",
        "이슬람",
        "위대한",
        "유동성",
        "부산",
        "강남",
        "서울",
        "한국",
        "일본",
        "국민은행",
        "무통장",
    ),
    *(
        "원산지",
        "제조사",
        "배송지",
        "전화번호",
        "고객센터",
        "이벤트",
        "장바구니",
        "마이페이지",
        "포인트",
        "멤버십",
        "학생",
        "직원",
    ),
)


def is_found(cue: str, name: str) -> bool:
    """Whether the name is found whole as a name."""
    *preceding, text = cue.format(name).split("|")
    start = text.index(name)
    spans = find_spans(text, context=PiiContext(preceding=preceding))
    return any(
        one.entity_type == "NAME" and one.start <= start and start + len(name) <= one.end
        for one in spans
    )


@pytest.mark.parametrize("cue", CUES)
def test_every_surname_of_the_census(cue) -> None:
    names = [
        surname + GIVEN[at % len(GIVEN)]
        for at, surname in enumerate((*CENSUS_SURNAMES, *lists.SURNAMES["of_two_syllables"]))
    ]
    missed = [name for name in names if not is_found(cue, name)]
    assert len(missed) <= len(names) // 25, missed  # words that are no names: 기은지, 성지영


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("cue", CUES)
def test_names_of_every_shape(cue, names) -> None:
    missed = [name for name in names if not is_found(cue, name)]
    assert len(missed) <= len(names) // 8, missed


@pytest.mark.parametrize("cue", CUES)
def test_everyday_words_stay(cue) -> None:
    assert [word for word in NO_NAMES if is_found(cue, word)] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("예약자는 민경훈과 진서연입니다", ["민경훈", "진서연"]),
        ("성함은 탁현우랑 빙지영이요", ["탁현우", "빙지영"]),
        ("수령인: 김민수, 팽도윤", ["김민수", "팽도윤"]),
        ("염정아 남편인데요 대신 전화드렸어요", ["염정아"]),
        ("국지연 엄마예요", ["국지연"]),
        ("안녕하세요 어윤태입니다", ["어윤태"]),
        ("현정은 010-3482-1102", ["현정은"]),
        ("응우옌티란 고객님", ["응우옌티란"]),
        ("제 이름은 다나카 유미입니다", ["다나카 유미"]),
        ("성함은 알리셰르입니다", ["알리셰르"]),
        ("HONG GILDONG 고객님", ["HONG GILDONG"]),
    ],
)
def test_names_of_other_kinds(text, names) -> None:
    found = [one for one in find_spans(text) if one.entity_type == "NAME"]
    assert [text[one.start : one.end] for one in found] == names


@pytest.mark.parametrize(
    "text",
    [
        "사이즈는 100이랑 105 둘 다요",
        "해물파전이랑 김치전 주세요",
        "한국과 일본 둘 다 배송되나요",
        "우리 남편인데요",
        "옆집 사람인데요",
        "안녕하세요 고객입니다",
        "연락처 010-3482-1102",
        "이태원 매장이 어디예요",
        "이영화 언제 개봉해요",
        "성함은 말씀드리기 곤란합니다",
        "저는 괜찮다고 합니다",
    ],
)
def test_talk_stays(text) -> None:
    assert [one for one in find_spans(text) if one.entity_type == "NAME"] == []
