"""Groups of a number that was told, read back or put right in another turn."""

import re
from collections.abc import Iterator, Sequence

from cs_pipeline.pii.dictation.lines import Line, Piece, Told
from cs_pipeline.pii.rules import compiled

_NUMBERS = frozenset(
    {
        *("PHONE", "CARD", "ACCOUNT", "RRN", "FRN", "BRN", "TRACKING", "ORDER"),
        *("MEMBER_NO", "OTP", "PASSPORT", "DRIVER", "CUSTOMS", "PLATE"),
    }
)
_READS_BACK = r"맞 | 끝 | 뒷 | 뒤 | 자리 | 번호 | 확인 | 아니 | 말고 | 정정 | 이시 | 이신 | 라고 | 으로 | 중간 | 가운데 | 앞"
_WORDS = "[공영빵일이삼사오육륙칠팔구]"
_FRAGMENT = rf"""
    (?: 뒤 | 뒷 | 끝 | 앞 | 마지막 | 가운데 | 중간 ) [^\d\n]{{0,8}} (?<!\d) (?P<wrong> \d{{2,3}} | {_WORDS}{{1,4}} ) \s? (?: 이 | 가 )? \s?
    (?: 아니 [가-힣]{{0,2}} | 말고 ) [\s,.]{{0,3}} (?P<right> \d{{2,4}} | {_WORDS}{{1,4}} ) (?! \d | \s? [원개월일시분호동층] )
"""
# `맨 끝에 구 붙여 주세요`
_ADDED = r"""
    (?: 뒤 | 끝 | 앞 | 마지막 | 가운데 | 중간 ) (?: 에 | 에다가? | 자리 )? \s? (?: 숫자 \s? )? (?<![\d])
    (?P<value> [\d공영빵일이삼사오육륙칠팔구]{1,4} ) \s? (?: 을 | 를 | 이 | 가 | 도 | 만 | 하나 )? \s?
    (?: 붙[여이] | 추가 | 빠[졌진] | 빼먹 | 넣어 | 더\s?(?:있|붙|넣) )
"""
# `칠칠로 끝나는`
_ENDS = r"""
    (?<![가-힣\d]) (?P<value> \d{2,6} | [공영빵일이삼사오육륙칠팔구]{2,6} ) \s? 번? 으?로 \s? 끝나
"""
_DENIES = re.compile("아니|아뇨|말고|틀[렸린]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST, _GROUP = 4, 4
_LEAST_NUMBER = 8
_MOST_CHANGED = 2
_MOST_NUMBERS = 40


def find(lines: Sequence[Line], told: Sequence[Told]) -> Iterator[Told]:
    """Pieces that are groups of a number that was told, or nearly so where a line corrects it."""
    groups = _groups_of(lines, told)
    if not groups:
        return
    yield from _fragments(lines, told)
    taken = {(one.line, one.start) for one in told}
    numbers = _whole_numbers(lines, told)
    yield from _endings(lines, numbers)
    for line in lines:
        for piece in line.pieces:
            if (line.number, piece.start) not in taken and len(piece.digits) >= _LEAST:
                reads_back = line.is_number or compiled(_READS_BACK).search(line.text)
                kind = _kind_of(piece, groups, bool(reads_back))
                kind = kind or _kind_within(piece, numbers, line.number)
                if kind or (kind := _kind_like(piece.digits, numbers, line.number)):
                    yield Told(line.number, piece.start, piece.end, kind, 0.8, "number.read_back")


def _whole_numbers(lines: Sequence[Line], told: Sequence[Told]) -> list[tuple[int, str, str]]:
    """Line, type and digits of the numbers that were told."""
    return [
        (one.line, one.entity_type, lines[one.line].digits_in(one.start, one.end))
        for one in told[:_MOST_NUMBERS]
        if one.entity_type in _NUMBERS
    ]


def _endings(lines: Sequence[Line], numbers: Sequence[tuple[int, str, str]]) -> Iterator[Told]:
    """`칠칠로 끝나는 고객번호`: the last digits of a number that was told."""
    for line in lines:
        for match in compiled(_ENDS).finditer(line.text) if "끝나" in line.text else ():
            ending = line.digits_in(*match.span("value"))
            for at, kind, digits in numbers:
                if at < line.number and (digits.endswith(ending) or _rights(line, digits, ending)):
                    yield Told(line.number, *match.span("value"), kind, 0.8, "number.ending")
                    break


def _rights(line: Line, digits: str, ending: str) -> bool:
    """`아니요 삼칠로 끝나요`: the last digits in another order, or one of them another one."""
    last = digits[-len(ending) :]
    if not _DENIES.search(line.text) or len(last) != len(ending):
        return False
    changed = sum(a != b for a, b in zip(last, ending, strict=True))
    return sorted(last) == sorted(ending) or changed == 1


def _kind_within(piece: Piece, numbers: Sequence[tuple[int, str, str]], line: int) -> str | None:
    """`공일공 삼공구이까진 적었어요`: five digits and more of a number that was told before."""
    if len(piece.digits) <= _LEAST:
        return None
    return next(
        (kind for at, kind, digits in numbers if at < line and piece.digits in digits), None
    )


def _kind_like(digits: str, numbers: Sequence[tuple[int, str, str]], line: int) -> str | None:
    """A number as long as one that was told, with two digits changed or one that is all of it."""
    if len(digits) < _LEAST_NUMBER:
        return None
    for at, kind, told in numbers:
        if at < line and len(told) == len(digits):
            if sum(a != b for a, b in zip(told, digits, strict=True)) <= _MOST_CHANGED:
                return kind
        elif at < line and len(told) >= _LEAST_NUMBER and told in digits:
            return kind
    return None


def _fragments(lines: Sequence[Line], told: Sequence[Told]) -> Iterator[Told]:
    """`뒤에 29 아니고 92인데요`: two or three digits of a number told before, and the right ones."""
    numbers = _whole_numbers(lines, told)
    for line in lines:
        if numbers and numbers[0][0] <= line.number:
            for match in compiled(_ADDED).finditer(line.text):
                yield Told(line.number, *match.span("value"), numbers[0][1], 0.8, "number.added")
        corrects = "아니" in line.text or "말고" in line.text
        for match in compiled(_FRAGMENT).finditer(line.text) if corrects else ():
            for at, kind, digits in numbers:
                if at <= line.number and line.digits_in(*match.span("wrong")) in digits:
                    for group in ("wrong", "right"):
                        yield Told(line.number, *match.span(group), kind, 0.8, "number.fragment")
                    break


def _groups_of(lines: Sequence[Line], told: Sequence[Told]) -> dict[str, str]:
    """Groups in which numbers are read back -> entity type."""
    groups: dict[str, str] = {}
    whole: dict[tuple[str, str], list[str]] = {}
    for one in told:
        if one.entity_type not in _NUMBERS:
            continue
        digits = lines[one.line].digits_in(one.start, one.end)
        whole.setdefault((one.entity_type, one.rule), []).append(digits)
        if len(digits) >= _LEAST:
            groups.setdefault(digits, one.entity_type)
    for (kind, _), parts in whole.items():
        for digits in {*parts[:_MOST_NUMBERS], "".join(parts[:4])}:
            if len(digits) >= _LEAST_NUMBER:
                for part in _parts(digits):
                    groups.setdefault(part, kind)
    return groups


def _parts(digits: str) -> Iterator[str]:
    yield from (digits[-size:] for size in (4, 6, 7, 8))
    yield from (digits[at : at + _GROUP] for at in range(0, len(digits) - 3, _GROUP))
    yield digits[3:-4]
    yield digits[:6]


def _kind_of(piece: Piece, groups: dict[str, str], reads_back: bool) -> str | None:
    if _YEAR.fullmatch(piece.digits) and not reads_back:
        return None
    if kind := groups.get(piece.digits):
        return kind
    if not reads_back or len(piece.digits) != _GROUP:
        return None
    return next(
        (
            kind
            for group, kind in groups.items()
            if len(group) == _GROUP
            and sum(a != b for a, b in zip(group, piece.digits, strict=True)) <= _MOST_CHANGED
        ),
        None,
    )
