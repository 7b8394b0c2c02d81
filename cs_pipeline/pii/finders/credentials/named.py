"""Login ids, passwords and codes that the words before them name, or those right behind them.

Their values have no shape of their own. Talk about them (`비밀번호 8자리 이상`, `인증번호가 안 와요`)
holds no value.
"""

from cs_pipeline.pii.finders.credentials import checks, shapes, words
from cs_pipeline.pii.named_values import (
    ANY_DIGIT,
    DIGIT,
    LATIN,
    LETTER_NAME,
    UNIT,
    WORD_END,
    Named,
    NamedValues,
    digits,
)
from cs_pipeline.pii.rules import Rule, RuleSet, led

_SPELT_SIGN = r"""(?:
    언더\s?바 | 언더\s?스코어 | 밑줄 | 점 | 쩜 | 닷 | 대시 | 하이픈 | 느낌표 | 골뱅이 | 샵
      | 우물\s?정 | 별표? | 물음표
    | 달러 | 퍼센트 | 대문자 | 소문자 | 숫자 | 영어 | 영문 | 특수문자
)"""
_LETTER_GROUP = rf"(?: {LETTER_NAME} | {_SPELT_SIGN} )"
# 에이치오엔지 일이삼사, 소문자 케이 아이 엠 언더바 88
_SPELT = rf"""
    (?<![가-힣a-z0-9]) (?![0-9]) (?! (?: 소문자 | 대문자 | 영문 | 영어 ) [ ]? [a-z0-9._-]{{4}} )
    {_LETTER_GROUP} (?: [ ]? (?: {_LETTER_GROUP}
      | (?! 이에요 ) {ANY_DIGIT} ) ){{3,24}}
    (?: (?<= 바 ) [ ] [가-힣]{{2,6}}? )? {WORD_END}                         # 언더바 러너
"""
# kim 점 sora 88
_LATIN_AND_SIGN_WORDS = rf"""
    (?: (?<![0-9a-z@._-]) [a-z] [a-z0-9]{{1,15}} | (?<![가-힣]) [가-힣]{{1,6}} (?= [ ]? (?: 언더\s?바 | 밑줄 ) ) ) [ ]?
    (?: 언더\s?바 | 언더\s?스코어 | 밑줄 | 점 | 쩜 | 닷 | 대시 | 다시 | 하이픈 ) [ ]?
    (?: [a-z0-9]{{1,16}} (?: [ ]\d{{1,4}} )? | {ANY_DIGIT}{{2,6}}? (?= 이?요 | 이?[에예]요 | 입니다 | 인데 | 이고 | [\s.]*\Z ) ) (?! [0-9a-z@] | {UNIT} )
"""
_LOGIN_VALUE = rf"""(?:
    {_LATIN_AND_SIGN_WORDS} |
    (?<![0-9a-z@._-]) @? (?: (?= [0-9._-]{{0,30}} [a-z] ) [a-z0-9_] [a-z0-9._*-]{{1,30}}+
      (?<! [.-] ) (?: [#]\d{{3,5}} (?!\d) )?
      (?: [ ] (?: \d{{1,4}} | {ANY_DIGIT}{{2,4}} ) (?= 이?[고구]요? | 이?요 | 이?[에예]요 | 입니다 | 인데 ) )?
      | (?<!\d) \d{{4,16}} )
      (?! [0-9a-z@] | [가-힣]{{0,1}}@ | {UNIT} )
    | (?<![가-힣a-z0-9]) [가-힣]{{2,8}} [a-z_]{{0,8}} \d{{1,6}} (?: [#]\d{{3,5}} )?
      (?! [\d@] | (?![ ]) {UNIT} )
    | {_SPELT}
)"""
_NICKNAME_VALUE = r"""(?:
    (?<! [가-힣a-z0-9_.-] ) @? [가-힣a-z0-9_]{2,14}?
    (?= \s?(?: 이에요 | 예요 | 이예요 | 에요 | 입니다 | 이고요? | 이구요? | 인데요? | 이라고 | 라고
      | 이요
        | (?<![어아여해돼와워려세나까죠네게래지케데서]) 요 (?![가-힣])
        | 으로 \s? (?:가입|등록|되어|돼|했|쓰|설정|활동)
        | 로 \s? (?:가입|등록|되어|돼|했|쓰|설정|활동) | 임 (?![가-힣]) | ["'”’)\]] )
        | [ ] (?: 서버 | 길드 | 레벨 | 캐릭 ) | (?<=\d) [ ]
        | [ ]*(?:\n|\Z) )
)"""
# Letters, figures and signs without a space; a sentence's own full stop is not part of it.
_SIGNS_TOGETHER = r"""
    (?<! [a-z0-9!@#$%^&*_+] ) (?! \#\# ) (?= [!-.0-~]{0,31} [a-z!@$%^&*\#] )
      (?= [!-.0-~]{0,31} [a-z0-9] )
    [a-z0-9!@$%^&*_\#] (?: (?!\#\#) [!-.0-~] ){1,31} (?<! [.,?)\]'":;>~-] )
    (?= [.,?)\]'":;>~-]{0,4} (?: [^!-.0-~] | \Z ) )
"""
_KEY_SIGN = r"(?: 샵 | 우물\s?정자? | 별표? | [#*] )"
_BETWEEN_BELLS = rf"""
    (?<![가-힣]) 종 [ ]? {DIGIT} (?: [ ]? {DIGIT} ){{2,9}} [ ]? 종
    (?: [ ]? \d{{3,9}} (?!\d) | (?![가-힣]) )                              # 종 1203 종 4829
  | (?<![가-힣]) (?: 종 | 호출 | 열쇠 ) [ ]? \d{{3,8}}                 # 종0507#1122
    (?: [ ]? (?: 종 | 호출 | 열쇠 | {_KEY_SIGN} ) (?: [ ]? \d{{3,8}} (?: [ ]? (?: 종 | [#*] ) )? )? )? (?! [\d가-힣] (?<! [을를이은로요입예] ) )
"""
_PASSWORD_VALUE = rf"""(?:
    {_SIGNS_TOGETHER}                                                       # hong12!@
    | {_BETWEEN_BELLS}                                                      # 종 1234 종
    | (?<![가-힣a-z0-9])                                                    # 사랑해1004!
      (?: [가-힣]{{2,10}} [a-z]{{0,8}} \d{{1,6}} | [가-힣] \d{{5,7}} )
      [!@$%^&*]{{0,3}} (?! [\d@] | (?![ ]) {UNIT} )
    | (?<![가-힣]) {_KEY_SIGN} [ ]? {DIGIT} (?: [ ]? {DIGIT} ){{2,9}}       # 별 1234 샵
      (?: [ ]? (?: {_KEY_SIGN} | 종 ) )?
    | (?<![0-9가-힣#-]) {DIGIT} (?: [ ]? {DIGIT} ){{2,9}} [ ]?              # 1234 누르고 별
      (?: 누르고\s? )? (?: {_KEY_SIGN} | 종 (?![가-힣]) | 호출 )
    | {digits(3, 12)}
    | (?<![\d-]) \d (?: [ ]?-[ ]? \d ){{2,7}} (?![\d-])                      # 4-7-1
    | (?<![0-9a-z가-힣]) [0-9공영일] \s? (?:이|자)? \s?                     # 공 네 개
      (?:네|4|다섯|여섯) \s? (?:개|번) (?!월)
    | {_SPELT}
)"""
_DOOR_VALUE = rf"""(?:
    {_BETWEEN_BELLS} |
    (?<! [a-z0-9#*] ) [#*]{{0,2}} (?<!\#\#) \d{{3,10}} [#*] (?: [#*]? \d{{2,8}} )? [#*]? (?! [\d#] )
      | (?<! [a-z0-9#*] ) [#*] \d{{3,10}} (?! [\d#] )
    | (?<![가-힣]) {_KEY_SIGN} [ ]? {DIGIT} (?: [ ]? {DIGIT} ){{2,9}} (?: [ ]? (?: {_KEY_SIGN}
    | 종 ) )?
    | (?<![0-9가-힣#-]) {DIGIT} (?: [ ]? {DIGIT} ){{2,9}} [ ]? (?: 누르고\s? )? (?: {_KEY_SIGN}
    | 종 (?![가-힣]) | 호출 )
    | {digits(4, 10)}
)"""
_OTP_VALUE = rf"""(?:
    (?<![0-9a-z-]) (?: \d{{3}}[ -]\d{{3}} | \d{{4}}[ -]\d{{4}}
      | \d\d[ -]\d\d (?:[ -]\d\d)? ) (?! [0-9a-z] | [ -]\d | {UNIT} )
    | (?<![0-9a-z]) [a-z]-\d{{4,8}} (?! [0-9a-z] )
    | {digits(4, 8)}
    | (?<![0-9a-z]) (?= [a-z]{{0,7}} \d ) (?= \d{{0,7}} [a-z] ) [0-9a-z]{{5,8}} (?! [0-9a-z@] )
)"""
_CODE_VALUE = digits(3, 4)
_PIN_VALUE = rf"(?: {digits(4, 4)} | {digits(2, 2)} )"

