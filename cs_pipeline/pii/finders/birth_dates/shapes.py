"""How dates and years are written: digits, words, both, English, the farmers' calendar.

Patterns are VERBOSE; the group `value` is the date. What makes a date a birthday is told by
`cues`.
"""

from cs_pipeline.pii.finders.birth_dates.cues import BORN_THEN, NOT_BORN

_BORN = rf"(?: \s? 생 {NOT_BORN} )?"
_LUNAR = r"(?: [음양]력 \s? (?:으로 \s?)? )?"
GAP = r"(?: \s? [-./_`] \s? | , | \s )"
_EDGE = r"(?<! [\d#] ) (?<! \d[-.,/:] ) (?<! \s\d\s )"
_AT_FIGURE = rf"(?= [\d'’음양] ) {_EDGE}"
_END = r"(?! \d | [-./:,]\d )"
_YEAR = r"(?: (?:19|20)\d\d | ['’]?\d\d )"
_MONTH, _DAY = r"(?: 1[0-2] | 0?[1-9] )", r"(?: 3[01] | [12]\d | 0?[1-9] )"
_SEX_DIGIT = r"(?: \s? -{1,3} \s? [1-8] (?!\d) )?"
SPOKEN = "[공영빵일이삼사오육륙칠팔구]"
_SPOKEN_YEAR = "(?: (?:[영공일이삼사오육륙칠팔구십백천]\\s?){2,8} )"
_SPOKEN_MONTH = r"(?: 십[일이]? | [공영]?[일이삼사오육륙유칠팔구] | 시 )"
_SPOKEN_DAY = r"(?: [공영]?[일이삼사오육륙칠팔구] | [이삼]?십[일이삼사오육륙칠팔구]? )"
_MONTH_NAME = r"""(?:
    (?: jan(?:uary)? | feb(?:ruary)? | mar(?:ch)? | apr(?:il)? | may | june? | july? | aug(?:ust)?
    | sept?(?:ember)? | oct(?:ober)? | nov(?:ember)? | dec(?:ember)? ) [.]?
)"""
_FILLER = r"[\s,]{0,2} (?: (?:어|음|그|저|아|뭐|그게) [\s,.~]{1,3} ){0,2}"
# `73년 4월`, `73년생 4월`, `73년생이고요 4월`
_OF_YEAR = r"(?: 년도? \s? (?: 생 (?: 이?[고에] | 이?구요? | 이?고요 )? | 에 )? | 생 )"

# `9월 3일 79년`
_YEAR_LAST = rf"[\s,]{{1,2}} {_YEAR} \s? 년 (?! \s? \d ) {_BORN}"
_SPOKEN_YEAR_LAST = (
    rf"[\s,]{{1,2}} (?P<year_last> (?: {_YEAR} | {_SPOKEN_YEAR} ) \s? 년 ) (?! \s? \d ) {_BORN}"
)

