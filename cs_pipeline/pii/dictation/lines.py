"""The lines of a conversation: which hold nothing but a number, and the digits in them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from cs_pipeline.pii.joints import FILLER, SPEAKER
from cs_pipeline.pii.normalize import Normalized
from cs_pipeline.pii.rules import compiled, led

_SYLLABLES = "공영빵일이삼사오육륙칠팔구"
_WORDS = {
    **dict(zip(_SYLLABLES, "000123456678" + "9", strict=True)),
    **{"하나": "1", "둘": "2", "셋": "3", "넷": "4", "다섯": "5", "여섯": "6", "일곱": "7"},
    **{"여덟": "8", "여덜": "8", "아홉": "9", "제로": "0"},
}
_NATIVE = "(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|여덜|아홉|제로)"
# 이십일 is 21, 이십이요 is 20.
_TENS = r"[이삼사오육칠팔구]? 십 (?: [일삼사오육칠팔구] (?! 요 | [에예]요 ) | 이 (?! 요 | [에예]요 | 고 | 구요 ) )?"
_COPULA = r"""(?:
    이?신가요 | 인가요 | 이?시죠 | 이?죠 | 이?[에예]요 | 이?요                              # 1234이시죠
    | 이?[었였] (?: 나 | 던가 | 는데 | 던 \s 거 \s 같 (?: 아요 | 은데 ) ) [요]? | 이?던가요? | 인가 | 인지 | 인 \s 것 \s 같아요  # 1234였나 1243이었나
    | 이고요? | 이?구요 | (?<=\d) 이?구 | 이?라고요? | 입니다 | 인데요? | 이?거든요 | 이?네요 | 이?래요 | 이?랍니다 | 이?여 | 이?예여                          # 1234이고요
)"""
_CORRECTION = r"""(?:
    아니+ (?: 요 | 라 | 고요? | 야 | 에요 | 예요 | 구요 )? | 아뇨 | 아닙니다                # 1234 아니 1235
    | 말고요? | 정정 (?: 할게요 | 합니다 )?                                                 # 1234 말고 1235
    | 잘못 \s? (?: 말씀드렸[가-힣]{1,3} | 말했[가-힣]{1,3}                                  # 잘못 말씀드렸어요
        | 불렀[가-힣]{1,3} | 눌렀[가-힣]{1,3} )?
    | 틀렸[가-힣]{1,3} | 죄송(?:해요|합니다)?                                               # 죄송해요 1235요
)"""
_MORE_FILLERS = r"""(?:
    (?: 그[래러][가-힣]{0,2}니까 | 그니까 | 그래서 | 거기 | 여기 | 여보세요 | 잠깐 (?: 만요? )? | 잠시 (?: 만요? )? | 천천히 )
    | 맞(?: 아요 | 습니다 | 습니까 | 죠 | 나요 | 고요? | 구요 | 는데요? | 으시죠 | 으세요 | 으신가요
        | 으실까요 | 으시고요? | 지요 | 아 )                                                # 1234 맞으시죠
    | 확인 (?: 했습니다 | 됐습니다 | 되었습니다 | 되셨습니다 | 되셨어요 | 됐어요 | 됩니다 | 되세요 | 할게요 | 하겠습니다                       # 1234 확인했습니다
        | 해\s?주세요 | 부탁[가-힣]{0,4} )?
    | 그? \s? 뭐(?: 냐 | 더라 | 였더라 | 였지 | 지 )요? | 어디 \s 보자 | 보자 | 빨리요? | 제발요? | 잘 \s? 들리세요
    | 됐[어습][가-힣]{1,2} | 감사합니다 | 고맙습니다 | 고객님 | 알겠습니다                  # 1234 고객님 감사합니다
    | 계속 (?: 하세요 | 해주세요 | 말씀하세요 | 불러주세요 )?                               # 네 계속하세요
    | 말씀 (?: 하세요 | 하시면 | 하시죠 | 해\s?주세요 | 해\s?주시겠어요 )
    | 불러 \s? (?: 주세요 | 주시겠어요 | 드릴게요 | 주시면 )                                # 불러 드릴게요 1234
    | 들[리려][가-힣]{0,2}요 | 하시고 | 이렇게 | 이랑 | 랑 | 다시 | 번호?                   # 1234 이렇게
    | 까지 (?: 는 | 요 | 고요 | 맞고요? )? | 부터 | 으?로 | 은 | 는                         # 1234까지요
    | (?<![\s공영빵일이삼사오육륙칠팔구]) (?<!\A) 이 (?![가-힣])                            # 숫자들이 1234
    | 가 | 를 | 을 | 예요 | 에요 | 요 | 고 | 국                                             # 번호가 1234
    | 제가 | 저는 | 제 | 거 | 건 | 뭐 | 어디 | 자 | 오케이 | ok                             # 어디 뭐 1234
)"""
_SIGNS = r"[\s.,~/()!?…\"'\#*:;_+-]+"
_TOKEN = rf"""
    (?P<signs> {_SIGNS} ) | (?P<correction> {_CORRECTION} )
    | (?P<filler> {_COPULA} (?![가-힣]) | (?: {_MORE_FILLERS} | {FILLER} ) )
    | (?P<tens> {_TENS} ) | (?P<digit> \d | {_NATIVE} | [{_SYLLABLES}] )
