"""Dates of birth, in figures or words, whole or in part (`88.01.01`, `팔팔년 일월 일일`, `88년생`).

A date by itself is a date of service. What makes it personal stands before it (`생년월일`, also in
the question above), after it (`생`, `에 태어났`, `이 제 생일`, `여자`), or on both sides, where
customers give name, birth date and phone number in one go.
"""

from collections.abc import Iterator

from cs_pipeline.pii.finders.birth_dates import dates
from cs_pipeline.pii.rules import Found, RuleSet

# Begins with a set of characters, so that the search may skip to them.
_TRIGGER = r"""(?-i:
    [생태출주앞자호빠몇년력섣동정bBdD0-9,/|()] (?:
        (?<= 생 ) (?: [년연월일1신] | (?<= [년월일\d.] 생 ) | (?<= [년월일\d.] \s 생 ) )
      | (?<= 태 ) 어 | (?<= 출 ) 생 | (?<= 주 ) 민 | (?<= 앞 ) \s?번?[6육여호] | (?<= 자 ) 리
      | (?<= 호 ) 적 | (?<= 빠 ) 진\s?날 | (?<= 몇 ) \s?년
      | (?<= 년 ) (?: 에?\s? (?: [났낳] | [가-힣]{1,3}띠 ) | 도?[생에]?[\s,]{0,2} [^\n]{1,8}월 )
      | (?<= [음양] 력 ) | (?<= 섣 ) 달 | (?<= 동 ) 짓달 | (?<= 정 ) 월
      | (?<= [bBdD] ) (?i: irth | orn | ob | [.]o[.]b )
      | (?<= \d ) (?: [A-Z]{3}(?:19|20)\d\d | \d{5} | \d[-./년\s]\s?\d | (?:이[고며]|이구요)?\s?[,/(]?\s?[남여] )
      | (?<= [,/|()] ) \s?\d
    )
)"""
_RULES = RuleSet(_TRIGGER, dates.RULES)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    return _RULES.find(text)
