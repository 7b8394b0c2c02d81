"""Words that name passwords, codes and login ids, and words that are none of them.

VERBOSE patterns without capturing groups.
"""

_PIN_ASKED = r"""(?:
    \s? (?:는|은|의)? \s? (?:맨\s?)? (?: 앞 | 뒤 | 뒷 | 처음 )? (?:에|자리)? \s? (?: 두 | 2 | 둘 )
    \s? (?: 자리 | 글자 | 숫자 | 개 ) (?:\s?숫자)?
)"""

CARD_EXPIRY = r"""(?:
    유효 \s? (?: 기간 | 기한 | 일자? | 년월 ) | 만료 \s? (?: 년월 | 일자? | 월 | 기간 )
      | 유효 (?=[ :은는]) | (?<![a-z]) mm \s? / \s? yy (?![a-z]) | 카드 \s? 만료 | 카드 \s? 기간
    | (?<![a-z?&]) (?: exp (?:iry|iration|[.])? (?:\s?date)? | (?:good|valid) \s? thru ) (?![a-z])
)"""
CARD_PIN = rf"""(?:
    카드 \s? (?:의\s?)? (?: 비밀 \s? 번호 | 비번 | 패스워드 | 암호 (?!화) ) {_PIN_ASKED}?
    | (?: 비밀 \s? 번호 | 비번 | 패스워드 | 암호 (?!화) )
      (?: {_PIN_ASKED} | \s? (?:는|은|의)? \s? 앞 (?= (?:에|은|이)? [ :]{{0,2}} \d\d (?![\d개자]) ) )
)"""
CARD_CODE = r"""(?:
    씨\s?[브비]이?\s?씨 | 시\s?[브비]이?\s?시 | 씨브이브이 | 카드 \s? 보안 \s? (?:번호|코드)
    | (?: 카드 \s? )? (?: 뒷면 | 뒷 \s? 면 | 뒤에
    | 뒤쪽 ) (?:에)? (?:\s?(?:있는|숫자|번호|서명란|끝|적힌|마지막)){0,3} \s? (?: 세 | 3
    | 셋 ) \s? 자리
    | 카드 \s? 뒷?면? (?:에)? \s? (?: 숫자 | 번호 ) (?: \s? (?:세|3) \s? 자리 )?
    | (?: 세 | 3 ) \s? 자리 \s? (?: 숫자 | 번호 | 코드 )
    | (?<![a-z?&]) (?: cv[cv]2? | cid (?= [\s:은는]{1,3} \d{4} (?!\d) ) | csc ) (?![a-z])
) (?: \s? (?: 번호 | 코드 | 값 ) )?"""

OTP = r"""(?:
    (?: 본인 \s? )? 인증 \s? (?: 번호 | 코드 | 숫자 | 넘버 )
    | (?: 단계 | 추가 ) \s? 인증 (?! \s? (?: 설정 | 해제 | 앱 | 방법 ) )
    | 인증 \s? (?: 문자 | 카톡 | 톡 | 알림톡 | 메[시세]지 | 메일 ) | 오티피 | 보안 \s? (?: 코드 | 번호 ) | (?: 확인
      | 승인 ) \s? 코드
    | 일회용 \s? (?: 비밀 | 로그인 | 인증 )? \s? (?: 번호 | 코드 ) | (?: 문자 | 카톡 | 메일 | 톡 ) (?:으?로|에)? \s? (?: 온 | 받은
    | 받으신 | 날라온 | 날아온 | 전송된 | 보내드린 )
      \s? (?: 인증 )? \s? (?: 번호 | 숫자 | 코드 | 거 | (?<=인증) | (?<=인증[ ]) )
    | (?<![앞뒤뒷]) (?<![앞뒤뒷][ ]) (?: 여섯 | 6 ) \s? 자리 (?= \s? (?: 불러 | 말씀 | 알려 ) )
    | (?: 여섯 | 6 | 네 | 4 ) \s? 자리 \s? (?: 인증 )? \s? (?: 번호 | 숫자 | 코드 )
    | (?<![a-z?&]) (?: otp | (?: verification | auth | authentication | security | confirmation
    | one-time ) \s? (?: code | number ) ) (?![a-z])
)"""