"""
_DIGIT_FIRST = rf"""
    (?: [{_SYLLABLES}] | \d )
    (?= [\s,.-]{{0,2}} (?: [{_SYLLABLES}] | \d ) (?! 고 | 구요 | 라 ) )
"""
_LINE = re.compile(r"[^\n]+")
_SPEAKER_FIRST = rf"\s* (?: {SPEAKER} \s{{0,2}} )?"
_MOST_CHARACTERS = 80
_MOST_READ = 300
_GAP, _GAP_CORRECTED = 6, 3
_THEN = rf"\s? [{_SYLLABLES}\d] \s? (?: [{_SYLLABLES}] | 하나 | 둘 | 셋 | 넷 )"
_PUT_RIGHT = r"\s? [이가]? \s? (?: 아니 | 말고 )"
_MAY_HOLD = led(
    {
        "0-9": rf"[^\d\n]{{0,2}} \d [^\d\n]{{0,2}} \d | {_THEN} | \d {_PUT_RIGHT}",  # 1-2-3, 29 아니고
        _SYLLABLES: rf"{_THEN} | {_PUT_RIGHT} | \s? [년월]",  # 일 이 삼, 사칠 아니고, 공오월
        f"0-9{_SYLLABLES}": rf"[{_SYLLABLES}\d] \s? 번? 으?로 \s? 끝나",  # 칠칠로 끝나는
        "십": r"\s? [년월]",  # 이십년
        "십백": rf"[{_SYLLABLES}]? \s? [가-힣] [^\n]{{0,6}} (?: \Z | \n )",  # 사십팔 마
        "뒤끝앞막데간": rf"[가에자리\s]{{0,4}} [\d{_SYLLABLES}] [^\n]{{0,4}} (?:붙|추가|빠[졌진]|넣어|더)",  # 끝에 구 붙여
        "둘셋넷": rf"\s? {_NATIVE}",  # 하나 둘
        "하": rf"나 \s? {_NATIVE}",
        "다여": rf"섯 \s? {_NATIVE}",
        "일": rf"곱 \s? {_NATIVE}",
        "여": rf"[덟덜] \s? {_NATIVE}",
        "아": rf"홉 \s? {_NATIVE} | 니 \s? [{_SYLLABLES}]",  # 아니 삼
        "제": rf"로 \s? {_NATIVE}",
    }
)
_MAY_BE_LINE = rf"""
    (?m: ^ ) (?:
        [^\d\n]{{0,6}} \d{{2,3}} \s? [가-힣] [^\d\n]{{0,4}}                              # 네 12가요
      | [^\n]{{0,8}}? (?<![가-힣]) [{_SYLLABLES}\d]{{1,3}} [이요에예입니다고까지네맞 ,.~?!]{{0,8}}  # 네 삼이요
    ) (?m: $ )
