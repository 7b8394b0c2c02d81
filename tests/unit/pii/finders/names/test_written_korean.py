"""Words of written Korean that are shaped like names, beside names in the same places."""

import pytest

from cs_pipeline.pii import mask_text

WORDS = [
    "이 단어의 유용성을 높였습니다",
    "최근 변동성이 커졌습니다",
    "관계가 정상화를 앞두고 있습니다",
    "구금자를 풀어 주었다고 합니다",
    "노동권을 넓히자는 뜻이에요",
    "세 번 내리 우승하여 상을 받았어요",
    "회사를 인수하였습니다",
    "지사로 이동하여 확인했습니다",
    "감정을 잘 표현하였다고 봅니다",
    "이름을 사용하여 확인하세요",
    "20여명이 모였어요",
    "하얀 옷을 입은 아이",
    "더 많은 점이 있어요",
    "작은 애들과 갔어요",
    "두 명의 독일 손님",
    "전혀아님",
    "진실누님 좋아요",
    "신성한 사원이 있어요",
    "그 설명은 부모를 탓합니다",
    "조지아는 흑해 옆에 있습니다",
    "라이트 요금제로 바꾸고 싶어요",
    "라이트 상품으로 변경해 주세요",
]
NAMES = [
    ("유용선을 불러 주세요", "유용선"),
    ("변동수 고객님이 오셨어요", "변동수"),
    ("저는 정상화라고 합니다", "정상화"),
    ("예금주는 구금자입니다", "구금자"),
    ("노동건 님께 전해 주세요", "노동건"),
    ("제 이름은 김주하였는데 바꿨어요", "김주하"),
    ("받는 분 성함은 이윤하예요", "이윤하"),
    ("여명이 고객님 맞으시죠", "여명이"),
    ("김하얀 씨가 받으세요", "김하얀"),
    ("명의는 독고영재입니다", "독고영재"),
    ("김민아님 계세요", "김민아"),
    ("박진실님 앞으로 왔어요", "박진실"),
    ("이상은 고객님 되십니다", "이상은"),
    ("담당 매니저 신예은 드림", "신예은"),
    ("예금주는 조지아입니다", "조지아"),
]


@pytest.mark.parametrize("text", WORDS)
def test_words_stay(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names_beside_them_go(text: str, name: str) -> None:
    assert mask_text(text) == text.replace(name, "#@이름#")
