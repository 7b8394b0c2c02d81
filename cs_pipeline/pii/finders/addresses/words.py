r"""Names that addresses are made of, and words that only look like them.

Patterns are VERBOSE: a space inside a name is written `\s?`. Sources: the 17 regions of the
Ministry of the Interior and Safety (2025) and the brands of the large builders; what lies inside
the regions is in `places.txt`.
"""

from collections.abc import Collection
from itertools import chain
from pathlib import Path

from cs_pipeline.pii.rules import any_of, heads
from cs_pipeline.pii.word_lists import WordLists

REGIONS = r"""(?:
    서울 (?: \s?특별\s?시 | \s?시 )?
    | (?:부산(?!진\s?구)|대구|인천|광주|대전|울산) (?: \s?광역\s?시 | \s?시 (?=\s?[가-힣]) )?
    | 세종 (?: \s?특별\s?자치\s?시 | \s?시 )?
    | 제주 (?: \s?특별\s?자치\s?도 | \s?도 )? (?! \s?시 )
    | (?:강원|전북) \s? 특별\s?자치\s?도
    | (?: 경기 | 강원 | 충청\s?[남북] | 전라\s?[남북] | 경상\s?[남북] ) \s?도
    | 경기 | 강원 | 충[남북] | 전[남북] | 경[남북]
)"""

_PLACES = WordLists(Path(__file__).with_name("places.txt"))


def _either(words: Collection[str]) -> str:
    """Any of the words, which are tried only where one of their first syllables stands."""
    return f"(?=[{''.join(sorted({word[0] for word in words}))}]){any_of(words)}"


def _led(words: str) -> str:
    """The pattern `words`, which is tried only where one of its characters stands."""
    return heads(words) + words


CITIES = rf"""(?:
    (?: {_either(_PLACES["cities"])} \s?시
      | {_either(_PLACES["counties"])} \s?군
      | {_either(_PLACES["districts"])} \s?구
      | (?: (?<=[시산구천주전]) \s? | (?<![가-힣]) ) [동서남북중] \s?구
    ) (?! [청민외] | 의원 )
)"""
_ALL_PLACES = frozenset(
    chain.from_iterable(
        _PLACES[kind] for kind in ("districts", "cities", "counties", "neighbourhoods")
    )
)
_SHORT = _either(_ALL_PLACES.difference(_PLACES["never_short"]))
SHORT = rf"""(?:
    [가-힣]{{2,4}}\d? \s? (?: 신도시 | 뉴타운 | 혁신도시 | 국제도시 | 택지지구 )
    | {_SHORT} (?= [\s,] | [가-힣]{{1,5}}(?:동|읍|면)[\s\d] )
)"""
"""`강남`, `분당`: a city or neighbourhood without its ending."""
TOWARDS = rf"{_either(_ALL_PLACES)}로"
"""`원주로`: to a city, where no number says that it is the name of a road."""

