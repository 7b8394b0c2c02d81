"""Full names in quotes, behind numbers, of those who pay and take, and rare surnames anywhere."""

from typing import ClassVar

from tests.unit.pii.finders.finder_contract import FinderContract

ROWS = """
'[빙지율]'이라고 적혀 있어요
"[석동출]" 님이 수령했다고 떠요
010-3342-8876 [변은섬]
학번 20210148 [국다은]입니다
[경운택] 3만 원 입금했어요
[도경미]가 입금했습니다
입금했어요 [마도윤]
입금완료 [표은섬]
[어윤태]가 누구예요
[마루희]는 누구죠
[팽수지]라고 아세요
[추은섬]이 수령했다고 나와요
3학년 2반 [두서린]
2학년 1반 [길루아] 엄마예요
감사합니다. [국은섬]
담당자 이름이 [탁서빈]이던데요
아들 [호선율]꺼예요
[빙은찬] 있나요
오늘 [목지훈]만 취소해 주세요
수업 변경은 [범지안]이랑 같이요
여기 [경보미]예요
"""
WORDS = """
'배송완료'라고 적혀 있어요
"관리실" 님이 수령했다고 떠요
010-3342-8876 연락처
주문번호 20210148 취소입니다
나머지 3만 원 입금했어요
회사가 입금했습니다
입금했어요 확인이요
입금완료 문자
담당자가 누구예요
받는 사람은 누구죠
비밀번호라고 아세요
이웃집이 수령했다고 나와요
3학년 2반 담임
2학년 1반 학생 엄마예요
감사합니다. 수고하세요
담당자 이름이 없던데요
난 무섭던데 괜찮아요
아들 가방꺼예요
사이즈 있나요
오늘 방문만 취소해 주세요
수업 변경은 전화랑 같이요
여기 경비실이에요
상세한 안내 부탁드려요
요청하고 싶어요
미주리입니다
"""


class TestNamesInPassing(FinderContract):
    types = frozenset({"NAME"})
    found: ClassVar = {"NAME": ROWS.strip().splitlines()}
    kept = WORDS.strip().splitlines()
    talk = ()  # people are named in it
