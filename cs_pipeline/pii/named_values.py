r"""Values that are only personal beside the word that names them: order numbers, passwords, codes.

The nearest naming word before a value decides what it is. All naming words of a text are found in
one pass; each owns the text up to the next one, so that a text is read once however many there
are. A question's last words are evidence for the start of the next line
(`비밀번호 알려 주세요\n1234요`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cs_pipeline.pii.rules import VALUE, Found, compiled, heads

Check = Callable[[re.Match[str], re.Match[str]], bool]

_LINE_REST = 80
_ANSWER = 44
_LOOK_AHEAD = 48
_EDGE = 10
_LIST_LENGTH = 6
# A line that asks, or that is a form's label.
_ASKS = r"""
      주세요 | 주시 | 주실 | 주십 | 부탁                                    # 비밀번호 입력 부탁드립니다
    | 되세요 | 되시 | 될까 | 까요 | 나요 | 되나 | 인가요 | 이신가           # 주문번호가 어떻게 되세요
    | 무엇 | 뭐 | 뭔 | 어떻게 | 어떤 | 알려 | 불러 | 말씀                   # 주문번호 불러
    | 입력 | 확인 | 적어 | 남겨 | 보내 | 찍어                               # 주문번호 남겨
    | 대주 | 읽어 | 주겠 | 주라 | 줘 | \?                                   # 주문번호 대줘
"""
_LABEL_TAIL = 8
_OTHER = "other"
_TOGETHER_LENGTH = 4
_PLACEHOLDER = "###"
# Figures, letters, and syllables of which every number or code in words has one.
_IN_VALUE = "(?-i: [0-9A-Za-z공영빵일이삼사오육륙칠팔구에아제케브와엑더지큐엘엠엔피티유하둘] )"
_TOGETHER = r"\s{0,2}(?:이?랑|하고|와|과|및|,|/|[.]|&|[+]|그리고|또는|나|혹은)?\s{0,2}\(?\s?"
_LIST_JOINT = r"""
    \s{0,2} (?: 이요 | 요 | 이고 | 이랑 | 입니다 | 이?[었였]나 | 이?거나 | 인지 )? \s?
    (?: , | 이?[었였]나 | 이?[었였]던가 | 인가 | 이?거나 | 인지             # 1234였나 5678
      | 아님 | 아니면 | / | & | [+]                                         # 1234 아니면 5678
      | (?: 아 [\s,.]{1,2} )? (?: 아니+ [요고라]? | 아뇨 | 말고 )             # 1234 아니 5678
      | 와 | 과 | 이?랑 | 하고 | 및 | 또는 | 이고 | 그리고 | 에서 | \n     # 1234랑 5678
      | [ ] (?: 저 | 제 | 아내 | 와이프 | 집사람 | 남편 | 신랑 | 아들 | 딸 | 엄마 | 아빠 | 어머니 | 아버지 | 동생 | 언니 | 누나 | 오빠 | 형 | 친구 )
        \s? (?: 꺼 | 거 | 것 | 번호 )? [는은이가]? (?=[ ]) )                 # 1234 아내는 5678
    \s{0,2} (?: 하고\s | 그리고\s | 또\s )?
"""

DIGIT = r"""(?:
    [0-9공영빵일삼사오육륙칠팔구]
    | (?<![0-9][ ]) 이 (?! [에예요고라었였지다란면거니며네야랑입] | 구 (?:요|\s|[.,]|\Z) )
)"""
"""A digit or its Sino-Korean word; not the copula of `삼사이에요`."""

ANY_DIGIT = "[0-9공영빵일이삼사오육륙칠팔구]"
"""The same where a number's length tells a two from a copula."""

WORD_END = r"""(?:
    (?![가-힣a-z0-9])
    | (?= 이?에?요 | 예요 | 입니 | 임(?![가-힣]) | 이[고구라거야네지며신]     # 1234이고
        | 라[고는서예카캐던데] | 래[요유]? | 유(?![가-힣])                  # 1234라고
        | 으?로 | [은는이가을를도만에번]                                    # 1234로
        | 인[데가지] | 맞 | [야네] | 이[었였] | [였었] | 거든               # 1234인데
        | 하고 | 이?랑 | [과와] | 까지 | 및                                 # 1234랑
        | 다시 | 대시 | 하이픈 | 샵 | 별 | 우물 | 누르                      # 1234 누르
        | 그리고 | 습니 | 확인 | 조회 | 입력 | 건 | 님 | 고객 | 주문 | 예약 )      # 1234건
)"""
"""What follows a value: no further letter, or a particle or copula."""