# Words that end like a town or a road and are none.
NO_DONG = r"""(?: (?:
    행|운|자|이|활|감|아|노|변|작|가|진|출|충|선|파|공|협|구|기|연|반|율|능|유|해|생|거|합|혼|태
    |격|약|요|추|부|전|수|냉|시|제|한|모|나|다|라|마|바|각|무
    )동
    | (?:몇|무슨|같은)\s?동
    | (?:전체|고객감|셔틀이|옆|앞|뒷|우리|저희|해당|어느|아이|전자|반자|완전자|수신거)동
    | (?:강의|생활|연구|행정|사무|여아|남아|유아|신생아|심장운|피부자)동
)"""
# The same right behind a city, where most of them can be names: 제주시 연동.
NO_DONG_INSIDE = r"""(?:
    이동\s?[중할시] | 활동 | 운동[을할] | 행동 | 감동 | 노동 | 변동 | 작동 | 출동
)"""
NO_ROAD = r"""(?:
    (?:
        번호|택배|카드|현금|회사|직장|사무실|가게|경비실|관리실|본가|친정|시댁|기숙사|편의점|무인함|집|본사|그대|바|따|별|새|서|스스|실제|주|대|진짜|정말|절|함부|도|뒤|위|아래
        |아래쪽|색|사이즈|등기|문자|전화|메일|메시지|카톡|톡|세트|묶음|박스|한꺼번|이|저|그|요
        |무료|할인가|가격|월요일|화요일|수요일|목요일|금요일|토요일|일요일|오전|오후|하나|둘|개|매
        |주문|결제|최대|최소|추가|두번째|첫번째|번째|별도|자동|수동|날|대신|기준|[가-힣]{1,6}으
    )로
    | [가-힣]{1,7} (?:
        번호|카드|계좌|택배|은행|페이|코드|사이즈|컬러|색상|상품|제품|세트|타입|버전|회사|문자
        |메일|주소|포인트|쿠폰|배송지|센터|매장
    )로
    | [가세]로 (?![가-힣]) | 그대로 | 제대로 | 마음대로 | 맘대로 | 순서대로 | 예정대로 | 차례대로 | 원래대로 | 뜻대로
    | 이대로 | 저대로 | 반대로 | [가-힣]{0,5}(?:는|은|던)대로 | 멋대로 | 되는대로
    | [가-힣]{1,6}는\s?길 | 가는길 | 오는길 | [가-힣]{1,5}\s?손길 | 눈길 | 발길 | 물길 | 불길
    | 빗길 | 지름길 | 산책길 | 둘레길 | 출근길 | 퇴근길 | 등굣길 | 하굣길 | 퇴로 | 진로 | 경로
    | 통로 | 미로 | 회로 | 활로 | 도로 | 선로 | 항로 | 기로
    | [가-힣]{0,6}(?:마다|부터|까지|에서|보다|내일|오늘|만원|천원|개월)로
)"""
BRANDS = _led(r"""(?:
    래미안 | 자이 | 푸르지오 | 힐스테이트 | 아이파크 | e\s?-?\s?편한\s?세상 | 이\s?편한\s?세상
    | 롯데\s?캐슬 | 더\s?샵 | 센트레빌 | 하늘채 | 아크로 | 트리마제 | 꿈에그린 | 포레나
    | 한라비발디 | 비발디 | 데시앙 | 스위첸 | 코아루 | 린스트라우스 | 위브 | 두산위브 | 휴먼시아
    | 휴먼빌 | 어울림 | 에코르 | 에듀포레 | 파밀리에 | 월드메르디앙 | 메르디앙 | 백년가약 | 해링턴
    | 예가 | 칸타빌 | 엘크루 | 호반베르디움 | 베르디움 | 호반써밋 | 써밋 | 로얄듀크 | 유보라
    | 반도유보라 | 우미린 | 서희스타힐스 | 스타힐스 | 센텀파크 | 리젠시 | 풍경채 | 사랑으로
    | 네이처하임 | 디에이치 | 타워팰리스 | 하이페리온 | 트라움하우스 | 헬리오시티 | 엘리시온
    | 리센츠 | 엘스 | 트리지움 | 파크리오 | 올림픽선수촌 | 은마 | 주공 | 시영 | 쌍용예가
    | 금강펜테리움 | 펜테리움 | 동문굿모닝힐 | 굿모닝힐 | 이안 | 노블랜드 | 모아엘가 | 모아미래도
    | 더휴 | 스카이뷰 | 센트럴파크 | 행복주택 | 임대주택
)""")
# Builders that make other things too: houses only with `아파트` or a unit.
MAKERS = _led(r"""(?:
    신동아 | 미도 | 한신 | 우성 | 현대 | 삼성 | 대림 | 벽산 | 한양 | 금호 | 쌍용 | 극동 | 럭키
    | 선경 | 청구 | 우방 | 코오롱 | 한진 | 건영 | 삼익 | 진흥 | 동신 | 롯데 | 두산 | 동아 | 경남
    | 부영 | 삼환 | 장미 | 미성 | 한라 | 대우 | 화성 | 태영 | 성원 | 동부 | 풍림 | 삼부
    | 동문 | 대방 | 중흥 | 반도 | 우남 | 신안 | 보성 | 한솔 | 한일 | 유원 | lh | sh
)""")
HOUSES = _led(r"""(?:
    아파트먼트 | 아파트 | 빌라트 | 빌라 | 오피스텔 | 맨션 | 맨숀 | 연립(?:\s?주택)? | 다세대
    | 다가구 | 주택 | 빌리지 | 원룸텔 | 원룸 | 투룸 | 고시원 | 고시텔 | 기숙사 | 생활관 | 빌딩
    | 레지던스 | 도시형생활주택 | 상가주택 | 하이츠 | 주상복합 | 학사 | 사택 | 관사
    | 지식산업센터
)""")
# What stands by the road where a village has no numbers, and how its houses are told apart.
LANDMARKS = r"""(?:
    마을\s?회관 | 회관 | 경로당 | 노인정 | 슈퍼 | 마트 | 교회 | 성당 | 초등학교 | 중학교 | 분교 | 이발소
    | 정미소 | 방앗간 | 보건소 | 보건지소 | 진료소 | 농협 | 우체국 | 파출소 | 면사무소 | 정자나무 | 느티나무
    | 당산나무 | 정자 | 정류장 | 저수지 | 다리 | 삼거리 | 사거리 | 입구 | 창고 | 정육점 | 철물점 | 주유소
    | 식당 | 병원 | 의원 | 약국 | 시장 | 공원 | 은행 | 주민센터 | 학교 | 놀이터 | 비닐하우스 | 축사 | 개울 | 논 | 밭
)"""
COUNTRY_HOUSES = r"""(?:
    [가-힣]{1,4} \s? (?:지붕|대문|벽돌|기와|담장|담|쪽) \s? 집 | 기와집 | 외딴\s?집 | 끝\s?집 | 첫\s?집 | [첫둘셋두세네][째번]\s?집
    | 이장\s?님?\s?[댁집] | [가-힣]{2,4}네\s?집 | 단독주택 | 전원주택 | 농가 주택? | 농가 | 농장 | 과수원 | 축사
    | 하우스 | 주택 | 집
)"""
SHOPS = r"""(?:
    미용실 | 헤어\s?(?:샵|살롱)? | 네일\s?(?:샵)? | 식당 | 카페 | 커피 | 약국 | 병원 | 의원 | 치과 | 한의원 | 학원
    | 교습소 | 교회 | 성당 | 세탁소 | 슈퍼 | 마트 | 편의점 | 부동산 | 공인중개사 | 정육점 | 꽃집 | 플라워 | 상회 | 상사
    | 공방 | 치킨 | 피자 | 분식 | 노래방 | 당구장 | 문구 | 철물점 | 철물 | 안경원? | 어린이집 | 유치원 | 태권도
    | 농장 | 과수원 | 목장 | 펜션 | 민박 | 리조트 | 모텔 | 캠핑장
    | 게스트하우스 | 체육관 | 헬스장? | 필라테스 | 요가원? | 사무실 | 사무소 | 스튜디오 | 인테리어 | 건설 | 산업 | 물산 | 테크
    | 전자 | 정비소? | 공업사 | 카센터 | 농원 | 요양원 | 복지관 | 연구소 | 학교 | 서점 | 책방 | 한식당 | 횟집 | 국밥
    | 갈비 | 반점 | 주점 | 호프 | 빵집 | 베이커리 | 제과점?
)"""
# Endings of the names of complexes: houses only when a unit follows.
COMPLEXES = _led(r"""(?:
    마을 | 단지 | 타운 | 캐슬 | 팰리스 | 빌 | 뷰 | 힐 | 힐스 | 포레 | 파크 | 타워 | 하우스 | 시티
    | 스카이 | 리버 | 파인 | 힐즈 | 테라스 | 센트럴 | 프라자 | 플라자 | 스퀘어 | 상가 | 센터
    | 밸리 | 벨리 | 회관 | 관사 | 사택 | 연구동 | 관 | 아파텔 | 아빠트 | APT | apt | 아파드
)""")
# What stands before `아파트` and does not name it.
NO_BUILDING = r"""(?:
    저희 | 우리 | 제 | 저 | 그 | 이 | 같은 | 무슨 | 어느 | 사는 | 살던 | 새 | 옛 | 다른 | 여기
    | 거기 | 신축 | 구축 | 임대 | 분양 | 혹시 | 네 | 예 | 아 | 어 | 음 | 지금
    | [가-힣]{1,6}(?: [은는이가로에을를의요도서고만면던한인할다] | 까지 )
)"""
OFFICES = _led(r"""(?:
    주민\s?센터 | 행정\s?복지\s?센터 | 복지\s?센터 | 고객\s?센터 | 서비스\s?센터 | 물류\s?센터
    | 콜\s?센터 | 쇼핑\s?센터 | 문화\s?센터 | 스포츠\s?센터 | 보건소 | 우체국 | 경찰서 | 파출소
    | 시청 | 구청 | 군청 | 도청 | 백화점 | 마트 | 터미널 | 공항 | 아울렛 | 도서관 | 박물관
    | 미술관 | 영화관 | 체육관 | 면세점
)""")