_HANGUL_CUES = r"""(?-i:
    비밀 | 비번 | 암호 | 패스 | 핀 | 현관 | 도어 | 출입 | 대문 | 자동문 | 정문 | 와이파이 | 아이디
      | 아뒤 | 아디 | 계정 | 닉
    | 별명 | 대화명 | 활동명 | 필명 | 소환사 | 캐릭터 | 배틀 | 유저 | 카톡 | 카카오 | 라인 | 인스타
    | 텔레 | 트위터 | 페북
    | 페이스북 | 스레드 | 틱톡 | 디스코드 | 디코 | 위챗 | 왓츠 | 스카이프 | 핸들 | 인증 | 오티피
    | 보안 | 코드 | 일회용 | 방금 | 초기\s?번호 | 임시\s?번호
    | 자리 | 유효 | 만료 | 뒷\s?면 | 카드\s?기간 | 카드\s?뒷?면?에?\s?[번숫] | 씨\s?[브비] | 시\s?[브비] | 문자
    | 메일 (?:으?로|에)? \s? [온받날전보] | 톡 (?:으?로|에)? \s? [온받날전보]
)"""

NAMED = NamedValues(
    triggers=((_HANGUL_CUES, LATIN),),
    kinds=(
        Named(
            "card.pin_cue", "CARD_AUTH", 0.93, words.CARD_PIN, _PIN_VALUE, checks.is_card_pin, 30
        ),
        Named(
            "card.code_cue",
            "CARD_AUTH",
            0.93,
            words.CARD_CODE,
            _CODE_VALUE,
            checks.is_card_code,
            24,
        ),
        Named(
            "card.expiry_cue",
            "CARD_AUTH",
            0.9,
            words.CARD_EXPIRY,
            shapes.EXPIRY_VALUE,
            checks.is_card_expiry,
            24,
        ),
        Named("otp.cue", "OTP", 0.92, words.OTP, _OTP_VALUE, checks.is_otp, 32),
        Named(
            "password.cue",
            "PASSWORD",
            0.92,
            words.UNLOCKING,
            _PASSWORD_VALUE,
            checks.is_password,
            32,
        ),
        Named("password.door", "PASSWORD", 0.88, words.DOOR, _DOOR_VALUE, checks.is_door_code, 16),
        Named(
            "password.wifi", "PASSWORD", 0.8, words.WIFI, _SIGNS_TOGETHER, checks.is_wifi_key, 10
        ),
        Named(
            "login.nickname",
            "LOGIN_ID",
            0.85,
            words.NICKNAME,
            _NICKNAME_VALUE,
            checks.is_nickname,
            20,
            is_word=True,
        ),
        Named("login.cue", "LOGIN_ID", 0.93, words.LOGIN, _LOGIN_VALUE, checks.is_login, 28),
        Named(
            "login.messenger",
            "LOGIN_ID",
            0.85,
            words.MESSENGER,
            _LOGIN_VALUE,
            checks.is_messenger_handle,
            12,
        ),
    ),
    others=words.OTHERS,
)

