"""E-mail addresses, also spoken (`골뱅이`, `닷컴`), spelt out and without the end of the domain."""

import re

from cs_pipeline.pii.rules import Check, Rule, compiled

_LOCAL = r"(?<![a-z0-9._%+*-]) [a-z0-9._%+*-]{1,64}+"
_LOCAL_HANGUL = r"(?<![가-힣]) [가-힣]{1,20} [a-z0-9._%+*-]{0,20}+"
_HANGUL_TOLD = r"[가-힣]{1,20} (?: [a-z0-9._%+*-]{1,20}+ | [ ] (?: \d{1,8} | [공영일이삼사오육칠팔구]{1,8} ) )?"
_LETTER = r"""(?:
    에이(?:치)? | 에이취 | 에[이잇]?치 | 비 | 씨 | 시 | 디 | 이 | 에프      # a, h, b, c, d, e, f
    | 쥐 | 지 | 아이 | 제이 | 케이 | 엘 | 엠 | 엔 | 오 | 피 | 큐            # g, i, j, k, l, m, n, o, p, q
    | 알 | 아르 | 에스 | 티 | 띠 | 유 | 브이 | [더떠]블[유류]               # r, s, t, u, v, w
    | 엑스 | 와이 | 제트 | 젯                                               # x, y, z
    | 공 | 영 | 일 | 삼 | 사 | 육 | 칠 | 팔 | 구 | 하나 | 둘 | 셋 | 넷
    | 숫자로? | 영문자?로? | 영어로? | 소문자로? | 대문자로? | dot (?=[ ])  # 숫자로 일 이
    | 언더바 | 언더스코어 | 밑줄 | 하이픈 | 대시 | 다시 | 닷 | 쩜 | 점      # 에이 언더바 비
)"""
# A space goes on to a digit or a spoken letter; two Latin words are a sentence.
_LOCAL_SPELT = rf"""(?<![가-힣a-z0-9._%+*-]) (?: {_LETTER} [ ]? | [0-9._+-]{{1,20}}+ (?: [ ] (?![a-z]) )?
    | [a-z]{{1,20}}+ (?: [ ] (?= [0-9가-힣(\[<@] | (?:[a-z]|dot)[ ] ) )? ){{2,24}}"""

_AT = r"(?: \s?@\s? )"
_SPELT_AT = r"""(?: \s?(?: 골[뱅벵]이 | 골뱅 | 앳 | 엣 | 에트 )(?:\s?마크)? \s?
    | \s?[(\[<]\s?(?:at|a|@|골뱅이)\s?[)\]>]\s? )"""
_DOT = r"""(?: \s?[.,]\s? | \s?(?:닷|점|쩜|도트)\s? | \s?[(\[]\s?(?:dot|[.]|점|닷)\s?[)\]]\s?
    | \sdot\s )"""
_TOP = rf"""(?: com | net | org | co {_DOT}? kr | kr | 컴 | 콤 | 넷 | [씨시]오엠
    | (?:씨오|시오|코) {_DOT}? (?:케이알|kr) | 케이알 )"""
_PROVIDER = r"""(?:
    naver | g-?mail | daum | hanmail | kakao | nate | hotmail | outlook | icloud | yahoo
    | dreamwiz | korea | 네이버 | [지쥐]\s?메일 | 구글(?:\s?메일)? | 한\s?메일 | 네이트
    | 카카오 | 핫\s?메일 | 아웃룩 | 아이클라우드 | 야후 | 다음\s?메일
    | 다음(?=\s?(?:닷|점|쩜|[.,]|넷))                                       # 다음 닷 넷
    | 드림위즈
)"""
_PLAIN_DOMAIN = r"[a-z0-9-]{1,63} (?: [.][a-z0-9-]{1,63} ){1,4}"
_NAMED_DOMAIN = rf"[a-z0-9-]{{1,30}} {_DOT} {_TOP}"
PROVIDER_DOMAIN = rf"{_PROVIDER} (?: {_DOT} {_TOP} | \s (?: 컴 | 콤 | 넷 ) (?![가-힣]) )"
SPELT_DOMAIN = rf"[a-z0-9가-힣-]{{2,20}}? {_DOT} {_TOP}"
"""Domains as they are told: `한메일 쩜 넷`, `우리회사 점 씨오 점 케이알`."""
_END = r"(?! [a-z0-9] )"
_DOMAIN = rf"""(?: {_PLAIN_DOMAIN} | {_NAMED_DOMAIN} {_END} | {PROVIDER_DOMAIN} {_END}
    | {_PROVIDER} {_END} )"""
