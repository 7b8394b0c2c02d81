"""Postal addresses.

Chains of Korean parts, from a flat to a whole address (`101동 1203호`, `서울시 강남구 테헤란로 152`), and
what is no such chain: addresses in English, post boxes, postcodes, barracks.
"""

from collections.abc import Iterator

from cs_pipeline.pii.finders.addresses import chains, writings
from cs_pipeline.pii.finders.addresses.chains import chain_at
from cs_pipeline.pii.rules import Found, RuleSet, compiled

__all__ = ["chain_at", "find"]

# Begins with a set of characters, so that the search may skip to them.
_CHAIN_TRIGGER = r"""(?-i:
    [0-9동호층길번로소송령디곳거집파빌피반옥느슨몇미푸힐캐샵편자시군구면읍] (?:
        (?<= \d ) (?: \s? (?: [동호층길가] | 번[지길] ) | -{1,3}\s?\d | /\d{3}
          | (?<= [로길동가리면읍산)] . ) | (?<= [로길동가리면읍산)] \s . ) )
      | (?<= [동호층길] ) (?: (?<= [일이삼사오육칠팔구십백천영공]{2} . )
          | (?<= [일이삼사오육칠팔구십백천영공]{2} \s . ) | (?<= [십백천] . ) | (?<= [십백천] \s . ) )
      | (?<= 번 ) (?: [지길] (?<= [일이삼사오육칠팔구십백천영공]{2} .. )
          | [지길] (?<= [일이삼사오육칠팔구십백천영공]{2} \s .. ) | (?<= [십백천] . ) | (?<= [십백천] \s . ) )
      | (?<= 동 ) (?: (?<= [a-zA-Z] . ) | (?<= [a-zA-Z] \s . ) | \s?호수 )
      | (?<= [로길] ) \s [일이삼사오육칠팔구]?
          (?: [십백천] | [일이삼사오육칠팔구][공영일이삼사오육칠팔구] )
      | (?<= 주소 ) | (?<= 배송 ) 지 | (?<= 수령 ) 지 | (?<= 어디 ) [^\n]{1,20}\n | (?<= 사는곳 ) | (?<= 사는\s곳 )
      | (?<= 거 ) 주 | (?<= 집 ) [은이]\s | (?<= 파 ) (?: 트 | 크 ) | (?<= 빌 ) 라 | (?<= 피 ) 스텔
      | (?<= 반 ) 지하 | (?<= 옥 ) 탑 | (?<= [느슨] ) \s동 | (?<= 몇 ) \s?[동호]
      | (?<= 래미 ) 안 | (?<= 푸 ) 르지오 | (?<= 힐 ) 스테이트 | (?<= 캐 ) 슬 | (?<= 더샵 )
      | (?<= 편 ) 한세상 | (?<= 자 ) 이
      | (?<= [시군구] ) \s[가-힣]{1,5}[동읍로길][에으이]?[\s로요]
      | (?<= [면읍] ) \s[가-힣]{1,4}\d?리\s
    )
)"""
_WRITING_TRIGGER = r"""(?-i: [-aApPzZSDRBLCWHT함부우호] (?i:
    (?<= - ) \s?(?:daero|ro|gil|dong|gu|si|do|eup|myeon|ri)(?![a-z]) | (?<= a ) p(?:artmen)?t
    | (?<= [ ][asdrblcpwht] ) (?: t(?:reet)? | ve(?:nue)? | r(?:ive)? | d | oad | lvd | oulevard | n | ane | our?t | ay
      | l(?:ace)? | kwy | wy | ir(?:cle)? | er(?:race)? ) [,.\s\d]
    | (?<= p ) [.]?o[.]?\s?box | (?<= z ) ip | (?<= 사서함 ) | (?<= 호 ) 가?\s?[말아] | (?<= 부 ) 대 | (?<= 우 ) 편
))"""
_WRITINGS = RuleSet(_WRITING_TRIGGER, writings.RULES)


def find(text: str) -> Iterator[Found]:
    """Findings in normalised text; they may overlap."""
    if compiled(_CHAIN_TRIGGER).search(text):
        yield from chains.find(text)
    yield from _WRITINGS.find(text)
