"""Where nothing but a name can stand, a name may be a word; what people say in its place stays."""

import re

import pytest

from cs_pipeline.pii import PiiContext, find_spans
from cs_pipeline.pii.finders.names import certain, placed
from cs_pipeline.pii.finders.names.lists import WORD_NAMES
from cs_pipeline.pii.finders.names.plausible import CENSUS_SURNAMES
from cs_pipeline.pii.finders.names.shape import has_final

CERTAIN = (
    "사장님 성함이 {}고 가게는 고기집이에요",
    "성함이 {}입니다",
    "성함은 {}요",
    "제 이름은 {}입니다",
    "이름은 {}고요",
    "저는 {}라고 합니다",
    "저희 팀장 {} 님이 결재했대요",
    "예금주는 {}입니다",
    "받는 분은 {}고요",
    "성함 확인할게요|{}요",
    "성함이 어떻게 되세요?|{}입니다",
    "받는 분 성함이요?|네 {}요",
    "이름 말씀해주세요|음 {}요",
    "성함은요?|그냥 익명으로 하면 안 돼요?|접수에는 필요합니다|{}라고 합니다",
    "name please|{}",
    "may I have your name?|{}요",
)
"""Cues behind which only a name stands."""
PLACED = (
    "{} 고객님 맞으세요?",
    "{} 고객님이시죠?",
    "{} 명의로 되어 있어요",
    "{}님께서 보내신 화환이에요",
    "수령인 {}",
    "예금주: {}",
    "제가 {}인데 카드가 안 와요",
    "{} 이름으로 예약했어요",
    "입금자 {}",
)
"""Cues beside which other words stand as well."""
SURNAME_CUES = (
    "제가 {}인데 카드가 안 와요",
    "저는 {}인데 주소 바꿀게요",
    "제 이름은 {}입니다",
    "{}님께서 보내신 화환 배송완료되었습니다",
    "수협 101-00-4472816 / {} / 49,000원 환불",
    "국민은행 482102-04-118273 {}",
    "총무 걸로 할게요 {}고 010 2288 0471",
    "{} 010-2288-0471이요",
    "{}은 제 동생이고 같은 아이디 썼어요",
    "{}이라고 쓰여 있는데요",
    "담당자 {} 대리님이요",
    "성함이 {}이고 가게는 고기집이에요",
)
WORDS = (
    *("진달래", "송아지", "황금성", "노을", "구름", "보람", "다솜", "단비", "김하나", "박구름"),
    *("정나라", "최보람", "한아름", "고아라", "이슬"),
)
ONLY_CERTAIN = ("나라", "하나", "기쁨", "이대로", "사랑", "바다")
"""Names that are too common a word beside the weaker cues."""
SHAPES = (
    "김솔",
    "허준",
    "남궁솔",
    "제갈윤",
    "독고진아",
    "김하늘별",
    "최고운봄",
    "김라울",
    "조벼리",
    "시온",
)
FOREIGN = (
    "마이클",
    "알렉산드라",
    "오스카르",
    "딜노자",
    "소피아 김",
    "빈센트 리",
    "드미트리 박",
    "다나카 유이",
)
NO_NAMES = (
    *(
        "본인",
        "법인",
        "회사명",
        "아버지",
        "제 이름",
        "모름",
        "비밀",
        "카드",
        "통장",
        "남편",
    ),
    *("익명", "외국인", "영문", "비공개", "대표자", "동일인", "타인", "미상", "부모님", "담당자"),
)


def _told(cue: str, name: str) -> str:
    """The sentence, with 이 where the name's last syllable asks for it."""
    with_copula = cue.replace("{}고 ", "{}이고 ").replace("{}고요", "{}이고요")
    with_copula = with_copula.replace("{}요", "{}이요").replace("{}라고", "{}이라고")
    return (with_copula if has_final(name[-1]) else cue).replace("{}", name)


def _is_found(cue: str, name: str) -> bool:
    *preceding, text = _told(cue, name).split("|")
    spans = find_spans(text, context=PiiContext(preceding=preceding))
    found = {at for one in spans if one.entity_type == "NAME" for at in range(one.start, one.end)}
    start = text.index(name)
    return all(at in found for at in range(start, start + len(name)) if text[at] != " ")


@pytest.mark.parametrize("cue", CERTAIN)
def test_a_cue_carries_any_name(cue) -> None:
    names = (*WORDS, *ONLY_CERTAIN, *SHAPES, *FOREIGN)
    missed = [name for name in names if not _is_found(cue, name)]
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("cue", PLACED)
def test_weaker_cues_carry_names_that_are_seldom_words(cue) -> None:
    missed = [name for name in WORDS if not _is_found(cue, name)]
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("cue", [*CERTAIN, *PLACED])
def test_what_is_said_in_place_of_a_name_stays(cue) -> None:
    assert [word for word in NO_NAMES if _is_found(cue, word)] == []