"""
_UNIT = r"""(?:
    \s? (?: 원 | 개(?!인) | 건 | 명 | 분(?!실) | 초 | 시(?![가-힣]) | 시간                  # 1234원, 30분
      | 일(?![가-힣]) | 월 | 년 | 회 | 층 | 호 | 동 | 번지 | 번길 | 번\s?버스               # 1105호, 152번 버스
      | 퍼센트 | % | 만 | 천 | 억 | 포인트 | 마일 | 달러 | 유로 | 위안 | 엔(?![가-힣])                                           # 500 포인트
      | kg | g(?![a-z]) | ml | cm | mm                                                      # 500ml
      | 살 | 세(?!요) | 박 | 점 | 자리 | 대(?!\d) | 장 | 권 | 판 | 위 | 인분 | 평 | 리터    # 100세
      | 페이지 | 쪽 | 도(?![가-힣]) )                                                       # 120쪽
    | [.,:/%]\d | -\d | [a-z]                                                               # 123:4
)"""
_FIGURES = rf"(?<![\d#a-z.,:/-]) \d{{3,16}} (?: [-\s.]{{1,3}} \d{{2,8}} ){{0,5}} (?! \d | {_UNIT} )"
_SPOKEN = rf"""
    (?<![가-힣\d]) (?: [{_SYLLABLES}] [ ]? ){{2,15}} (?: [{_SYLLABLES}] | 하나 | 둘 | 셋 | 넷 )
    (?! [가-힣\d] (?<! [이에입은는요을를로으고맞번하까인] ) | \s? (?: 원 | 번길 | 층 | 개 )
      | (?<= 일 ) \s? (?: 내 | 이내 | 안 | 뒤 | 후 | 정도 | 걸 | 동안 | 만에 | 쯤 | 전 ) )       # 이삼일 내로
