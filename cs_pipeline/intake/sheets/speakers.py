"""Who a cell of a speaker column means."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Speaker = Literal["customer", "agent", "bot"]

PATRONS = (
    "환자|보호자|학부모|학생|수강생|원생|입주민|주민|시민|가입자|투숙객|승객|조합원|임차인|교육생"
    "|수험생|응시자|방문[자객]|관람?객|신고(?:자|인|주민)|(?:전화|문의)(?:하|주)신 ?분"
)
"""What those whom an office serves are called."""
# Korean words count anywhere in the cell, English ones as words of their own, letters alone.
# The order matters: a 챗봇 상담사 is a bot, and a 고객센터 is not a customer.
_SPEAKERS: tuple[tuple[Speaker, re.Pattern[str]], ...] = (
    (
        "bot",
        re.compile(
            "봇|시스템|자동(?!차)|알림|메모|비공개"
            r"|\b(?:\w*bot|system|auto|automated|ivr|ars|notes?|memo)\b"
        ),
    ),
    (
        "agent",
        re.compile(
            "상담(?!.{0,4}(?:고객|회원|신청))|매니저|스태프|운영진|직원|담당자|운영자|관리자|판매자|고객(?:센터|지원|만족)"
            # 예약담당, 배송 담당: who does what for customers
            "|(?:예약|배송|환불|교환|반품|수리|설치|접수|안내|응대|민원|정산|객실|cs|as)\\s?담당"
            # 고객행복센터, 사용자지원팀: who serves customers
            "|(?:고객|회원|사용자|이용자|구매자|민원)(?:서비스|지원|관리|만족|행복|상담|응대|케어)?"
            "(?:팀|센터|데스크|파트|담당|실(?![가-힣]))|공무원|주무관"
            r"|\b(?:agent|manager|counsell?or|assistant|staff|operator|admin|support|representative"
            r"|csr|rep|agnt|assignee|advisor|consultant|seller)\b"
            r"|^[\[(<]\s*(?:cs|c/s)\s*[\])>]"  # [CS]김서연
            r"|^(?:[ha]|tx|답변|회신|응답|답|답글|답변자|reply|answer|응대|직원측|회사|업체|점주|사장님?|호스트|host|gpt|ai|model|우리|저희|당사|자사)$"
        ),
    ),
    (
        "customer",
        re.compile(
            "고객|손님|게스트|회원|구매자|이용자|사용자|문의자|신청자|민원인"
            r"|\b(?:customer|end-?user|user|client|visitor|guest|member|requester|caller|buyer|cust|cus)\b"
            r"|^(?:[cq]|rx|질문|문|문의|접수|원글|질의|질문자|문의글|ask|question|inquiry|의뢰인|소비자|상대방?|human)$"
            rf"|^(?:호실?\s)?(?:{PATRONS})님?$"  # 1207호 투숙객, 학부모1
        ),
    ),
)
# These say which way something went: a call as often as one of its sentences.
_WAYS: dict[str, Speaker] = {
    "수신": "customer",
    "인입": "customer",
    "응대": "agent",
    "발신": "agent",
    "송신": "agent",
    "in": "customer",
    "out": "agent",
    "inbound": "customer",
    "outbound": "agent",
    "incoming": "customer",
    "outgoing": "agent",
    "received": "customer",
    "sent": "agent",
    "받음": "customer",
    "보냄": "agent",
    # as telecoms call texts from and to a mobile phone
    "mo": "customer",
    "mt": "agent",
}
_OF_TEXTS = re.compile(
    r"\s*(?:문자|메시지|메세지|톡|sms|mms|lms|message|text|msg|함|편지함|메시지함|문자함)+$"
)
_RECEIVED, _SENT = ("받은", "수신", "received", "in"), ("보낸", "발신", "송신", "sent", "out")
_YES = frozenset(("true", "1", "y", "yes", "예", "o"))
_NO = frozenset(("false", "0", "n", "no", "아니오", "아니요", "x", ""))
_ADVERT = re.compile(r"[(\[]\s*광고\s*[)\]]|무료\s*(?:수신)?\s*거부|수신\s*거부\s*[:：]?\s*\d")
_CODE = re.compile(
    r"인증\s*(?:번호|코드)\s*(?:는|은)?[\s\])}>:：]*[\[(<{]?\d{4,8}(?![\d-])"
    r"|(?:verification|security|one-time) (?:pass)?code\D{0,12}\d{4,8}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:q|a|질문|답변|문의|문|답|question|answer)\s?[-.#]?\s?(\d{1,3})\s?[.:)]?", re.IGNORECASE
)
_PROGRAM = re.compile(
    r".{0,12}(?:챗|알림|상담|안내|응답|배송|문의|도움|설문|자동|ai)\s?봇|.{0,12}bot|자동\s?(?:응답|발송|안내|메시지)"
    r"|시스템(?:\s?(?:메시지|알림|안내))?|알림톡|system|auto[ -]?(?:reply|responder|message)",
    re.IGNORECASE,
)
_PATRON = re.compile(rf"(?:\d{{1,5}}호실?\s)?(?:{PATRONS}|상대방)\s?\d{{0,5}}님?")
_APART = re.compile(r"[_\d]+")
_TO = re.compile(r"\s*(?:[-=]+>|→|⇒|▶|➡|>)\s*")
"""Between who speaks and to whom."""
_LONGEST_SPEAKER = 200
_BESIDE_ROLE = re.compile(r"(?<=[가-힣a-z])\s*[(\[<].*")
_RECEIVES = re.compile(r"(?:에게|께|수신|받음)\s*$|^(?:to|수신)\b\s*[:.]?\s*(?=\S)")
_NO_NAMES = re.compile(
    r"님|씨|팀|팀장|과장|대리|사원|주임|실장|부장|차장|센터|채팅|문의|vip", re.IGNORECASE
)
_ROLE_WORDS = (
    "고객(?:센터|지원팀?|만족팀?)?|손님|게스트|회원|구매자|이용자|사용자|문의자|신청자|민원인|상담(?:사|원|관|직원|팀)?"
    r"|매니저|직원|담당자|운영자|관리자|판매자|(?:내부\s*)?메모|(?:챗|상담)?봇|시스템|자동응답|자동|알림톡?"
)
_PLAIN_ROLE = re.compile(
    # `고객님`, `상담사 A`, `상담원_07`, `고객(김*연)`
    rf"(?:{_ROLE_WORDS})(?:님|분)?(?:\s*[-_:/(\[<]?\s*(?:[A-Za-z0-9*]{{1,12}}|[가-힣*○OoX]{{2,4}})\s*님?[)\]>]?)?"
    # `김서연 상담사`, `김*연(고객)`
    rf"|[가-힣*○]{{2,4}}\s*(?:[(\[/]\s*)?(?:{_ROLE_WORDS})님?[)\]]?"
    # `agent`, `user_1`, `agent (night shift)`
    r"|[a-z][a-z _-]*\d*(?:\s*[(\[].*[)\]])?"
)
_DESK = re.compile(
    # 시험관리팀, 소믈리에 데스크
    r"[\w ]{0,12}(?:팀|부서|센터|본부|본사|지점|매장|데스크|desk|창구|카운터|프[런론]트)"
    r"|[\w ]{0,12}(?:사무국|사무소|관리소)"
    # 원무과, 상황실
    r"|[\w ]{0,8}(?:상황|원무|교무|행정|사무|관리|민원|안내|접수|운영|지원|총무|학사|예약|시설"
    "|당직|매표|차량|배차|관제)"
    "[실과처부국소]"
    # who does so by trade, and is called so without a name
    "|(?:역무|안내|승무|사무|행정|경비|접수)원|[가-힣]{1,6}지기|사서|원장|점원|컨시어지"
    "|(?:the )?(?:hotel|shop|store|clinic|office|school|bank)|concierge|reception(?:ist)?",
    re.IGNORECASE,
)
_PARTNER = re.compile(r"(?:톡톡\s?)?파트너|partner", re.IGNORECASE)
_TOPICS = re.compile(
    r"가입|탈퇴|등급|예약|신청|오류|장애|이체|문의|요청|불만|정보|결제|배송|환불|교환"
)


@lru_cache(maxsize=1024)  # the same few speakers, asked for with each utterance
def speaker_of(text: str) -> Speaker | None:
    """The speaker that `text` names (`고객님`, `상담사 A`, `user_1`, `H`), or None."""
    if len(text) > _LONGEST_SPEAKER:
        return None
    plain = _APART.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    plain = _TO.split(plain, maxsplit=1)[0] or plain
    if _RECEIVES.search(plain):
        return None  # says to whom, not who
    speaker = _named(plain)
    return speaker if speaker in (None, "bot") else _named(_BESIDE_ROLE.sub("", plain)) or speaker


def _named(plain: str) -> Speaker | None:
    return next((speaker for speaker, words in _SPEAKERS if words.search(plain)), None)


def way_of(text: str) -> Speaker | None:
    """The speaker of something that came in (수신, inbound) or went out; None for other words."""
    plain = text.strip().casefold()
    if plain in _WAYS:
        return _WAYS[plain]
    stem = _OF_TEXTS.sub("", plain)  # 받은문자, 보낸메시지함
    if stem == plain:
        return None
    return "customer" if stem in _RECEIVED else "agent" if stem in _SENT else None


def number_of(label: str) -> int:
    """The number of a question or an answer (`Q2`, `답변 2`); 0 of any other label."""
    match = _NUMBERED.fullmatch(label.strip())
    return int(match[1]) if match else 0


def is_advert(text: str) -> bool:
    """Whether a text message is an advertisement, which by law says so and how to refuse it."""
    return _ADVERT.search(text) is not None


def is_code(text: str) -> bool:
    """Whether a text message brings a code to prove who somebody is."""
    return _CODE.search(text) is not None


@lru_cache(maxsize=1024)
def is_program(name: str) -> bool:
    """Whether a name is one that programs are given (알림봇, 자동응답, ChatBot)."""
    return _PROGRAM.fullmatch(name.strip()) is not None


def is_yes(text: str) -> bool | None:
    """A yes-or-no cell; None for anything else."""
    plain = text.strip().casefold()
    return True if plain in _YES else False if plain in _NO else None


@lru_cache(maxsize=1024)
def plain_role(text: str) -> bool:
    """True for a cell that says who speaks and nothing else, unlike 회원가입 or 시스템 오류."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    if _TOPICS.search(plain) and plain not in ("문의", "질문"):
        return False
    return speaker_of(plain) is not None and (
        len(plain) <= 2 or _PLAIN_ROLE.fullmatch(plain) is not None
    )


def is_patron(text: str) -> bool:
    """Whether a cell says who is served, and nothing else (1207호 투숙객, 학부모1)."""
    return _PATRON.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


@lru_cache(maxsize=1024)
def is_desk(text: str) -> bool:
    """Whether a cell says who serves customers by an office or a trade (원무과, 안내 데스크)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return speaker_of(plain) is None and _DESK.fullmatch(plain) is not None


def is_partner(text: str) -> bool:
    """Whether a cell calls somebody a partner: a messenger's word for a shop, or who asks it."""
    return _PARTNER.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def name_of_speaker(text: str) -> str:
    """The name beside the role in a speaker cell (`상담사 이지은`, `김민수(고객)`), or `""`."""
    words = re.findall(r"[가-힣]+|[A-Za-z]+", unicodedata.normalize("NFKC", text))
    names = [word for word in words if not (speaker_of(word) or _NO_NAMES.fullmatch(word))]
    return names[0] if len(words) > 1 and len(names) == 1 else ""