UNIT = r"""(?:
    [ ]?원(?![래본하]) | [ ]?개(?![인통]) | 건 | [ ]?명(?![의세])           # 1234원, but 1234 원래
    | [ ]?분(?![실명홍]) | [ ]?초(?![기과])                                 # 30분, but 1234 분실
    | 시(?!리) | [ ]?시간                                                   # 24시간
    | [ ]?일(?!\s?[거것껄겁]|[까듯수련]) | [ ]?월 | [ ]?년 | [ ]?회(?![원사차])   # 2026년, but 1234 회원
    | [ ]?자리 | 글?자                                                      # 4자리
    | [ ]?% | [ ]?퍼 | 만[ ]?(?:원|\d|명|개|km|포인트) | [ ]?천 | [ ]?억    # 12만 원
    | 점(?!검) | [ ]?포인트 | [ ]?마일(?!리지) | p(?![a-z])                 # 5000p
    | 층 | 호(?!출) | 동                                                    # 1105호
    | [ ]?kg | g(?![a-z]) | [ ]?ml | [ ]?cm | [ ]?mm                        # 500 ml
    | 장(?!애) | 세(?!요) | 살 | 주(?![세문]) | 배(?!송) | 박               # 20장, but 1234 주문
    | [ ]?달러 | [ ]?엔 | ,\d{3}                                            # 12,000
)"""
"""What makes the number before it a count, a price or a time."""

SPOKEN_JOINT = r"(?:[ ]?(?:다시|대시|하이픈|에)[ ]?)"

TURNED_COPULA = "2 (?: [에예]?요 | 고요? | 구요 | 라고 | 야 )"
"""The `이` of `팔일이요` where number words have become figures."""


def digits(least: int, most: int) -> str:
    """A number of `least` to `most` digits, in figures or words, with spaces or without."""
    return rf"""
        (?<![0-9a-z#]) (?<![0-9][-.,/:]) (?: (?=[0-9]) | (?<![가-힣]) | (?<=[은는가요호번]) (?!이) )
        {DIGIT} (?: [ ]? {DIGIT} ){{{least - 1},{most - 1}}}
        (?! [0-9] | [ ][0-9] (?! [ ]?자리 ) | [-./:,][0-9#] ) (?! {UNIT} ) {WORD_END}
    """


# A figure or letter group; groups joined by separators, or by a space between figures.
CODE = rf"""
    (?<![0-9a-z@./_-]) [a-z0-9]{{1,24}}+
    (?: (?: [-_/.]{{1,2}}[ ]? | [ ][-_.]{{1,2}}[ ]? | [ ]/{{1,2}}(?![ ][a-z]) [ ]?  # 20261122-0001234
          | {SPOKEN_JOINT}                                                  # ORD 다시 2026
          | (?: [ ] | \n(?=\d) | (?<=[a-z]) [ ]? )                          # 1234 5678
            (?! 01[016789] (?: [- ] | \d{{7,8}} (?!\d) ) | 20[12]\d[-.년] )
            (?= \d{{2,12}} (?! \d | {UNIT} | [ ]?시 ) ) )
        [a-z0-9]{{1,24}}+ (?![@])
    ){{0,6}}
    (?! [0-9a-z@] | (?! (?<=\d{{8}}) [ ]포인트 ) {UNIT} )                  # 회원번호 8829104736 포인트 언제
"""
"""Latin letters and figures in one or more groups (`20261122-0001234`, `ORD-2026`, `1234 5678`)."""

# Spoken digits are figures by now, some of them inside a letter's name: `에이` arrives as `에2`.
LETTER_NAME = r"""(?:
    에[이2]취 | 에[이2]치 | 에[이2]                                         # H, A
    | 더블유 | 더블류 | 에프 | 에스 | 에쓰 | 에취 | 에치                    # W, F, S, H
    | 와[이2] | 제트 | 아[이2] | 제[이2] | 케[이2] | 브[이2] | 엑스         # Y, Z, I, J, K, V, X
    | 지 | 쥐 | 큐 | 비 | 씨 | 시 | 디 | 이 (?! [에예요]|입니 )             # G, Q, B, C, D, E
    | 엘 | 엠 | 엔 | 오 | 피 | 알 | 아르 | 티 | 유                          # L, M, N, O, P, R, T, U
    | [a-z0-9]
)"""
"""A Latin letter's name as it is spelled out in Korean, a letter or a figure."""


