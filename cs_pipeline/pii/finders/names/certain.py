"""Names that follow words behind which nothing but a name can stand, whatever the dictionary says.

`성함이 황금성이고`, `저는 노을이라고 합니다`, `팀장 송아지 님`, `성은 존슨이고요`: what stands there is a name
unless it is one of the words that people say in its place (`conceivable`).
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cs_pipeline.pii.finders.names import cues
from cs_pipeline.pii.finders.names.conceivable import (
    LONGEST_FOREIGN,
    SPOKEN_SURNAMES,
    ends_in_copula,
    is_answer,
    is_any,
    is_conceivable,
    is_foreign,
    is_known,
    is_verbal,
    is_written,
)
from cs_pipeline.pii.finders.names.foreign import NAMES as FOREIGN
from cs_pipeline.pii.finders.names.persons import is_person
from cs_pipeline.pii.finders.names.plausible import is_plausible, looks_like_name
from cs_pipeline.pii.finders.names.shape import is_given, is_given_only
from cs_pipeline.pii.rules import Found, any_of, compiled

IS = r"""['"’”]? (?:
    이?요 (?![가-힣])                      # 구름이요, '구름'이요
    | 이?[야여유] (?![가-힣])              # 구름이여
    | 이? [에예][요용] | 이에여 | 이?라예 | 입니[다까] | 임 (?![가-힣])
    | 이? [고구] (?= 요 | [\s,] )          # 황금성이고 가게는
    | 인데 | 이? 라[고구] | 이라 (?= [\s,] ) | 이?죠 | 이?거든 | 이? (?: 래요 | 신데 )
    | 이? (?: 세요 | 시고 | 신가 | 시죠 | 십니 )
    | \s? 맞[으아는습나죠]
    | \s (?: 입니[다까] | 이?에요 | 예요 | 이고요? (?![가-힣]) | 인데요? (?![가-힣]) )  # 황금성 이고
    | (?<! [하되] ) 이? [었였] (?: 나 | 던가 | 어요 | 습니다 | 는데 | 을 | 고 | 거든 | 네 ) | 이?던가 | 이던데 | 이?더라
)"""
"""Forms of 'is' behind a name."""
ENDS = r"(?: \s{0,2} (?: [,.!?()/|;\n] | \Z ) )"
"""The end of a phrase."""

_PERSON = r"""(?:
    제 | 저희 | 우리 | 본인 | 고객님? | 애 | 아이 | 아기 | 아들 | 딸 | 남편 | 아내 | 와이프 | 신랑 | 엄마 | 아빠 | 어머니
    | 아버지 | 친구 | 동생 | 누나 | 언니 | 오빠 | 형 | 한국 | 영어 | 미국 | 중국 | 진짜 | 원래 | 학생 | 환자 | 자녀 | 님의?
)"""
# `상품 이름이`, `강아지 이름은` ask for no person.
_ASKED = rf"""
    (?: 성함 | 존함 | 함자
      | (?: \A | (?<=[\n,.!?~)]) \s{{0,2}} | (?<![가-힣]) {_PERSON} \s? | (?<=[다요고데니네]) \s )
        이름 (?= [이은:] ) )
    (?: (?: 이요 | 은요 | [은는이] )? [,]? \s{{1,2}} | \s? : \s{{0,2}} )
    (?: (?: 음 | 어 | 네 | 아니 | 그게 ) [,.~]{{0,2}} \s )?
"""
_SELF = r"(?<![가-힣]) (?: 저는 | 제가 | 저 | 전 | 나 | 난 | 나는 | 내가 | 제\s이름은 | 이름은 ) [,]? \s"
_CALLS_ITSELF = (
    r"이? 라[고구] \s? (?: 합니[다까당] | 해요 | 하는데 | 하고요? (?![가-힣]) | 불러\s?주 )"
)
_IS_SELF = r"인데 (?: 요? (?![가-힣]) | 용 )"
_SELF_IN_SHORT = r"(?<![가-힣]) (?: 저 | 전 | 나 | 난 | 저도 ) \s"
_ADDRESSED = r"(?<![a-z]) (?: to | from ) \s? [.:]? \s"
_ADDRESSED_END = r"\s? (?: [♥♡❤^~!,.)\n] | 님 | 씨 | 께 | 에게 | 이?가 | \Z )"
_SHORT = 2
# Behind a verb form there is no form of 'is'.
IS_IN_FULL = r"(?: 이?[에예]요 | 입니다 | 이?고요 | 인데 | 이?라고 )"
"""Forms of 'is' that stand behind nouns alone."""
_IN_BRACKETS = r"[(] \s? (?: 이름 | 성함 | 본명 | 성명 ) (?: 은 | 이 )? \s? :? \s?"
_SURNAME = r"(?<![가-힣]) 성[은이] \s{0,2}"
_BY_DEED = r"[는은을한된던신실할갈올낸낼탈] \s (?: 사람 | 분 ) [은이] [,:]? \s"
_IN_HANGUL = (
    r"(?: 한국말로 | 한글로 | 우리말로 | 한국식으로 | 한국\s이름은 ) (?: 는 | 요 )? [,:]? \s"
)
_BY_TITLE = (
    rf"(?<![가-힣]) (?: {cues.TITLE} | {cues.RELATIVE} | 고객 | 회원 ) (?: 님 | 이름이? )? \s"
)
_POLITE = r"""
    \s? (?: 님 (?! [가-힣] (?<! [이은을의께도과만] ) | 프 ) | 씨 (?! [가-힣] (?<! [가는를은도와랑의께한이] ) ) )