UNLOCKING = r"""(?:
    (?: (?: (?: 공동 \s? )? 현관 (?:문)? | 도어락 | 도어록 | 와이파이 | 통장 | 계좌 | 문 | 출입문?
      | 로그인 | 기존 | 임시 | 초기 | 결제 | 간편 | 핀 | 잠금 | 화면 | 이메일 | 메일 ) \s? )?
      (?: 비밀 \s? 번호 | 비번 | 패스\s?워드 | 암호 (?! 화 | \s?일련 ) | 비밀번흐 | 비밀버호
        | 비밀 \s? 코드 )
    | 핀 \s? 번호 | 출입 \s? (?: 번호 | 코드 ) | 현관 \s? (?: 번호 | 키 )
    | (?<![a-z?&]) (?: pw | pwd | passwd | password | passcode | pass \s? word
    | pin (?: \s? (?:번호|code|number) )? ) (?![a-z])
)"""
DOOR = r"""(?:
    공동 \s? 현관 (?:문)? | 현관 (?:문)? | 도어락 | 도어록 | 출입문 | 공동 \s? 출입 (?:문)? | 대문 (?!자)
      | 자동문 | 정문
)"""
WIFI = r"(?: 와이파이 | (?<![a-z?&]) wi-?fi (?![a-z]) )"

LOGIN = r"""(?:
    (?: (?: 로그인 | 회원 | 사용자 | 유저 | 가입 | 네이버 | 카카오 | 카톡 | 카카오톡 | 라인
      | 인스타 (?:그램)? | 텔레그램 | 트위터 | 게임 | 접속 | 이용자 | 추천인 | 구글 | 애플 | 스팀
      | 쿠팡 | 배민 | 본인 | 고객 | 제 ) \s? )?
      아이디 | 로그인 \s? (?: 할\s?때 | 하는\s?데? | 하던 ) | 아뒤 | 아디 (?![다아오]) | 계정 (?:\s?(?:명|이름|아이디|id))?
    | (?<![a-z?&]) (?: user \s? (?: name | id | (?=[:=]) ) | login \s? (?:id)?
    | (?: 카톡|카카오톡|라인|인스타|네이버|회원|로그인|유저|사용자|접속|게임|추천인) \s? id | handle
    | account | id ) (?![a-z])
)"""
NICKNAME = r"""(?:
    닉네임 | 닉넴 | 닉 (?=[은이: ]) | 별명 | 대화명 | 활동명 | 필명 | 소환사 \s? (?:명|이름)
      | 캐릭터 \s? (?:명|이름|닉) | 배틀 \s? 태그 | 유저 \s? (?:네임|명)
)"""
MESSENGER = r"""(?:
    카톡 | 카카오톡 | 카카오 | 라인 | 인스타 (?:그램)? | 텔레 (?:그램)? | 트위터 | 페북 | 페이스북
      | 스레드 | 틱톡 | 디스코드 | 디코 | 위챗 | 왓츠앱 | 스카이프 | 핸들
    | (?<![a-z?&]) (?: insta (?:gram)? | kakao | telegram | wechat | discord | twitter
    | skype ) (?![a-z])
)"""

OTHERS = r"""(?:
    (?: 전화 | 휴대폰 | 핸드폰 | 연락처 | 폰 | 카드 | 계좌 | 주문 | 예약 | 접수 | 운송장 | 송장
      | 회원 | 고객 | 주민(?:등록)? | 사업자 | 승인 | 차량 | 차 | 우편 | 등기
        | 여권 | 면허 | 통관 | 시리얼 | 일련 | 기기 | 사번 | 학번 | 발신 | 대표 | 상품 | 제품
        | 모델 ) \s? (?: 번호 | 부호 | 코드 )
    | (?: 기기 | 단말기? | 디바이스 | 광고 | 장비 | 애드 | 회의 | 주문 | 상품 ) \s? (?: 아이디
    | id (?![a-z]) )
    | 보안 \s? 카드 | 이메일 | 메일 | 성함 | 이름 | 주소 | 생년월일 | 계좌 | 모델 | 버전 | 시리얼
    | 오류 \s? 코드 | 에러 | 쿠폰 | 연락처 | 전화
)"""

CLOSE = r"""(?:
    [\s:=>()\[\]"'“”‘’.,~/|-] | 은 | 는 | 이 | 가 | 을 | 를 | 도 | 요 | 로 | 랑 | 하고 | 입니다
      | 이에요 | 예요
    | 음+ | 어+ | 그 | 네+ | 예 | 넵 | 아 | 저 | 제 | 제가 | 번호 | 여기 | 현재 | 일단 | 아마 | 이거
    | 이게 | 그게 | 값 | 명
    | 원래 | 지금 | 저는 | 저희 | 저희집 | 우리집? | 좀 | 그거 | 여기요 | 건 | 거 | 님 | 상담사
    | 고객 | 손님 | 에 | 만 | 써
    | 쓰는 | 친추 | 해주세요 | 추가 | 영어로? | 영문으?로? | 소문자로? | 대문자로? | 전부 | 모두 | 다
){0,12}"""
"""Particles, signs and fillers between a word and its value."""