"""
_GROUPS = rf"(?: {_FIGURES} | {_SPOKEN} )"
_MAY_HOLD_GROUP = compiled(
    led({"0-9": r"\d\d", _SYLLABLES: rf"[ ]? [{_SYLLABLES}] [ ]? [{_SYLLABLES}]"})
)
_USUAL_LESS_ONE = frozenset({1, 3, 5, 7, 10, 12, 15})


class Piece(NamedTuple):
    """Digits that stand together: code points of the line, and the digits."""

    start: int
    end: int
    digits: str


class Told(NamedTuple):
    """A piece of a number: line, code points in the line, and what it is part of."""

    line: int
    start: int
    end: int
    entity_type: str
    score: float
    rule: str


@dataclass(eq=False)
class Line:
    """One line of a turn, in normal form; nothing about it changes.

    Args:
        turn: which turn it is in.
        number: which of all lines it is.
        text: the line, after the name of who speaks.
        offset: where `text` begins in the turn's normal form.
        turn_text: the turn in normal form, with the way back.
    """

    turn: int
    number: int
    text: str = field(repr=False)
    offset: int
    turn_text: Normalized = field(repr=False)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the turn as it was written."""
        return self.turn_text.original_span(self.offset + start, self.offset + end)

    def place_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Code points of the line that hold `start` to `end` of the turn as it was written."""
        offsets = self.turn_text.offsets
        first = bisect_left(offsets, start) - self.offset
        last = bisect_left(offsets, end) - self.offset
        return (first, last) if 0 <= first < last <= len(self.text) else None

    def digits_in(self, start: int, end: int) -> str:
        """The digits of a stretch, number words among them."""
        return "".join(
            _digit(token[0]) for token in compiled(_DIGIT).finditer(self.text, start, end)
        )

    @cached_property
    def _read(self) -> tuple[tuple[Piece, ...], bool, bool]:
        return _tokens(self.text)

    @property
    def is_number(self) -> bool:
        """Nothing but digits, number words, fillers and corrections, at least one digit."""
        return self._read[1] and bool(self._read[0])

    @property
    def says_nothing(self) -> bool:
        """Nothing but fillers and corrections."""
        return self._read[1] and not self._read[0]

    @property
    def corrects(self) -> bool:
        """Something told before is put right."""
        return self._read[2]

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Digits of a line that is a number; of another one groups of three and more."""
        if self.is_number:
            return self._read[0]
        if not _MAY_HOLD_GROUP.search(self.text):
            return ()
        return tuple(
            Piece(*group.span(), self.digits_in(*group.span()))
            for group in compiled(_GROUPS).finditer(self.text, 0, _MOST_READ)
        )

    @cached_property
    def digits(self) -> str:
        """All digits of the pieces."""
        return "".join(piece.digits for piece in self.pieces)

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Pieces close to each other as one stretch."""
        start = end = -1
        for piece in self.pieces:
            gap = _GAP_CORRECTED if self.corrects else _GAP
            if start >= 0 and (piece.start - end > gap or not self.is_number):
                yield start, end
                start = -1
            start, end = (piece.start if start < 0 else start), piece.end
        if start >= 0:
            yield start, end


_DIGIT = rf"\d | {_NATIVE} | [{_SYLLABLES}]"


def may_hold_digits(turn: str) -> bool:
    """A quick look whether a turn may tell a part of a number."""
    found = compiled(_MAY_HOLD).search(turn) or compiled(_MAY_BE_LINE).search(turn)
    return found is not None


def read_lines(turns: Sequence[Normalized]) -> list[Line]:
    """The lines of all turns, in order."""
    lines: list[Line] = []
    for turn, normal in enumerate(turns):
        for line in _LINE.finditer(normal.text):
            speaker = compiled(_SPEAKER_FIRST).match(line[0])
            begin = speaker.end() if speaker else 0
            lines.append(Line(turn, len(lines), line[0][begin:], line.start() + begin, normal))
    return lines


def _tokens(text: str) -> tuple[tuple[Piece, ...], bool, bool]:
    """Pieces of a line, whether there is nothing else in it, and whether it corrects something."""
    if len(text) > _MOST_CHARACTERS:
        return (), False, False
    token, first = compiled(_TOKEN), compiled(_DIGIT_FIRST)
    pieces: list[Piece] = []
    position, corrects = 0, False
    while position < len(text):
        match = first.match(text, position) or token.match(text, position)
        if match is None:
            return (), False, False
        kind = match.lastgroup or "digit"
        corrects |= kind == "correction"
        if kind in ("digit", "tens"):
            digit = _digit(match[0]) if kind == "digit" else _tens(match[0])
            if pieces and pieces[-1].end == position:
                pieces[-1] = Piece(pieces[-1].start, match.end(), pieces[-1].digits + digit)
            else:
                pieces.append(Piece(*match.span(), digit))
        elif match[0][0] in "이구" and _lacks_one(text, pieces, position):
            pieces[-1] = Piece(
                pieces[-1].start, position + 1, pieces[-1].digits + _digit(match[0][0])
            )
        position = match.end()
    return tuple(pieces), True, corrects


def _lacks_one(text: str, pieces: list[Piece], position: int) -> bool:
    """`사사이이요`, `이이칠구요`: a usual length with the first syllable of what seems a copula."""
    if not pieces or pieces[-1].end != position or text[position - 1].isdigit():
        return False
    if text[position] == "구" and pieces[-1].digits.startswith("0"):
        return False  # 공일공구요
    return len(pieces[-1].digits) in _USUAL_LESS_ONE


def _digit(word: str) -> str:
    return _WORDS.get(word, word)


def _tens(word: str) -> str:
    """`이십일` is 21, `십` is 10."""
    tens, _, ones = word.partition("십")
    return _WORDS.get(tens, "1") + _WORDS.get(ones, "0")