# Half hidden, with a sign instead of the @, without the dot.
_HIDDEN_DOMAIN = r"(?= [^\s@]{0,30}[*] ) [a-z0-9*-]{1,30} (?: [.] [a-z*]{1,8} ){1,2}"
_OTHER_SIGN = rf"(?<!\#) \s?[\#%&]\s? (?= {_PROVIDER} {_DOT} {_TOP} )"
_LOCAL_TOLD = (
    r"""(?P<value> (?<![a-z0-9._@/-]) [a-z] [a-z0-9._-]{3,30}+ ) (?! [a-z0-9] | \s?[@\#] )"""
)
_ASKED_FOR = rf"""
    (?: 메일 | e-?mail )                                                    # 이메일 주소가 어떻게 되세요
    (?= [^\n]{{0,20}} (?: 어떻게 | 알려 | 주소 | 뭐 | 뭔 | 적어 | 불러 | 말씀 | 입력 | 남겨 | \? ) )
    [^a-z0-9@\#\n]{{0,24}} \n [^a-z0-9@\#\n]{{0,24}} {_LOCAL_TOLD}          # sun0314요
    (?= \s?(?: 이?요 | 이?[에예]요 | 입니다 | 이?고요? | 이?구요 | 인데
      | [.,]? \s* (?: \Z | \n | {_PROVIDER} ) ) )                           # sun0314 네이버
"""
# `sun0314 골뱅이`, and the provider in the next turn
_LOCAL_AND_SIGN = rf"""
    (?: 메일 | e-?mail ) [^\n]{{0,24}} \n [^a-z0-9@\#\n]{{0,12}}?
    (?P<value> (?<![가-힣a-z0-9._%+*-]) (?= [^\n]{{2,40}}? [\d공영일이삼사오육칠팔구] )
      (?: {_LOCAL_SPELT} | [a-z0-9._-]{{4,30}}+ ) \s? (?: 골[뱅벵]이 | @ ) )
    \W{{0,3}} (?: \Z | \n )
"""
_NAMED_LOCAL = rf"""
    (?: 메일 | e-?mail ) \s? (?: 아이디 | id | 앞 (?:부분|자리|글자)? )     # 메일 앞부분만 sun0314
    (?: 만 | 이 | 가 | 은 | 는 | : )? [ ]{{0,2}} {_LOCAL_TOLD}
"""
_DOMAIN_FIRST = rf"""
    @ \s? {_PROVIDER} {_DOT} {_TOP} \s? 앞 (?:에|부분|자리|글자)? (?:은|는|이|가|만)?   # @naver.com 앞에 sun0314
    [^a-z0-9@\#\n]{{0,8}} {_LOCAL_TOLD}
"""
_WITHOUT_AT = rf"""
    (?: 메일 | e-?mail ) [^a-z0-9\#\n]{{0,14}} (?: \n [^a-z0-9\#\n]{{0,10}} )?
    (?P<value> {_LOCAL} [ ]
      (?: {PROVIDER_DOMAIN} | {_PROVIDER} (?= 이?요 | 이?[에예]요 | 입니다 | [ .]*\Z ) ) )
"""
# `골뱅이 앞이 kjh0310이고 뒤는 네이버예요`
_BEFORE_SIGN = rf"""
    골[뱅벵]이 \s? 앞 (?: 에 | 부분 | 자리 | 글자 )? (?: [은는이가만] | 에[가는] )? [ ]{{1,2}}
    (?P<value> (?<![가-힣a-z0-9._%+*-]) (?: [a-z] [a-z0-9._-]{{2,30}}+ | {_LOCAL_SPELT} ) ) (?! [ ]?@ )
    (?= 이?[고구]요? | 고 | 이?요 | 이?[에예]요 | 입니다 | 인데 | [\s,.]{{0,3}} \Z | (?<=[ ]) )
"""
# `골뱅이 뒤가 네이버 말고 네이트 닷컴이에요`
_DOMAIN_RIGHT = rf"""
    (?: {_PROVIDER} (?: {_DOT} {_TOP} )? | 다음 ) [이가]? \s? (?: 아니[고라요] | 말고 ) [\s,]{{1,3}}
    (?P<value> (?: {_PROVIDER} | 다음 ) {_DOT} {_TOP} ) (?= 이?[요에예고] | 입니다 | 으?로 | 인데 | [\s.]*\Z )
"""
_CUE_AND_LOCAL = re.compile(r"[가-힣]*(?:메일|주소|아이디|[은는])[a-z0-9]", re.IGNORECASE)

