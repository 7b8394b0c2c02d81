"""What people put between the groups of one number, taken away; and look-alikes made digits.

`010에 1234 다시 5678`, `010 / 상담사: 네 / 고객: 1234` in three lines, `O1O-I234`: patterns for numbers read a
private copy of the normalised text, in which such words are one separator, with the way back.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cs_pipeline.pii.rules import Found, compiled, led

_DASH = r"""(?:
    다시 | 대시 | 데시 | 대쉬 | 하이[픈폰펜]                                # 010 다시 1234
    | 짝대기 | 작대기 | 막대기 | 바 | 마이너스 | 빼기 | 슬래시              # 110 작대기 123
    | (?<![a-z]) (?:dash|hyphen) (?![a-z])
)"""
FILLER = rf"""(?: {_DASH}
    | 그\s?다음(?:에|은|이|엔)? | 그리[고구](?:요|는|나서)?                 # 010 그다음에 1234
    | (?<= [0공영빵][1일][0공영빵1일6육륙7칠8팔9구] ) 인데요?              # 010인데 1234
    | 그\s?뒤(?:에|는|로|엔|가)? | 그[러래][고구서]요?                         # 010 그 뒤에 1234
    | 그\s?담(?:에[는요]?|은)? | 담에[는요]? | 글구 | 그리구요?             # 010 글구 1234
    | 다음(?:\s?자리)?(?:에|은|이|엔|으로)? | 또 | 이어서                   # 1234 다음 자리는 5678
    | 계속(?:해서|하세요|이요)? | 하고 | 한\s?칸 | 공백                     # 1234 한 칸 5678
    | 하시고 | 까지(?:는|만)?(?:\s?맞고요?)?                                # 1234까지 맞고요 5678
    | 뒤에가 | 성별(?:은|이)? | 나머지(?:는|가)?                            # 900101 성별은 1, 나머지는 234567
    | (?:빼|떼)고요? | 국번은? | 띄[고우]고? | 띄어서?(?:\s?쓰기)?          # 1234 띄고 5678
    | 점 | 쩜 | 쉼표 | 콤마 | 땡                                            # 010 땡 1234
    | 맨?\s?(?:뒤|뒷|끝|마지막|가운데|중간|앞)(?:\s?(?:번호|자리|숫자))?    # 010 가운데 자리가 1234
      (?:가|는|은|엔|에는|에|로|요|이(?=[\s,.]))?
    | (?:네|4|일곱|7|여섯|6)\s?자리(?:는|가|요)?                            # 뒤 네 자리는 5678
    | 이?고요? | 이?구요 | 입니다 | 이?[에예]요 | 이?요                     # 010이고요 1234
    | 국에 | 국번? | 번에? | 에다가? | 에서? | 의                           # 010에 1234의 5678
    | 음+ | 어+ | 아+ | 그+ | 저+ | 흠 | 그게 | 잠깐만요? | 잠시만요?       # 010 음 1234
    | 네+ | 예+ | 넵 | 넹 | 응 | 말씀하세요                                 # 010\n네\n1234
    | (?:말씀해|불러|알려|적어)\s?(?:주세요|주시겠어요|드릴게요)            # 010\n불러 주세요\n1234
    | 확인했습니다 | 맞아요?
)"""
SPEAKER = r"""(?:
    [\[(<]? (?: 고객 | 손님 | 상담[사원]? | 직원 | 회원 | 사용자 | 문의자 | 구매자 | 판매자 | 챗봇 | 봇 | 본인
      | user | agent | bot | customer | (?<![a-z]) [a-eq] ) \s? 님? \s? (?: [\])>] \s? :? | : )
)"""
_SIGN = r"[\s.,?!:;~/()-]"
_LIST_MARK = r"(?: (?<=\n) \d{1,2} [.)] (?=[ ]?\d) )"
_JOINT = rf"""
    (?<=[\d*]) (?:
        [ ]{{0,2}} (?: [!?&;]{{1,3}} | (?<!\#)\#(?!\#) | [ㅋㅎㅠㅜ]{{1,8}} ) [ ]{{0,2}}
        (?= [\d*] )                                                         # 010ㅋㅋ1234
      | (?! [.]{{2}}[ -][.]{{4}} | [ -]?[.]{{4}}[ -][.]{{4}} )              # 4518 12.. .... 5678
        (?: [ ]? [.,~]{{2,6}} [ ]? ){{1,2}}+ (?= [\d*] )                    # 010...1234
      | {_SIGN}{{0,6}}+ (?! [\d*] (?! \d?[.)] ) )
        (?: (?: {_LIST_MARK} | {SPEAKER} | {FILLER} ) {_SIGN}{{0,6}} ){{1,6}}+
        (?= [\d*+] )                                                        # 010 / 상담사: 네 / 고객: 1234
    )
"""
_LIST_SIGNS = " \n-.)0123456789"
_IS_DASH = rf"[\s,]{{0,2}} {_DASH} [\s,]{{0,2}}"

_LOOK_ALIKES = str.maketrans("oOㅇ○◯lLiIㅣ|", "00000111111")
_HINT = led(
    {
        "0-9": r"[-.\s]? [oㅇ○◯liㅣ|] | [sbz]",
        "oㅇ○◯liㅣ|": r"[-.\s]? \d",
        "sbz": r"\d",
        "●○◯■□▲✱∗※×": "",
        "x": "x",
        "ㅇ": "[ㅣ1l] ㅇ",
        "o": "[ㅣ1li|] o",
    }
)
_LOOK_ALIKE_RUN = r"""
    (?<! [a-zㄱ-ㅣ가-힣○*] )
    (?: [\doli] | [ㅣㅇ○◯] (?= [-.\s]? [\doㅇㅣli○◯] ) ){2,20}+             # O1O, ㅇ1ㅇ
    (?! [a-zㄱ-ㅣ○*] )
"""
# S, B and Z for 5, 8 and 2, where the rest is digits.
_LETTERS = str.maketrans("sSbBzZ", "558822")
_LETTERS_IN_NUMBER = r"""
    (?<![\da-z]) (?:
        01[016789] [-.\s]? [\dsbz]{4} [-.\s]? [\dsbz]{4}                    # 010-12S4-5B78
      | (?=[3-69]) [\dsbz]{4} (?: [-.\s] [\dsbz]{4} ){3}                    # 4S18 1234 5678 9012
      | \d{5}[\dsbz] [-] [1-8] [\dsbz]{6}                                   # 90010S-123456B
    ) (?![\da-z])
"""
_MOST_LETTERS = 4
_MIXED_PREFIX = r"(?<![\da-z가-힣]) [0oㅇ공영] [1liㅣ|일] [0oㅇ공영] (?= [-.\s]{0,3} \d )"
_PREFIX = re.compile(r"[oㅇ0○◯][ㅣ1li|][oㅇ0○◯]", re.IGNORECASE)
_HIDDEN = r"(?<= [-\d.*\s] ) (?: x{2,7} | [●○◯■□▲✱∗※×]{1,13} ) (?![a-z])"


@dataclass(frozen=True, slots=True)
class Joined:
    """Text in which a number's groups are next to each other.

    `offsets[i]` is where code point `i` comes from; `turns` are the places in `text` where a
    number goes on in another line after other words.
    """

    text: str = field(repr=False)
    offsets: Sequence[int] = field(repr=False)
    turns: Sequence[int]

    def original(self, found: Iterable[Found]) -> Iterator[Found]:
        """Findings in `text` as findings in the text it was made of, without words in between."""
        for one in found:
            first = bisect_left(self.turns, one.start)
            last = bisect_left(self.turns, one.end)
            edges = [one.start - 1, *self.turns[first:last], one.end]
            for before, end in pairwise(edges):
                start = before + 1
                yield one._replace(start=self.offsets[start], end=self.offsets[end - 1] + 1)


def join_groups(text: str) -> Joined:
    """Look-alikes as digits, signs that hide digits as `*`, words between groups as one sign."""
    if compiled(_HINT).search(text):
        text = compiled(_LOOK_ALIKE_RUN).sub(_look_alikes_as_digits, text)
        text = compiled(_LETTERS_IN_NUMBER).sub(_letters_as_digits, text)
        text = compiled(_MIXED_PREFIX).sub("010", text)
        text = compiled(_HIDDEN).sub(lambda hidden: "*" * len(hidden[0]), text)
    pieces: list[str] = []
    offsets: list[int] = []
    turns: list[int] = []
    position = 0
    for joint in compiled(_JOINT).finditer(text):
        pieces.append(text[position : joint.start()])
        offsets.extend(range(position, joint.start() + 1))
        if "\n" in joint[0] and joint[0].strip(_LIST_SIGNS):
            turns.append(len(offsets) - 1)
        pieces.append(_sign_for(joint[0]))
        position = joint.end()
    pieces.append(text[position:])
    offsets.extend(range(position, len(text)))
    return Joined("".join(pieces), offsets if pieces[1:] else range(len(text)), turns)


def _sign_for(joint: str) -> str:
    if compiled(_IS_DASH).fullmatch(joint):
        return "-"
    return "\n" if "\n" in joint else " "


def _letters_as_digits(run: re.Match[str]) -> str:
    letters = sum(sign.isalpha() for sign in run[0])
    return run[0].translate(_LETTERS) if letters <= _MOST_LETTERS else run[0]


def _look_alikes_as_digits(run: re.Match[str]) -> str:
    if any(sign.isdigit() for sign in run[0]) or _PREFIX.fullmatch(run[0]):
        return run[0].translate(_LOOK_ALIKES)
    return run[0]