"""
_HANGUL = re.compile(rf"[가-힣]{{1,{LONGEST_FOREIGN}}}")
_SIZES = (3, 4, 2, 5, 6, 7)  # the usual ones first
_MOST_MORE_WORDS = 2
_AFTER_COPULA = tuple("고구요라에예이세시신십죠거야여유")


class _Led(NamedTuple):
    """A text with such a name holds one of `words`; `lead` goes before it and `tail` follows."""

    words: tuple[str, ...]
    lead: str
    tail: str
    accepts: Callable[[str], bool]


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    said = set(_WORDS.findall(text))
    if not said:
        return
    for rule in _RULES:
        if said.isdisjoint(rule.words):
            continue
        for match in compiled(rule.lead).finditer(text):
            if end := read(text, match.end(), rule.tail, rule.accepts):
                yield Found(match.end(), end, "NAME", 0.75, "name.certain")


def read(text: str, start: int, tail: str, accepts: Callable[[str], bool]) -> int | None:
    """End of the name of one to three words at `start` that `tail` follows."""
    run = _HANGUL.match(text, start)
    if not run:
        return None
    follows = compiled(tail)
    for size in _SIZES:
        end = start + size
        if end > run.end() or not follows.match(text, end):
            continue
        while text[end : end + 1] in _AFTER_COPULA and ends_in_copula(text[start:end]):
            end -= 1
        if accepts(text[start:end]):
            return end
    return _read_words(text, start, run.end(), follows, accepts)


def _read_words(
    text: str, start: int, end: int, follows: re.Pattern[str], accepts: Callable[[str], bool]
) -> int | None:
    """The same for a name of several words (`소피아 김`), the first of which ends at `end`."""
    known = text[start:end] in FOREIGN
    for _ in range(_MOST_MORE_WORDS):
        word = _HANGUL.match(text, end + 1) if text[end : end + 1] == " " else None
        if not word:
            return None
        for stop in range(word.start() + 1, word.end() + 1):
            last = text[word.start() : stop]
            is_known = known or last in FOREIGN or last in SPOKEN_SURNAMES
            if is_known and follows.match(text, stop) and accepts(text[start:stop]):
                return stop
        known = known or word.group() in FOREIGN
        end = word.end()
    return None


def _is_told(name: str) -> bool:
    """A name of whatever surname, where people speak of themselves; a weaker cue."""
    if " " in name or is_known(name):
        return is_conceivable(name)
    likely = len(name) == 2 or is_given(name[1:]) or looks_like_name(name)
    return likely and is_plausible(name)


def _is_full(name: str) -> bool:
    return len(name) > _SHORT and " " not in name and is_person(name)


def _is_told_by_deed(name: str) -> bool:
    """`찾아갈 사람은 빈채연이요`: longer than the words that stand there (`아픈 사람이 하나`)."""
    return len(name) > _SHORT and is_person(name)


def _is_in_hangul(name: str) -> bool:
    """`바야르마`, no word of two syllables."""
    return len(name) > _SHORT and " " not in name and (is_person(name) or is_foreign(name))


def _is_likely(name: str) -> bool:
    return " " not in name and (is_person(name) or (len(name) > _SHORT and is_known(name)))


def _is_addressed(name: str) -> bool:
    return _is_likely(name) or is_given_only(name) or is_known(name)


def _is_surname(name: str) -> bool:
    """A surname of another country; `cued` reads the ones of this."""
    return name in FOREIGN or (len(name) > 2 and is_foreign(name))


_RULES = (
    _Led(("성함", "존함", "함자", "이름"), _ASKED, IS, is_conceivable),
    _Led(("성함", "존함", "함자", "이름"), _ASKED, rf"\s? [님씨] {IS}", is_any),
    _Led(("성함", "존함", "함자", "이름"), _ASKED, ENDS, is_written),
    _Led(("성함", "존함", "함자", "이름"), _ASKED, IS_IN_FULL, is_verbal),
    _Led(("이름", "성함"), _IN_BRACKETS, r"\s? [)]", is_any),
    _Led(("라고", "라구"), _SELF, _CALLS_ITSELF, is_answer),
    _Led(("인데",), _SELF, _IS_SELF, _is_told),
    _Led(("고요",), _SELF, r"이?고요 (?![가-힣])", _is_full),
    _Led(("성은", "성이"), _SURNAME, IS, _is_surname),
    _Led(("사람은 ", "사람이 ", "분은 ", "분이 "), _BY_DEED, f"{IS}|{ENDS}", _is_told_by_deed),
    _Led(("한국", "한글로", "우리말"), _IN_HANGUL, f"{IS_IN_FULL}|{ENDS}", _is_in_hangul),
    _Led(("님", "씨"), _BY_TITLE, _POLITE, is_conceivable),
    _Led(("저 ", "전 ", "나 ", "난 ", "저도 "), _SELF_IN_SHORT, IS, _is_likely),
    _Led(("to", "To", "TO", "rom", "ROM"), _ADDRESSED, _ADDRESSED_END, _is_addressed),
    _Led(
        ("망 ", "고 "),
        r"(?<![가-힣]) [망고] \s",
        r"이?십 | 이?셨 | \s? [님씨] | 의\s | 께",
        is_conceivable,
    ),
)
_WORDS = re.compile(any_of(word for rule in _RULES for word in rule.words))
"""No word may begin within another one, or the search would pass over it."""