GROUPS = rf"""
    {_AT_FIGURE} (?P<value> {_LUNAR} {_YEAR} {GAP} {_MONTH} {GAP} {_DAY} [.]? (?: \s? 일 (?= \s?생 ) )? {_BORN} ) {_END}
"""
KOREAN = rf"""
    {_AT_FIGURE} (?P<value>
      {_LUNAR} (?: {_YEAR} \s? {_OF_YEAR} {_FILLER} {_LUNAR} )?
      (?: 1 \s? [0-2] | 0?[1-9] ) \s? 월 {_FILLER}
      (?: 3 \s? [01] | [12] \s? \d | 0?[1-9] ) (?: \s? 일 (?: {_YEAR_LAST} | {_BORN} ) )?
    ) {_END}
"""
# The copula of spoken digits may have been read as one more: 팔팔공일공일이요 -> 8801012요.
RUN = rf"""
    {_AT_FIGURE} (?P<value>
      (?: (?:19|20)\d{{6}} | \d{{6}} | (?:\d[ ]){{5}}\d ) {_SEX_DIGIT} {_BORN}
    ) (?: (?= 2[요에예고구니라거며] | 2인데 ) | (?! \d | [-.,:]\d | \s?[원개건호번] ) )
"""
RUN_APART = rf"""
    {_AT_FIGURE} (?P<value>
        (?:19|20)\d\d [\s.-]{{1,2}} \d{{4}}     # 1992 0417
      | \d\d [\s.-] \d{{4}}                     # 92.0417
      | \d{{4}} \s \d\d                         # 9204 17
    ) (?! \d | [-.,/:]\d | \s?[원개건호번] )
"""
LOOK_ALIKES = r"""
    (?<![\da-z#]) (?P<value>
      (?= \d{0,7}[oil] ) (?= [oil]{0,7}\d ) (?: [oil\d]{8} | [oil\d]{6} )
    ) (?![\da-z])
"""
SPOKEN_RUN = rf"""
    (?<![가-힣]) (?<! \s{SPOKEN}\s )
    (?P<value> {SPOKEN} (?: [\s,.-]{{0,2}} (?:에\s)? {SPOKEN} ){{5}} {_BORN} )
    (?! {SPOKEN}(?![가-힣]) )
"""
# A day of two digit words may have been read as a number with its `일`: 공오일 -> 051.
SPOKEN_DATE = rf"""
    (?= [\d'’음양시유백천십] | {SPOKEN} ) (?<![가-힣\d]) (?P<value>
        {_LUNAR} (?P<year> (?: {_YEAR} \s? | {_SPOKEN_YEAR} ) {_OF_YEAR} {_FILLER} {_LUNAR} )?
        (?: {_SPOKEN_MONTH} | \d{{1,2}} ) \s? 월 {_FILLER}
        (?: {_SPOKEN_DAY} \s? 일 | 0\d1 | \d{{1,2}} \s? 일 ) (?: {_SPOKEN_YEAR_LAST} | {_BORN} )                        # 팔오년 이월 십삼일
      | [영공오육륙칠팔구]{SPOKEN} \s {_SPOKEN_MONTH} \s {_SPOKEN_DAY} (?! [가-힣]{{3}} )   # 팔오 이 십삼
    )
"""
_TRADITIONAL_MONTH = "(?: 정월 | 동짓달 | 섣달 )"
_COUNTED_DAY = "(?: 하루 | 이틀 | 사흘 | 나흘 | 닷새 | 엿새 | 이레 | 여드레 | 아흐레 )"
_TRADITIONAL_DAY = rf"""(?:
    초 \s? (?: {_COUNTED_DAY} | 열흘 | {_SPOKEN_DAY} \s? 일 | \d \s? 일 )
    | (?:열|스무) \s? {_COUNTED_DAY} | 열흘 | 스무\s?날 | 대?보름 | 그믐 | 초파일
) 날?"""
TRADITIONAL = rf"""
    (?<![가-힣\d]) (?P<value>
      {_LUNAR} (?P<year> (?: {_YEAR} \s? | {_SPOKEN_YEAR} ) {_OF_YEAR} {_FILLER} {_LUNAR} )?
      (?:윤\s?)?
      (?: (?: {_TRADITIONAL_MONTH} | (?: {_MONTH} | {_SPOKEN_MONTH} ) \s? 월 ) {_FILLER}
          {_TRADITIONAL_DAY}
        | {_TRADITIONAL_MONTH} {_FILLER} (?: {_DAY} | {_SPOKEN_DAY} ) \s? 일 )
      {_BORN}
    )
"""
YEAR_BORN = rf"""
    (?<![\d.#가-힣]) (?P<value>
      (?: {_YEAR} | (?:천구백|이천|일구|이공)? [영공일이삼사오육칠팔구십백천]{{2,4}} ) \s? 년도?
      (?: \s? 생 {NOT_BORN} | (?= 에? \s? {BORN_THEN} ) )
    )
"""
YEAR_SHORT = r"""
    (?<![\d.#가-힣a-z-]) (?P<value> [04-9]\d 생 )
    (?= 이[고에구야라] | 인데 | 입니 | 남 | 여 | 예요 )
"""
_YEAR_TOLD = r"""(?:
    (?:19|20)\d\d (?: \s? 년도? )?                                                      # 1985년도
    | \d\d \s? 년도?                                                                    # 85년
    | (?: 천\s?구백 | 이천 | 일구 | 이공 )? \s? [영공일이삼사오육칠팔구십]{1,4} \s? 년도?   # 천구백 팔십오년
    | (?: 천\s?구백 | 일구 ) \s? [영공이삼사오육칠팔구십]{2,4}                          # 일구팔오
)"""
YEAR_NAMED = rf"""
    (?: 출생 \s? (?: [년연]도? | 해 )                                       # 출생연도
      | (?:태어난|(?<![가-힣])난) \s? (?: 해 | [년연]도 )                   # 태어난 해
      | 출생\s?년월 | born \s (?:in\s)? | birth\s?year                      # born in 1985
      | 생년 (?: 월 (?!일)                                                  # 생년월 1985년 3월
          | 월일 (?:\s? (?:중에?|의|에서) )? \s? [년연]도 )?                # 생년월일 중 년도
      | 생일 \s? [년연]도                                                   # 생일 연도
    )
    \s? [은는이가:]? \s? (?: (?:어|음|그|저는|그러니까) \s )?
    (?P<value> {_YEAR} \s? 년 \s? {_MONTH} \s? 월 (?! \s?\d ) | {_YEAR_TOLD} )
    (?! [가-힣]? \d | (?<=\d) [-./] | [-./]\d                               # 1985-03
      | \s?\d{{1,2}}\s?월 | \s?[일이삼사오육칠팔구시유십]{{1,2}}\s?월       # 85년 삼월
    )
"""
YEAR_ASKED = rf"""
    (?= [\d천이일영공오육칠팔구] ) (?<![\d가-힣.#])
    (?P<value> {_YEAR_TOLD}
      | \d\d                                                    # 85요
      | [영공오육칠팔구][영공일이삼사오육칠팔구]                # 팔오요
    )
    (?= 이?요 | 이?[에예]요 | 입니 | 이?여 | \s? 이?고요? (?![가-힣]) | \s{{0,2}} (?: \n | \Z ) | [.,] )
"""
YEAR_AND_MONTH = rf"""
    {_EDGE} (?P<value>
      (?: {_YEAR} | (?<![가-힣]) {_SPOKEN_YEAR} ) \s? 년도? \s?
      (?: {_MONTH} | {_SPOKEN_MONTH} ) \s? 월 \s? 생 {NOT_BORN}
    )
"""
MONTH_AND_DAY = rf"""
    {_AT_FIGURE} (?P<value>
        {_MONTH} \s?[-./]\s? {_DAY}                             # 4/17
      | (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01])               # 0417
    ) (?! \d | [-./:%]\d )
"""
# `생년월일이 1992년 4월 17일 맞으십니까\n아뇨 십구일이요`
DAY_PUT_RIGHT = rf"""
    (?: 생[년연]\s?월\s?[일1] | 생일 | 생신 ) [^\d\n]{{0,8}} [^\n]{{0,12}} \d\s?월\s?\d{{1,2}}\s?일 [^\d\n]{{0,16}} \n
    [^\d\n]{{0,10}}? (?: 아뇨 | 아니+요? | 아닙니다 | 아니에요 | 틀렸어요 ) [\s,.]{{1,3}}
    (?: [^\d\n]{{1,12}} [\s,.] )?
    (?P<value> (?: \d{{1,2}} \s?월 \s? )? (?: {_SPOKEN_DAY} | \d{{1,2}} ) \s? 일 )
    (?= 이?요 | 이?[에예]요 | 입니다 | 인데 )
"""
# `76년 11월생이에요\n날짜까지요\n30일`, `88년생이요\n몇 월 며칠이세요?\n4월 12일이요`
REST_ASKED = rf"""
    [년월\d] \s? 생 [^\n]{{0,12}} \n [^\d\n]{{0,16}} (?: 날짜 | (?: 며칠 | 몇\s?[월일] ) \s? (?: 생 | [이인요?] | 며칠 | 몇 ) | 월일 | 일까지 | 생일 ) [^\d\n]{{0,16}} \n
    [^\d\n]{{0,4}}? (?P<value> (?: (?: {_MONTH} | {_SPOKEN_MONTH} ) \s? 월 \s? )? (?: {_DAY} | {_SPOKEN_DAY} ) \s? 일 )
    (?= 이?요 | 이?[에예]요 | 입니다 | 이고 | [\s.,]{{0,3}} (?: \n | \Z ) )
"""
ENGLISH = rf"""
    (?<![a-z\d]) (?P<value>
      {_MONTH_NAME} \s? {_DAY} (?:st|nd|rd|th)? (?: ,?\s? (?:19|20)\d\d )?
      | {_DAY} (?:st|nd|rd|th)? [\s-]? {_MONTH_NAME} ,? [\s-]? (?:19|20)\d\d
      | {_DAY} {GAP} {_DAY} {GAP} (?:19|20)\d\d
    ) (?![a-z\d])
"""
# `구공`, and `공칠일사` in the next turn but one.
_HALF = rf"(?: (?:19|20)\d\d | \d\d | {SPOKEN}{{2}} )"
_OTHER_HALF = rf"(?: \d{{4}} | {SPOKEN}{{4}} )"
_SPEAKER = r"(?: [가-힣]{2,4} \s? : \s? )?"
_TURN = rf"""
    (?: 년?이?[요고]요? )? [\s.,]{{0,2}} \n (?: {_SPEAKER} [네넵예] [^\d\n]{{0,8}} \n )? {_SPEAKER}
"""
FIRST_HALF = rf"(?<![\d가-힣]) (?P<value> {_HALF} ) {_TURN} {_OTHER_HALF} (?!\d)"
SECOND_HALF = rf"(?<![\d가-힣]) {_HALF} {_TURN} (?P<value> {_OTHER_HALF} ) (?!\d)"
