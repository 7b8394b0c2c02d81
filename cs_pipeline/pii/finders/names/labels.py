"""Names that a label beside them promises (`예금주: 김민수`), or a question in the line above."""

import re
from collections.abc import Iterator

from cs_pipeline.pii.finders.names import certain, cues
from cs_pipeline.pii.finders.names.conceivable import (
    is_answer,
    is_called,
    is_conceivable,
    is_known,
    is_written,
)
from cs_pipeline.pii.finders.names.persons import is_person
from cs_pipeline.pii.finders.names.plausible import is_census_surname, is_plausible, looks_like_name
from cs_pipeline.pii.finders.names.reading import Read, Trust, openings, read_name, tail_at
from cs_pipeline.pii.finders.names.shape import is_given
from cs_pipeline.pii.rules import Found, compiled

_ASKED = r"""
    (?: 성함 | 이름 | 성명 | 존함 | 누구 | [영한] [문글] 명 | 여권명
      | (?: 예금주 | 수령인 | 받으[시실] | 보내시는\s분 | 명의자 | 주문자 | 예약자 | 신청자 | 가입자 | 계약자 | 본인\s?확인 )
        (?! [^\n]{0,30} (?: 주소 | 어디 | 어떤 | 무슨 | 무엇 | 뭘 | 색상 | 사이즈 | 번호 | 연락처 | 언제 | 몇 | 얼마 | 제품 | 상품 | 메뉴 ) ) )
    [^\n]{0,30} (?: [?] | 요 | 까 | 죠 | 주시 | 부탁 | 다 ) [^\n]{0,8} \n
    (?: \[? (?:고객|손님|상담사|상담원|사용자|나|[AQ문답]) (?:님)? \s? [:\]] \s? )?
    (?: (?: 네네? | 넵 | 넹 | 예 | 아 | 어 | 음 | 저는 | 저요 | 전 | 제가 | (?:제\s)?(?:이름|성함)은
          | 본인(?:이고요?|이에요|입니다)? | 그 ) (?=[\s,.~!]) [\s,.~!]{1,3} ){0,4}
"""


_WORD_BEFORE = re.compile(r"[가-힣]\s?$")
_COUNTED = re.compile(r"(?:\d|[두세네몇]|여러|다섯|여섯) 명의$")  # 두 명의 손님
_COUNT_BEFORE = 3
_OBJECT = ("을", "를")
_SHORTEST = 2
_CHANGED = (
    r"으?로 \s? (?: 바[꿔꾸] | 변경 | 수정 | 정정 | 등록 | 고[쳐치] | 입력 | 적 | 해\s | 부탁 )"
)
_SHOWN = r"으?로 \s? (?: 요 (?![가-힣]) | 되[어있] | 돼 | 된 | 나[와오온] | 뜨 | 떠 | 찍 | 적[혀힌으었어] | 등록 | 바[뀌꿔꾸] | 변경 )"
_POLITE = r"\s? (?: 님 | 씨 | 고객 | 회원 | 앞으로 | 명의 | 이름 | 본인 ) | 이?라는 | [\s,]{1,2} (?= 01[016-9] | \d{6} | 연락처 | 번호 | 생일 | 생년 | 주민 | 여권 | 면허 )"
# `처남이요 용재하 생일은`
_DETAIL = r"\s (?: 생일 | 생년 | 주민 | 연락처 | 전화 | 번호 [는:]? \s | 휴대폰 | 핸드폰 | 폰 \s | 주소 | 이메일 | 계좌 | 여권 | 면허 | 01[016-9] | \d{6} | (?:19|20)\d\d [-.년/] )"
_THEIR_DETAIL = f"이? {_DETAIL}"
# `받는분:방글 운임:착불`
_NEXT_FIELD = r"\s{1,2} (?= [가-힣]{2,6} \s? : )"
_LOOSE = rf"""
    {certain.ENDS} | (?= \s )
    | (?: 이?[가는를도] | [은을의] | 이?랑 | 하고 | 한테 | 에게 | 께서? | 으?로 | 이?네 ) (?![가-힣]) | 이?꺼 (?= [예에]요 | 인데 | \s )
"""
_FULL = 3
_SUBJECT = ("은", "는", "가", "이 ", "이요")


def find_labelled(text: str) -> Iterator[Found]:
    """Names behind a label."""
    pattern = compiled(cues.LABEL + cues.GAP)
    for word in cues.LABEL_STARTS.words_in(text):
        match = pattern.match(text, word.start())
        if match and match.end("label") > word.start() and (found := _after_label(text, match)):
            yield found


def _after_label(text: str, match: re.Match[str]) -> Found | None:
    if _COUNTED.search(text, max(0, match.start() - _COUNT_BEFORE), match.start() + len("명의")):
        return None
    start = match.end()
    trust = _trust_of(match)
    if match["said"] and match["said"].strip() in ("으로", "로"):
        trust = min(trust, Trust.SAID)  # 남편 이름으로 한 거예요
    read = read_name(text, start, trust)
    if not read:
        return _certain(text, match, trust) or _told(text, match) or _likely(text, match)
    if (
        read.kind == "given"
        and (match["said"] or "").startswith(_SUBJECT)
        and _is_object(text, read)
    ):
        return None  # 아이가 수영을 해요
    if read.kind == "plausible" and text[start - 1].isalpha():
        return None  # 이름이구만
    if match["beside"] == "" and (read.kind not in ("full", "hidden") or read.end - start < 3):
        return None
    return Found(start, read.end, "NAME", read.score, f"name.{trust.name.lower()}")