LATIN = "(?-i: [A-Za-z] )"
"""Any Latin letter; a trigger that costs next to nothing."""


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of value and the words that name it.

    Args:
        name: what audits call it, such as `order.cue`.
        entity_type: a key of `cs_pipeline.masked.placeholders.PLACEHOLDERS`.
        score: how sure a match is, in (0, 1].
        cue: pattern of the naming words; no capturing groups.
        value: pattern of the value; the group `value`, if there is one, is what is found.
        check: sees the match of the cue and of the value; False tries the next value.
        reach: code points between cue and value on one line, at most.
        is_word: the value may be an ordinary word, such as a nickname.
    """

    name: str
    entity_type: str
    score: float
    cue: str
    value: str
    check: Check | None = None
    reach: int = 28
    is_word: bool = False

    def find(self, cue: re.Match[str], limit: int, end: int) -> Iterator[Found]:
        """The value that `cue` names and those listed after it.

        They start before `limit`; what follows `end` is not looked at.
        """
        text, position, listed = cue.string, cue.end(), 0
        if not self.is_word and not compiled(_IN_VALUE).search(text, position, limit):
            return
        regex = compiled(self.value)
        group: str | int = VALUE if VALUE in regex.groupindex else 0
        while listed < _LIST_LENGTH and (match := regex.search(text, position, end)):
            start, stop = match.span(group)
            if start >= limit or _PLACEHOLDER in text[cue.end() : start]:
                return
            if listed and not compiled(_LIST_JOINT).fullmatch(text, position, match.start()):
                return
            if self.check is None or self.check(cue, match):
                listed += 1
                yield Found(start, stop, self.entity_type, self.score, self.name)
            position = max(stop, match.start() + 1)


@dataclass(frozen=True)
class NamedValues:
    """Kinds of values that are told apart by the nearest naming word.

    Args:
        triggers: groups of cheap patterns; any text with a finding contains one of each group.
        kinds: the kinds; where two cues start at one place the earlier one in the list wins.
        others: pattern of words that name something else, and so end a kind's reach.
    """

    triggers: tuple[tuple[str, ...], ...]
    kinds: tuple[Named, ...]
    others: str

    @cached_property
    def _cues(self) -> str:
        kinds = [
            f"{heads(kind.cue)} (?P<k{number}> {kind.cue} )"
            for number, kind in enumerate(self.kinds)
        ]
        kinds.append(f"{heads(self.others)} (?P<{_OTHER}> {self.others} )")
        return rf"{heads(' '.join(kinds))} (?: {'|'.join(kinds)} )"

    @cached_property
    def _searches(self) -> tuple[tuple[Callable[[str], re.Match[str] | None], ...], ...]:
        return tuple(
            tuple(compiled(trigger).search for trigger in triggers) for triggers in self.triggers
        )

    def find(self, text: str) -> Iterator[Found]:
        """All findings; they may overlap."""
        for searches in self._searches:
            for search in searches:
                if search(text):
                    break
            else:
                return
        following: re.Match[str] | None = None
        end, together = len(text), 0
        for cue in reversed(list(compiled(self._cues).finditer(text))):
            if following:
                together = together + 1 if _are_together(cue, following) else 0
                if together % _TOGETHER_LENGTH == 0:
                    end = following.start()
            following = cue
            if cue.lastgroup and cue.lastgroup != _OTHER:
                kind = self.kinds[int(cue.lastgroup[1:])]
                limit = min(end, _reach(cue, kind.reach))
                yield from kind.find(cue, limit, min(end + _EDGE, limit + _LOOK_AHEAD))


def _are_together(cue: re.Match[str], following: re.Match[str]) -> bool:
    """`유효기간이랑 비밀번호`: what follows answers both."""
    return compiled(_TOGETHER).fullmatch(cue.string, cue.end(), following.start()) is not None


def _reach(cue: re.Match[str], reach: int) -> int:
    """Where evidence ends: within the line, or at the start of the next if the line asks."""
    text, start = cue.string, cue.end()
    line_end = text.find("\n", start, start + _LINE_REST)
    if line_end < 0:
        return start + reach
    rest = text[start:line_end]
    if len(rest) > _LABEL_TAIL and not compiled(_ASKS).search(rest):
        return min(start + reach, line_end)
    next_line_end = text.find("\n", line_end + 1, line_end + _ANSWER)
    if next_line_end < 0:
        return line_end + _ANSWER
    reply = text[line_end + 1 : next_line_end]
    asks_on = len(reply) <= _LABEL_TAIL or compiled(_ASKS).search(reply)
    goes_on = asks_on and not compiled(r"\d").search(reply)
    return next_line_end + _ANSWER if goes_on else next_line_end


def between(cue: re.Match[str], value: re.Match[str]) -> str:
    """The text between a naming word and its value."""
    return cue.string[cue.end() : start_of(value)]


def start_of(match: re.Match[str]) -> int:
    """Where the value of a match starts."""
    return match.start(VALUE if VALUE in match.re.groupindex else 0)


def value_of(match: re.Match[str]) -> str:
    """The value of a match."""
    return match[VALUE] if VALUE in match.re.groupindex else match.group()
