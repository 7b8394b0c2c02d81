"""What a cell looks like, without regard to its heading: a sentence, a name, a time, a figure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from cs_pipeline.intake.sheets.moments import clock_of, moment_of

Kind = Literal["sentence", "name", "time", "figure", "word"]
Holds = Literal["nothing", "sentences", "mixed", "names", "times", "figures", "words"]

# Of a column: from this share of sentences on it is believed, and below the other one it is not.
SENTENCES, FEW_SENTENCES = 0.5, 0.2
_LEAST_CELLS = 3
"""Fewer cells tell too little against a heading that is sure."""
_MOSTLY = 0.6
_SET_PHRASES, _SET_PHRASE_ROWS, _SET_PHRASE_CHARACTERS = 5, 20, 12

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공"
    "현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용나"
)
_TITLE = (
    r"님|씨|고객|고객님|회원|회원님|상담사|상담원|상담직원|매니저|담당자|담당|직원|팀장|과장|대리|사원|주임|실장"
    r"|부장|차장|대표|선생님|점장|파트장|프로"
)
_HIDDEN = r"[*○●◯OoXxㅇ]"
_NAME = re.compile(
    # `김서연`, `상담사 김서연`, `남궁민 팀장`, `김*연`, `김서*`, `OOO님`, `김서연(1팀)`
    rf"(?:(?:{_TITLE})\s*)?(?:(?:[{_SURNAMES}]|남궁|황보|제갈|선우|독고)"
    rf"(?:[가-힣]{{1,2}}|{_HIDDEN}+[가-힣]?|[가-힣]{_HIDDEN}+)|{_HIDDEN}{{2,3}})"
    rf"\s*(?:{_TITLE})?(?:\s*[(\[/][^)\]/]{{1,12}}[)\]]?)?"
    # `Jane Doe`, `Jane B. Doe`, `JANE DOE`
    r"|[A-Z][a-z]+(?: [A-Z][a-z.]*){1,2}|[A-Z]{2,}(?: [A-Z]{2,}){1,2}"
    # `agent07@example.com`
    r"|[\w.+-]+@[\w-]+\.[\w.]+"
)
_FIGURE = re.compile(
    # `1,200원`, `2026-03-01 09:13`, `010-1234-5678`, `3건`, `120초`
    r"(?=.*\d)[\d\s.,:/%+\-()~#₩$]*\d[\d\s.,:/%+\-()~#₩$]*(?:건|개|명|회|원|분|초|일|점|시간|세|%|h|m|s)*"
    # `CS-006`, `A1_24`; `6f5265ad-6b72-533b`
    r"|(?=\S*\d)[A-Za-z0-9_#./:\-]{2,64}|[a-f0-9-]{16,}"
    # a flag, or nothing: `Y`, `-`
    r"|TRUE|FALSE|[YN]|-+"
)
_PHONE = re.compile(r"\+?\d[\d\s().*Xx-]{7,18}")
_WORDS = re.compile(r"[A-Za-z가-힣ㄱ-ㅎㅏ-ㅣ]+")
_ENDING = re.compile(
    r"(?:요|죠|까|니다|시오|세여|네여|어여|데요|는데|거든|구나|군요|줘|니|냐|래|[ㅋㅎㅠㅜ]+)$"
)
_STATEMENT = re.compile(
    r"[가-힣]{3,}다$|(?:[가-힣]+\s+){2,}[가-힣]*(?:다|음|함|임|됨|것|중|요망|바람|완료|예정)$"
)
_REPLY = re.compile(r"네+|넵+|넹|예+|아니[요오]|ok|yes|no", re.IGNORECASE)
_TAIL = " \t.!?~…^ㅠㅜㅋㅎ\"')]0123456789"
_LEAST_WORDS, _LEAST_LETTERS = 3, 15


def kind_of(text: str) -> Kind:
    """What the cell looks like; `word` is anything short that is none of the others."""
    plain = " ".join(text.split())
    if moment_of(plain) or clock_of(plain):
        return "time"
    if _FIGURE.fullmatch(plain):
        return "figure"
    if _is_sentence(plain):
        return "sentence"
    return "name" if _NAME.fullmatch(plain) else "word"


def names_somebody(text: str) -> bool:
    """Whether the cell, which says who speaks, can be a name or a phone number."""
    plain = " ".join(text.split())
    return _NAME.fullmatch(plain) is not None or _PHONE.fullmatch(plain) is not None


def _is_sentence(plain: str) -> bool:
    words = _WORDS.findall(plain)
    if not words:
        return False
    stem = plain.rstrip(_TAIL)
    if _ENDING.search(stem) or _STATEMENT.search(stem) or _REPLY.fullmatch(stem):
        return True
    if _NAME.fullmatch(plain):
        return False
    if plain[-1] in "?!." and len("".join(words)) > 1:
        return True
    return len(words) > _LEAST_WORDS or (len(words) > 1 and sum(map(len, words)) >= _LEAST_LETTERS)


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """What a sample of a column's filled cells looks like."""

    filled: int
    kinds: Counter[Kind] = field(default_factory=Counter)
    distinct: int = 0
    characters: float = 0.0

    @property
    def sentences(self) -> float:
        """Share of the filled cells that are sentences."""
        return self.kinds["sentence"] / self.filled if self.filled else 0.0

    @property
    def holds(self) -> Holds:
        """What most of its cells are; `mixed` has some sentences, but not many."""
        if not self.filled:
            return "nothing"
        if self.sentences >= SENTENCES:
            return "sentences"
        if self.sentences >= FEW_SENTENCES:
            return "mixed"
        for kind, holds in _MAJORITIES:
            if self.kinds[kind] >= _MOSTLY * self.filled:
                return holds
        return "words"

    @property
    def few_phrases(self) -> bool:
        """The same few short phrases all over, such as 처리 완료함: states, not answers."""
        return self.same_all_over and self.characters <= _SET_PHRASE_CHARACTERS

    @property
    def same_all_over(self) -> bool:
        """The same few texts in many rows."""
        return self.filled >= _SET_PHRASE_ROWS and self.distinct <= _SET_PHRASES

    @property
    def repeats(self) -> bool:
        """The same few sentences in many rows."""
        return self.same_all_over and self.holds == "sentences"

    def may_talk(self, *, sure: bool) -> bool:
        """Whether the column may hold what people said, under a `sure` heading or another one."""
        holds = self.holds
        if holds in ("nothing", "sentences"):
            return True
        return sure and (holds == "mixed" or self.filled < _LEAST_CELLS)


_MAJORITIES: tuple[tuple[Kind, Holds], ...] = (
    ("name", "names"),
    ("time", "times"),
    ("figure", "figures"),
)


def look_at(cells: Iterable[str]) -> ColumnLook:
    """The look of a column by (a sample of) its cells; blank ones do not count."""
    filled = [cell for cell in cells if cell and not cell.isspace()]
    kinds = Counter(map(kind_of, filled))
    characters = sum(map(len, filled)) / len(filled) if filled else 0.0
    return ColumnLook(len(filled), kinds, len(set(filled)), characters)