def _certain(text: str, match: re.Match[str], trust: Trust) -> Found | None:
    """A name that is a word as well, behind a label that asks for a name."""
    asks = match["known"] or match["owner"] or match["sent"]
    if trust < Trust.NAMED or not (asks or match["field"]):
        return None
    start, said, field = match.end(), match["said"], match["field"]
    tail, accepts = certain.IS, is_conceivable
    if said is None:
        tail = f"{certain.ENDS}|{certain.IS}|{_SHOWN}|{_DETAIL}"
        tail = f"{tail}|{_NEXT_FIELD}" if field else tail
        accepts = is_called if field is None else is_written if asks else is_known
    # `상품 이름이`; whose name it is, `certain` reads.
    is_of_something = match["known"] and match.end("known") - match.start() <= len(match["known"])
    if is_of_something and _WORD_BEFORE.search(text, max(0, match.start() - 2), match.start()):
        return None
    if (said or "").startswith(_OBJECT):
        tail, accepts = _CHANGED, is_written
    elif not (said or "은").startswith(_SUBJECT) or "|" in (field or ""):
        return None
    end = certain.read(text, start, tail, accepts)
    if not end and said is None and field is None:
        end = certain.read(text, start, _DETAIL, is_conceivable)  # 수익자 유리 주민 …
    if not end and said is not None and match["owner"]:
        end = certain.read(text, start, certain.ENDS, is_known)  # 예금주는 저 송아지
    return Found(start, end, "NAME", 0.7, "name.certain") if end else None


def _told(text: str, match: re.Match[str]) -> Found | None:
    """A name of whatever surname behind other words for people."""
    if match["known"] or match["owner"] or match["sent"]:
        return None
    start, said, field = match.end(), match["said"], match["field"]
    if "|" in (field or "") or match["beside"] == "" or text[start : start + 1] not in openings():
        return None
    if (said or "").startswith(_OBJECT):
        tail = _CHANGED
    elif (said or "은").startswith(_SUBJECT):
        tail = f"{certain.IS}|{_SHOWN}|{_POLITE}"
        tail = f"{certain.ENDS}|{_NEXT_FIELD}|{tail}" if field else tail
    else:
        return None
    accepts = is_person if field is None else _is_in_field
    end = certain.read(text, start, tail, accepts)
    if end is None and match["beside"]:
        end = certain.read(text, start, _LOOSE, _is_sure)
    if end is None:
        accepts, tail = (_is_detailed, _DETAIL) if match["relative"] else (_is_known, _THEIR_DETAIL)
        end = certain.read(text, start, tail, accepts)
    return Found(start, end, "NAME", 0.7, "name.told_by_role") if end else None


def _likely(text: str, match: re.Match[str]) -> Found | None:
    """A name behind a word for a person that asks for none: `탑승객 빙하준`, `동생이 강산이고`."""
    if match["known"] or match["beside"] == "" or (match["said"] or "").startswith(_OBJECT):
        return None
    start = match.end()
    end = next((start + size for size in (3, 4, 2) if _is_likely(text, start, size)), None)
    if not end and match["said"]:
        end = certain.read(text, start, certain.IS, is_known)
    return Found(start, end, "NAME", 0.7, "name.likely") if end else None


def _is_likely(text: str, start: int, size: int) -> bool:
    name, end = text[start : start + size], start + size
    if len(name) < size or not is_plausible(name):
        return False
    tail = tail_at(text, end)
    if tail is None or (size == _SHORTEST and tail == "particle"):
        return False  # 아기 원숭이가
    return is_person(name) or (tail == "copula" and size > _SHORTEST and looks_like_name(name))


def _is_object(text: str, read: Read) -> bool:
    return text[read.end : read.end + 1] in _OBJECT


def _is_sure(name: str) -> bool:
    """And its given name is a usual one, or it is longer than words are."""
    if not is_person(name):
        return False
    return is_given(name[1:]) if len(name) == _FULL else len(name) > _FULL


def _is_known(name: str) -> bool:
    return is_person(name) or is_known(name)


def _is_detailed(name: str) -> bool:
    return is_answer(name) or (is_given(name[1:]) and is_census_surname(name[0]))


def _is_in_field(name: str) -> bool:
    return is_written(name) or is_person(name)


def _trust_of(match: re.Match[str]) -> Trust:
    if match["field"] is not None:
        return Trust.FIELD
    if match["known"] or match["sent"] or match["owner"]:
        return Trust.NAMED
    return Trust.SAID if match["said"] is not None else Trust.BESIDE


def find_asked(text: str) -> Iterator[Found]:
    """Names at the start of a line, where the line above asks for one."""
    for match in compiled(_ASKED).finditer(text) if "\n" in text else ():
        if read := read_name(text, match.end(), Trust.NAMED):
            yield Found(match.end(), read.end, "NAME", read.score, "name.asked")
