"""Personal data to plant: made-up numbers in the many ways in which people write them.

Every value is drawn at random and belongs to nobody on purpose; a drawn number may by chance be
somebody's, so samples are for demos and checks only.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

Side = str
QUESTION: Side = "question"
ANSWER: Side = "answer"

_SPOKEN = "공일이삼사오육칠팔구"
_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
_BRN_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


@dataclass(frozen=True, slots=True)
class PlantedValue:
    """A made-up value as written in a sentence."""

    entity_type: str
    value: str = field(repr=False)


def draw_planted(random: Random, side: Side) -> tuple[str, PlantedValue]:
    """A sentence for the customer's or the agent's side, and the value planted in it."""
    entity_type = random.choices(tuple(_WEIGHTS), tuple(_WEIGHTS.values()))[0]
    value = _WRITERS[entity_type](random)
    sentence = random.choice(_SENTENCES[side][entity_type]).format(value)
    return sentence, PlantedValue(entity_type, value)


def _digits(random: Random, count: int) -> str:
    return "".join(random.choices("0123456789", k=count))


def _phone(random: Random) -> str:
    middle, last = f"{random.randint(2000, 9999)}", _digits(random, 4)
    area = random.choice(("02", "031", "032", "042", "051", "053", "062", "064", "070"))
    spoken = " ".join(
        "".join(_SPOKEN[int(digit)] for digit in group) for group in ("010", middle, last)
    )
    return random.choice(
        (
            f"010-{middle}-{last}",
            f"010-{middle}-{last}",
            f"010{middle}{last}",
            f"010 {middle} {last}",
            f"010.{middle}.{last}",
            f"010–{middle}–{last}",
            f"010·{middle}·{last}",
            f"010/{middle}/{last}",
            f"(010) {middle}-{last}",
            f"10{middle}{last}",
            f"+82 10-{middle}-{last}",
            f"010-{middle}-{last}".translate(_FULL_WIDTH),
            f"010-\u200b{middle}-{last}",
            f"011-{middle[:3]}-{last}",
            f"{area}-{middle[:3]}-{last}",
            f"{area}){middle}-{last}",
            f"0507-{middle}-{last}",
            spoken,
        )
    )


def _registration(random: Random, genders: tuple[str, str]) -> str:
    born = date(1955, 1, 1) + timedelta(days=random.randrange(66 * 365))
    front = born.strftime("%y%m%d")
    back = genders[born.year >= 2000] + _digits(random, 6)
    if random.random() < 0.5:
        back = str(int(back[0]) + 1) + back[1:]
    return random.choice(
        (
            f"{front}-{back}",
            f"{front}-{back}",
            f"{front}{back}",
            f"{front} {back}",
            f"{front} - {back}",
            f"{front}-{back}".translate(_FULL_WIDTH),
            f"{front}-{back[0]}******",
        )
    )


def _brn(random: Random) -> str:
    front = f"{random.randint(201, 899)}{random.randint(10, 89)}{_digits(random, 4)}"
    numbers = [int(digit) for digit in front]
    total = sum(number * weight for number, weight in zip(numbers, _BRN_WEIGHTS, strict=True))
    number = f"{front}{(10 - (total + numbers[8] * 5 // 10) % 10) % 10}"
    grouped = f"{number[:3]}-{number[3:5]}-{number[5:]}"
    return random.choice((grouped, grouped, number, grouped.replace("-", " ")))


def _card(random: Random) -> str:
    front = random.choice(("4", "5", "9")) + _digits(random, 14)
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in front[::2])
    total = sum(doubled) + sum(int(digit) for digit in front[1::2])
    number = f"{front}{-total % 10}"
    groups = [number[at : at + 4] for at in range(0, 16, 4)]
    separator = random.choice(("-", "-", " ", "", ".", " - "))
    return separator.join(groups)


def _account(random: Random) -> str:
    lengths = random.choice(
        ((6, 2, 6), (3, 3, 6), (4, 3, 6), (3, 6, 5), (3, 4, 4, 2), (4, 2, 7), (12,), (14,))
    )
    groups = [str(random.randint(2, 8)) + _digits(random, length - 1) for length in lengths]
    return random.choice(("-", "-", "-", "")).join(groups)


def _email(random: Random) -> str:
    name = random.choice(("haneul", "bada", "sol", "gaon", "nara", "dasom", "maru", "byeol"))
    local = random.choice(
        (f"{name}{_digits(random, 4)}", f"{name}.{_digits(random, 3)}", f"{name}_{name[:2]}")
    )
    domain = random.choice(("example.com", "example.co.kr", "mail.example.org", "naver.com"))
    return random.choice((f"{local}@{domain}", f"{local}@{domain}", f"{local}＠{domain}"))


def _name(random: Random) -> str:
    family = random.choice("김이박최정강조윤장임한오서신권황안송류홍")
    given = random.choice(_GIVEN_NAMES)
    return random.choice((f"{family}{given}", f"{family}{given}", f"{family} {given}"))


def _address(random: Random) -> str:
    city = random.choice(("서울 마포구", "서울시 송파구", "부산 해운대구", "경기 성남시 분당구"))
    road = random.choice(("은하수로", "달빛로 12길", "새벽별로", "한빛대로"))
    unit = random.choice(
        ("", f" {random.randint(101, 130)}동 {random.randint(2, 19)}0{random.randint(1, 8)}호")
    )
    return f"{city} {road} {random.randint(3, 240)}{unit}"


def _birth_date(random: Random) -> str:
    born = date(1955, 1, 1) + timedelta(days=random.randrange(45 * 365))
    return random.choice(
        (
            born.strftime("%y%m%d"),
            born.strftime("%Y-%m-%d"),
            born.strftime("%Y.%m.%d"),
            f"{born.year}년 {born.month}월 {born.day}일",
        )
    )


def _order(random: Random) -> str:
    day = date(2026, 1, 1) + timedelta(days=random.randrange(300))
    return f"{day:%Y%m%d}-{_digits(random, 7)}"


def _tracking(random: Random) -> str:
    number = str(random.randint(2, 9)) + _digits(random, 11)
    return random.choice((number, f"{number[:4]}-{number[4:8]}-{number[8:]}"))


def _plate(random: Random) -> str:
    letter = random.choice("가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주")
    front = random.choice((random.randint(11, 69), random.randint(100, 699)))
    return random.choice(("{}{}{}", "{}{} {}")).format(front, letter, _digits(random, 4))


_GIVEN_NAMES = (
    *("하늘", "서준", "지은", "민수", "도윤", "은지", "현우", "수빈", "예진", "지훈"),
    *("유진", "성민", "미경", "영호", "다은", "준서", "혜진", "태현", "소연", "재민"),
)
_WEIGHTS = {
    **{"PHONE": 8, "EMAIL": 3, "ACCOUNT": 3, "CARD": 2, "RRN": 2, "BRN": 1, "FRN": 1},
    **{"NAME": 6, "ADDRESS": 3, "DOB": 2, "ORDER": 2, "TRACKING": 2, "PLATE": 1},
}
_WRITERS: dict[str, Callable[[Random], str]] = {
    "PHONE": _phone,
    "RRN": lambda random: _registration(random, ("1", "3")),
    "FRN": lambda random: _registration(random, ("5", "7")),
    "BRN": _brn,
    "CARD": _card,
    "ACCOUNT": _account,
    "EMAIL": _email,
    "NAME": _name,
    "ADDRESS": _address,
    "DOB": _birth_date,
    "ORDER": _order,
    "TRACKING": _tracking,
    "PLATE": _plate,
}
_SENTENCES: dict[Side, dict[str, tuple[str, ...]]] = {
    QUESTION: {
        "PHONE": (
            "제 번호는 {}이에요.",
            "{}로 연락 주세요.",
            "연락처 {} 입니다.",
            "{}으로 전화 부탁드려요.",
        ),
        "RRN": ("주민번호 {}로 확인해 주세요.", "주민등록번호는 {}입니다."),
        "FRN": ("외국인등록번호 {}로 가입했어요.", "외국인 등록번호는 {}입니다."),
        "BRN": ("사업자번호는 {}입니다.", "사업자등록번호 {}로 발행해 주세요."),
        "CARD": ("카드번호는 {}입니다.", "{} 카드로 결제했어요."),
        "ACCOUNT": (
            "계좌번호는 {}입니다.",
            "국민은행 {}로 입금해 주세요.",
            "농협 {} 계좌로 보내 주세요.",
        ),
        "EMAIL": ("메일은 {}입니다.", "{}으로 보내 주세요.", "이메일 주소 {} 예요."),
        "NAME": (
            "제 이름은 {}입니다.",
            "주문자 {}이에요.",
            "받는 분은 {}입니다.",
            "{}라고 합니다.",
        ),
        "ADDRESS": ("주소는 {}입니다.", "{}로 보내 주세요.", "배송지: {}"),
        "DOB": ("생년월일은 {}입니다.", "제 생년월일 {}이에요."),
        "ORDER": ("주문번호 {}입니다.", "주문번호는 {}이에요."),
        "TRACKING": ("운송장 번호 {} 조회해 주세요.", "송장번호는 {}예요."),
        "PLATE": ("차량번호 {}입니다.", "제 차는 {}이에요."),
    },
    ANSWER: {
        "PHONE": ("{}로 안내 문자를 보내 드렸습니다.", "등록된 연락처 {}가 맞으신가요?"),
        "RRN": ("주민번호 {}로 본인 확인이 되었습니다.",),
        "FRN": ("외국인등록번호 {}로 본인 확인이 되었습니다.",),
        "BRN": ("사업자번호 {}로 발행해 드렸습니다.",),
        "CARD": ("카드번호 {} 결제 건을 확인했습니다.",),
        "ACCOUNT": ("신한은행 {}로 입금해 드립니다.", "말씀하신 계좌 {}로 환불됩니다."),
        "EMAIL": ("{}로 메일을 보내 드렸습니다.",),
        "NAME": ("{} 고객님, 반갑습니다.", "상담사 {}입니다.", "{}님 앞으로 접수했습니다."),
        "ADDRESS": ("등록된 주소는 {}입니다.", "{}로 보내 드리겠습니다."),
        "DOB": ("생년월일 {}로 본인 확인이 되었습니다.",),
        "ORDER": ("주문번호 {} 건을 확인했습니다.",),
        "TRACKING": ("운송장 번호는 {}입니다.",),
        "PLATE": ("차량번호 {}로 등록해 드렸습니다.",),
    },
}