_JOINS_ADDRESSES = re.compile("^[a-z](?:이랑|하고|이나|랑|과|와)", re.IGNORECASE)


def _is_one_word(match: re.Match[str]) -> bool:
    """Hangul before Latin letters is part of the address, not a word such as 이메일 glued to it."""
    return not _CUE_AND_LOCAL.match(match[0]) and not _JOINS_ADDRESSES.search(
        match.string[max(0, match.start() - 1) : match.start() + 3]
    )


def _is_told(match: re.Match[str]) -> bool:
    """No word and no provider's name: digits or signs are in it, or its provider is named beside."""
    value = match["value"]
    if compiled(rf"{_PROVIDER} (?: [.]? {_TOP} )?").fullmatch(value):
        return False
    return not value.isalpha() or compiled(_PROVIDER).search(match.string, match.end()) is not None


def _rule(how: str, score: float, pattern: str, check: Check | None = None) -> Rule:
    return Rule(f"email.{how}", "EMAIL", score, pattern, check)


_ANY_DOMAIN = rf"(?: {_DOMAIN} | {SPELT_DOMAIN} )"
# Without Latin letters only a whole domain tells an address from snails (골뱅이).
_WHOLE_DOMAIN = rf"(?: {_PLAIN_DOMAIN} | {PROVIDER_DOMAIN} | {SPELT_DOMAIN} )"
RULES = (
    _rule("address", 0.95, rf"{_LOCAL} {_AT} {_DOMAIN}"),
    _rule("hangul_domain", 0.9, rf"{_LOCAL} {_AT} {SPELT_DOMAIN}"),
    _rule("hangul_local", 0.9, rf"{_LOCAL_HANGUL} @\s? {_ANY_DOMAIN}", _is_one_word),
    _rule("spelt_local", 0.88, rf"{_LOCAL_SPELT} (?:{_AT}|{_SPELT_AT}) {_ANY_DOMAIN}"),
    _rule(
        "daum",  # 케이 아이 엠 숫자 공삼 골뱅이 다음이요
        0.85,
        rf"{_LOCAL_SPELT} {_SPELT_AT} 다음 (?= 이?[고구]요? | 이?요 | 이?[에예]요 | 입니다 | 인데 | [\s.]*\Z )",
    ),
    _rule("before_sign", 0.75, _BEFORE_SIGN),
    _rule("domain_right", 0.7, _DOMAIN_RIGHT),
    _rule("spelt_at", 0.85, rf"{_LOCAL} (?: 에 (?=\s) )? {_SPELT_AT} {_ANY_DOMAIN}"),
    _rule("at_dot", 0.85, rf"{_LOCAL} \s at \s [a-z0-9.-]{{1,40}}? {_DOT} {_TOP} {_END}"),
    _rule(
        "spoken",  # 블루스카이 12 골뱅이 한메일 점 넷, 에스 에이치 파크 골뱅이 …
        0.8,
        rf"(?<![가-힣]) (?: (?: {_LETTER} | [가-힣] ) [ ] ){{0,8}} {_HANGUL_TOLD} \s? {_SPELT_AT} {_WHOLE_DOMAIN}",
    ),
    _rule("without_at", 0.75, _WITHOUT_AT),
    _rule(
        "provider_beside",  # sunmin.k naver.com
        0.75,
        r"(?<![a-z0-9._%+*@-]) (?= [a-z]{1,20} [\d._-] ) [a-z][a-z0-9._-]{2,30}+ (?<![._-]) [ ]"
        r" (?: naver | gmail | hanmail | nate | kakao | daum | hotmail | outlook ) \s? [.] \s? (?: com | net ) (?! [a-z0-9/] )",
    ),
    _rule("hidden", 0.9, rf"{_LOCAL} @ {_HIDDEN_DOMAIN}"),
    _rule("without_dot", 0.9, rf"{_LOCAL} {_AT} {_PROVIDER} (?: com | net | cokr ) {_END}"),
    _rule("other_sign", 0.85, rf"{_LOCAL} {_OTHER_SIGN} {PROVIDER_DOMAIN}"),
    _rule("local_answer", 0.7, _ASKED_FOR, _is_told),
    _rule("local_and_sign", 0.7, _LOCAL_AND_SIGN),
    _rule("local", 0.7, _NAMED_LOCAL, _is_told),
    _rule("domain_first", 0.7, _DOMAIN_FIRST, _is_told),
)
