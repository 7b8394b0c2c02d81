"""Words that fill the templates, and the Korean particle that fits each."""

import re
from random import Random

_APPLIANCES = (
    *("무선 청소기", "로봇청소기", "공기청정기", "정수기", "전기밥솥", "에어프라이어", "커피머신"),
    *(
        "전자레인지",
        "세탁기",
        "건조기",
        "냉장고",
        "김치냉장고",
        "제습기",
        "가습기",
        "선풍기",
        "에어컨",
    ),
    *(
        "온수매트",
        "블루투스 스피커",
        "노트북",
        "태블릿",
        "모니터",
        "안마의자",
        "비데",
        "식기세척기",
    ),
)
_WEAR = ("운동화", "등산화", "패딩", "코트", "원피스", "청바지", "니트", "샌들", "티셔츠", "장갑")
_FURNITURE = (
    "책상",
    "의자",
    "침대",
    "매트리스",
    "소파",
    "캐리어",
    "텐트",
    "유모차",
    "카시트",
    "책장",
)
_CHOICES: dict[str, tuple[str, ...]] = {
    "product": _APPLIANCES + _WEAR + _FURNITURE,
    "appliance": _APPLIANCES,
    "wear": _WEAR,
    "color": ("검은색", "흰색", "회색", "남색", "베이지색", "초록색", "분홍색"),
    "size": ("스몰", "미디엄", "라지", "엑스라지", "한 치수 큰 것", "한 치수 작은 것"),
    "card": ("햇살카드", "바다카드", "한빛카드", "나래카드", "온누리카드"),
    "region": (
        *(
            "서울 마포",
            "서울 송파",
            "부산 해운대",
            "대구 수성",
            "인천 연수",
            "광주 북구",
            "대전 유성",
        ),
        *("울산 남구", "경기 수원", "경기 파주", "강원 원주", "충북 청주", "전북 전주", "제주"),
    ),
    "courier": ("한달음택배", "새벽별택배", "구름택배", "바른길택배"),
    "plan": ("라이트", "스탠다드", "프리미엄", "청소년 안심", "시니어 든든", "데이터 무제한"),
    "coupon": ("생일 쿠폰", "첫 구매 쿠폰", "무료배송 쿠폰", "10% 할인 쿠폰", "5,000원 쿠폰"),
}
_SLOT = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
# Particle after a final consonant -> after a vowel.
_PARTICLES = {"을": "를", "이": "가", "은": "는", "으로": "로"}
_RIEUL = 8
# Digits as they are read: 영 일 이 삼 사 오 육 칠 팔 구.
_DIGIT_READINGS = "영일이삼사오육칠팔구"


def draw_slots(random: Random) -> dict[str, str]:
    """One value for every slot; a conversation keeps to one draw."""
    slots = {name: random.choice(words) for name, words in _CHOICES.items()}
    return slots | {
        "day": f"{random.randint(1, 12)}월 {random.randint(1, 28)}일",
        "time": f"{random.choice(('오전', '오후'))} {random.randint(1, 12)}시",
        "price": f"{random.randint(9, 1490):,},{random.choice((0, 500, 900)):03}원",
        "point": f"{random.randint(1, 30)},{random.randint(0, 9)}00점",
        "order": f"{random.choice('ABCDEFGH')}-{random.randint(10_000, 99_999)}",
        "count": f"{random.randint(2, 9)}번",
        "people": f"{random.randint(2, 9)}명",
    }


def fill(template: str, slots: dict[str, str]) -> str:
    """`template` with its slots filled and particles fitted."""

    def word(match: re.Match[str]) -> str:
        value = slots[match[1]]
        return value + (fitting_particle(value, match[2]) if match[2] else "")

    return _SLOT.sub(word, template)


def fitting_particle(word: str, particle: str) -> str:
    """The form of `particle` (given as after a consonant) that follows `word`."""
    last = word[-1]
    if last.isdigit():
        last = _DIGIT_READINGS[int(last)]
    final = (ord(last) - ord("가")) % 28
    if final == 0 or (particle == "으로" and final == _RIEUL):
        return _PARTICLES[particle]
    return particle