TALK = r"""
    변경 | 바꾸 | 바꿔 | 재설정 | 초기화 | 찾 | 오류 | 틀 | 잊 | 잃 | 분실 | 이상 | 없 | 필요 | 설정
      | 등록 | 입력 | 횟수
    | 관리 | 모르 | 까먹 | 제한 | 보안 | 규칙 | 조합 | 문의 | 안\s?[와오되돼맞] | 만료 | 유출 | 노출
    | 공유 | 삭제 | 탈퇴
    | 중복 | 사용\s?(?:가능|할) | 최소 | 최대 | 최근 | 영문 | 재발송 | 재전송 | 받지 | 발송 | 전송
    | 실패
"""
"""What is said about passwords without telling one."""

SET_TO = (
    r"\s? (?: 으?로 | 이?라고 | 인데 | 이에요 | 예요 | 이?요 | 입니다 | 이었 | 였 | 이고 | 맞 )"
)
DENIED = "없이 | 필요 | 말고 | 대신 | 모르 | 호환 | 연결 | 모델 | 제품"
NO_OTP = "오류 | 에러 | 문의 | 고객센터 | 발신 | 요금 | 실패"
NO_OTP_BEFORE = r"(?: 오류 | 에러 | 모델 | 발신 | 대표 | shock | (?<!인증)(?<!인증[ ])코드 ) \s? (?:번호|코드|\#)? \s? [a-z-]{0,3} \Z"
ANSWER_END = r"""
    \s? (?: 이?요 | 입니 | 이에요 | 예요 | 이고 | 이구 | 인데 | 임 | [.,!] | 이?라고 | 으?로 | \Z
      | \n )
"""
OTHER_EXPIRY = r"""
    쿠폰 | 유통 | 상품권 | 기프티 | 포인트 | 마일리지 | 여권 | 면허 | 인증서 | 이벤트 | 보증
      | 멤버십 | 이용권 | 식품 | 제품
    | 상품 | 적립금 | 바우처 | 토큰 | 약 | 소비 | 티켓 | 링크 | 우유 | 비자 | 견적 | 계약 | 인증번호
    | 할인
"""
CARD_NEAR = r"카드 | 비밀\s?번호 | 비번 | cv[cv] | 씨[브비] | 뒷면 | 앞\s?두 | 세\s?자리 | \d{4}[ -]?\d{4}[ -]?\d{4}"
CARD_OF_CODE = r"카드 | 유효 | 뒷면 | cv[cv] | \d{4}[ -]?\d{4}[ -]?\d{4}"
SPELT_LETTER = r"""
    에[이2] | 에프 | 에스 | 에쓰 | 더블유 | 와[이2] | 제트 | 아[이2] | 제[이2] | 케[이2] | 브[이2]
      | 엑스 | 언더 | 소문자
    | 대문자 | 밑줄 | 엠 | 엔 | 엘 | 씨 | 쥐 | 큐 | 피 | 티
"""
"""A letter's name that is no everyday syllable."""

NO_HANGUL_LOGIN = "최[대소] | 영문 | 숫자 | 하루 | 한번 | 총 | 약 | 이상"
NO_NICKNAME = r"""
    변경 | 수정 | 중복 | 바꾸 | 바꿔 | 설정 | 찾 | 뭐 | 무엇 | 어떻게 | 없 | 다시 | 자동 | 필수
      | 등록 | 이상 | 정보 | 부분
    | 사용 | 확인 | 입력 | 표시 | 공개 | 비공개 | 검색 | 삭제 | 한글 | 영문 | 그대로 | 이미 | 가능
    | 불가 | 누구 | 저장 | 안되
    | 안돼 | 여기 | 네 (?![가-힣]) | 잠시 | 잠깐 | 알려 | 말씀 | 불러 | 적어 | 언제 | 기억 | 모르
    | 노출 | 제한 | 선택 | 생각
    | 그냥 | 위에 | 아래 | 같은 | 똑같 | 욕설
"""

NO_LOGIN = """
    login logins id ids pw pwd password pass naver kakao google apple facebook instagram insta
    daum nate line sns app apps pc web www http https com net kr vip otp sms pin email mail
    gmail icloud samsung lg galaxy iphone ipad android ios windows mac chrome safari edge error
    null none test sample guest user username name card the my is and or not new old yes no ok
    com phone number code twitter telegram youtube netflix steam microsoft amazon coupang payco
    toss tving wavve disney plus pay talk kakaotalk message dm qr url pdf jpg png gif excel word
    file link wifi lte usb tv hdmi nfc faq reset forgot change account master admin manager
    staff hotline logout signup sign member members membership point order pop3 imap smtp ssl
    vpn gmarket auction cookie cache pass2 sso oauth api mysql db
"""
"""Latin words that stand beside `아이디`, `계정` or `비번` without being a value."""