_SECOND_OF_PAIR = rf"""
    (?: 아이디 | 계정 | (?<![a-z])id ) \s? (?: [/,&+] | 와 | 이?랑 | 하고 | 및 )? \s?
    (?: 비번 | 비밀번호 | 패스워드 | 암호 | pw | pwd | password )
    [^\n\#0-9a-z]{{0,16}} (?: \n [^\n\#0-9a-z]{{0,16}} )? (?! [0-9]{{1,3}} [^0-9a-z] )
    [a-z0-9._-]{{3,32}} (?: [ ]?[/,][ ]? | [ ] | \n )
    (?P<value> {_SIGNS_TOGETHER} | (?<!\d) \d{{4,12}} (?!\d) )
"""
# 로그인 sunny_hks / Gkstnr!72
_SECOND_BEHIND_SLASH = rf"""
    (?: 아이디 | 계정 | 로그인 | (?<![a-z])id (?![a-z]) ) [^\n\#0-9a-z/]{{0,8}}
    [a-z0-9._-]{{3,32}} [ ]? / [ ]? (?P<value> {_SIGNS_TOGETHER} )
"""
# FTP 계정은요\nhaeun_ftp / b7#Lq2vv
_SECOND_OF_ANSWER = rf"""
    (?: 아이디 | 계정 | (?<![a-z])id (?![a-z]) ) [^\n\#0-9a-z]{{0,16}} \n [^\n\#0-9a-z]{{0,12}}
    [a-z0-9._-]{{3,32}} [ ]? / [ ]? (?P<value> {_SIGNS_TOGETHER} )
"""
_SECRET_BEFORE_CUE = rf"""
    (?P<value> {_SIGNS_TOGETHER} | (?<![\d-]) (?<!\d[. ]) \d{{4,8}} )
    \s? (?: 이게 | 이거 | 요게 | 이 | 가 | 으로 | 로 | 라는 | 라고 | 이라고 | 이란 )
    \s? (?: 게 | 가 | 제 | 저희 | 기존 | 원래 | 지금 | 현관 | 와이파이 | 임시 ){{0,2}}
    \s? (?: 비번 | 비밀번호 | 패스워드 | 암호 (?!화) | pw (?![a-z]) )
"""
_OTP_BEFORE_CUE = r"""
    (?<![0-9a-z]) (?<! \d[-. ] )
    (?P<value> [a-z]-\d{4,8}                                                # G-123456
      | \d{3}[ -]\d{3} | \d\d[ -]\d\d[ -]\d\d | \d{5,8}                     # 039 172
      | (?<=[\[(<]) \d{4} ) (?! [\d-] )                                     # [1234]
    \s? [\])>]? \s?
    (?: 이 | 가 | 은 | 는 | 으로 | 로 | 라고 | 이?라는 | 요 | 이거 | 이게 | 입니다[.]? )?
    \s? (?: 제 | 저 | 받은 | 온 | 본인 (?: \s? 확인 )? | 이 )?             # 039172가 받은 인증번호
    \s? (?: 인증\s?(?:번호|코드) | otp | 오티피 | is \s your )              # 039172 is your
"""
_OTP_OF_CHECK = rf"""
    본인 \s? 확인 (?: \s? 번호 )? [\s:\[(]{{0,3}}                           # 본인확인 039172
    (?P<value> (?<!\d) \d{{4,8}} ) (?! [0-9a-z-] | [.,:/]\d | {UNIT} )
"""
_OTP_PRESSED = rf"""
    (?P<value> {digits(5, 8)} ) \s? (?: 이거 | 이걸 | 요거 | 이 \s? (?: 번호 | 숫자 | 코드 ) ) [를을]? \s?
    (?: 누르 | 눌러 | 입력 | 넣 | 치면 | 쓰면 | 적으면 )                    # 039172 이거 누르면 돼요?
"""
_SHORT_CARD_CODE = rf"""
    보안\s?(?:코드|번호) [^\d\#\n가-힣]{{0,6}} (?: 은 | 는 | 이 | 가 | 세\s?자리 | 3\s?자리 | [ ] ){{0,4}}
    (?P<value> {digits(3, 3)} )
"""
_LOGIN_BEFORE_CUE = r"""
    (?<! [0-9a-z@._/-] ) @?
    (?P<value> (?= [0-9._-]{0,20} [a-z] ) [a-z0-9_] [a-z0-9._-]{2,24}+ (?<! [.-] ) ) (?! @ )
    \s? (?: 이?라는 | 이란 | 이게 | 이거 | 이걸로 | 이거로 | 요걸로 | 여기로 | 요거  # lovecat112라는
      | 이 | 가 | 은 | 는 | 으?로 | 님 | 란 )?
    \s? (?: 제 | 저의 | 제가\s?쓰는 | 본인 | 저희 | 카톡 | 인스타 | 네이버 | 회원 )? # lovecat112가 제
    \s? (?: 아이디 | 계정 | 닉네임 | (?<=[ ]) id (?![a-z])                  # lovecat112 아이디
      | 로그인 | (?<=로[ ]) 가입 )                                          # lovecat112로 가입
"""
_TAG = r"""
    (?: 게임 | 계정 | 캐릭터 | 블리자드 | 스팀 | 롤토체스 | 친구\s?추가     # 친구 추가 달빛고래#KR1
      | 디스코드 | 디코 | 배틀\s?태그 | 배틀넷 | 롤 | 발로란트 | 오버워치   # 배틀태그 hong#31234
      | 소환사 | 아이디 | 닉네임 | discord | 라이엇 )
    [^\n\#]{0,12}? (?<! [0-9a-z가-힣_.] )
    (?P<value> [0-9a-z가-힣_.]{2,16} [#] (?: \d{3,5} | [a-z]{2,3}\d{1,2} ) ) (?! [0-9a-z#] )
"""
_AT_HANDLE = r"""
    (?<! [0-9a-z가-힣@._#/-] ) @ (?= [a-z0-9._]{0,29} [a-z] ) [a-z0-9_] [a-z0-9._]{1,28} [a-z0-9_]
    (?! [0-9a-z@] )
"""
_NAMES_PASSWORD = led({"비": "[번밀]", "패": "스워드", "암": "호", "p": "w | assword"})
BESIDE_A_WORD = RuleSet(
    r"""(?-i:
    비번 | 비밀번호 | 패스워드 | 암호 | 인증 | 오티피 | 보안 | 아이디 | 계정 | 닉네임 | 로그인
    | 게임 | 캐릭터 | 블리자드 | 스팀 | 친구 | 가입 | 디스코드 | 디코 | 배틀 | 롤 | 발로란트 | 오버워치 | 소환사 | 라이엇 | id | ID | Id | pw
    | PW
    | otp | OTP | is[ ]your | discord | @ | 본인\s?확인 | 이거\s | 이걸\s | 요거\s | 이\s?(?:번호|숫자|코드)
)""",
    (
        Rule(
            "password.of_pair",
            "PASSWORD",
            0.96,
            _SECOND_OF_PAIR,
            checks.is_second_of_pair,
            _NAMES_PASSWORD,
        ),
        Rule(
            "password.of_answer",
            "PASSWORD",
            0.96,
            _SECOND_OF_ANSWER,
            checks.is_second_of_pair,
            r"/[ ]?[!-~]",
        ),
        Rule(
            "password.behind_slash",
            "PASSWORD",
            0.9,
            _SECOND_BEHIND_SLASH,
            checks.is_mixed_second,
            r"/[ ]?[!-~]",
        ),
        Rule(
            "password.before_cue",
            "PASSWORD",
            0.8,
            _SECRET_BEFORE_CUE,
            checks.is_before_cue,
            _NAMES_PASSWORD,
        ),
        Rule(
            "otp.before_cue",
            "OTP",
            0.85,
            _OTP_BEFORE_CUE,
            checks.is_otp_before_cue,
            led({"인": "증", "오": "티피", "o": "tp", "i": "s"}),
        ),
        Rule("otp.of_check", "OTP", 0.85, _OTP_OF_CHECK, None, "본인"),
        Rule(
            "otp.pressed", "OTP", 0.75, _OTP_PRESSED, None, "누르 | 눌러 | 입력 | 넣 | [치쓰으]면"
        ),
        Rule("card.code_short", "CARD_AUTH", 0.85, _SHORT_CARD_CODE, None, "보안"),
        Rule(
            "login.before_cue",
            "LOGIN_ID",
            0.75,
            _LOGIN_BEFORE_CUE,
            checks.is_login_before_cue,
            led({"아": "이디", "계": "정", "닉": "네임", "로": "그인", "가": "입", "i": "d"}),
        ),
        Rule("login.tag", "LOGIN_ID", 0.8, _TAG, checks.is_tag, r"\#"),
        Rule("login.at_handle", "LOGIN_ID", 0.7, _AT_HANDLE, checks.is_no_public_handle, "@"),
    ),
)