@pytest.mark.parametrize("cue", SURNAME_CUES)
def test_every_surname_beside_further_cues(cue) -> None:
    given = ("민수", "희정", "도윤", "진우")
    names = [one + given[at % len(given)] for at, one in enumerate(CENSUS_SURNAMES)]
    missed = [name for name in names if not _is_found(cue, name)]
    assert len(missed) <= len(names) // 25, missed


FOUND = (
    ("[이대로]입니다 이름이 [대로]예요", ()),
    ("[노을]이가 제 아들인데 [노을] 명의로 유심 하나요", ()),
    ("이름 [기쁨] 성 류 이렇게 두칸으로 나눠 적었어요", ()),
    ("[나라]님이 아니라 [나리]님이요", ()),
    ("제가 [복희정]인데 [복희영]은 제 동생이고 같은 아이디 썼어요", ()),
    ("[편승엽]이라고 쓰여 있는데 제 이름은 [편승업]입니다", ()),
    ("[마이클]입니다 성은 [존슨]이고요 외국인등록 했어요", ()),
    ("[빈센트 리] 명의 카드로 결제", ()),
    ("네 [구름] 두 글자", ("받는 분 성함 확인할게요", "구름이요", "성이 구세요?")),
    ("[NGUYEN VAN NAM]", ("성함이?", "응우옌 반 남이에요", "스펠링 불러주세요")),
    ("네 [드미트리 박]이요", ("name please", "Dmitri Pak", "한국어로도 괜찮으세요?")),
    ("[호민아]", ("보내시는 분 성함은요?", "그냥 익명으로 하면 안 돼요?", "접수에는 필요합니다")),
    ("기사님 성함이 [마동수]래요", ()),
    ("[궉민채] 앞으로 온 택배요", ()),
    ("받는 사람을 [문어진]으로 바꿔주세요", ()),
    ("아니 이름이 [하나]고요 은행은 농협이에요", ("예금주 성함 확인이요", "위하나예요")),
    ("[단비]가 쓸 거예요 [단비] 명의로 해주세요", ("저는 김단비라고 합니다",)),
)
KEPT = (
    ("우수 고객님이시네요", ()),
    ("VIP 고객님이시고 모든 고객님께 드립니다", ()),
    ("해당 고객님, 일반 고객님 맞으세요?", ()),
    ("안녕하세요 고객님, 감사합니다 고객님!", ()),
    ("이름은 상관없어요", ()),
    ("성함이 어떻게 되세요?", ()),
    ("강아지 이름이 구름이에요", ()),
    ("상품 이름이 노을이에요", ()),
    ("친구랑 이름이 똑같아.", ()),
    ("이름은 표시하고 성은 빼주세요", ()),
    ("섹션 이름을 설정하고 저장하세요", ()),
    ("성함이 안 보여서요", ()),
    ("제 이름이에요 놀리지 마세요", ()),
    ("통장 명의로 되어 있어요", ()),
    ("이대로 고객님 주소로 보낼까요?", ()),
    ("하나 더 주세요 나라에서 정한 거예요", ()),
    ("환불이요", ("성함이 어떻게 되세요?",)),
    ("잠깐만요", ("성함이 어떻게 되세요?",)),
    ("비밀이에요", ("이름이 뭐예요?",)),
    ("인터넷이요", ("성함이 어떻게 되세요?",)),
    ("구름이요", ("상품 이름이 뭐예요?",)),
    ("노을이요", ("성함이 어떻게 되세요?", "김민수요", "배경 색상은 어떤 걸로 하세요?")),
    ("창고동이라고 쓰여있어요", ()),
    ("미셸 최고 경영자는", ()),
    ("수령인을 경비실로 바꿔주세요", ()),
    ("앞으로 온라인으로 할게요", ()),
    ("고객 앞으로 온 택배", ()),
    ("이름을 영어로 바꿔주세요", ()),
)


@pytest.mark.parametrize(("row", "preceding"), [*FOUND, *KEPT])
def test_names_in_company(row, preceding) -> None:
    text = re.sub(r"[\[\]]", "", row)
    spans = find_spans(text, context=PiiContext(preceding=preceding))
    for one in reversed([one for one in spans if one.entity_type == "NAME"]):
        text = f"{text[: one.start]}[{text[one.start : one.end]}]{text[one.end :]}"
    assert text == row


def test_as_many_rows_stay_as_are_found() -> None:
    assert len(KEPT) >= len(FOUND)


@pytest.mark.parametrize("room", [certain, placed])
def test_no_sign_hides_another(room) -> None:
    words = {word for rule in room._RULES for word in rule.words}
    hidden = [(one, other) for one in words for other in words - {one} if other in one]
    assert hidden == []


def test_a_refusal_is_no_name_of_the_list() -> None:
    names = {*WORD_NAMES["given"], *WORD_NAMES["full"]}
    assert names.isdisjoint(WORD_NAMES["refusals"])
