"""What customers ask and agents answer: one `Intent` a matter, several phrasings each.

Templates name slots of `cs_pipeline.samples.slots`; `{product|을}` puts the particle that fits the
filled word. An intent's answers keep to one wording, so that a small model can learn them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Intent:
    """One matter: its category as a call centre would file it, questions and answers."""

    category: str
    questions: tuple[str, ...]
    answers: tuple[str, ...]


# One block a matter: `#` category, `?` a question, `!` an answer.
_TABLE = """
# 배송
? {day}에 주문한 {product} 언제 도착하나요?
? {product} 배송이 아직 안 왔어요. {day}에 주문했어요.
? {product|을} {day}에 샀는데 배송 조회가 안 돼요.
? {region}인데 {product} 배송은 며칠 걸리나요?
? {courier}에서 {product|이} 계속 배송 준비중으로 나와요.
! {product} 배송은 출고 후 2일 안에 도착합니다.
! {product} 배송은 출고 후 2일 안에 도착하며, 출고되면 문자로 알려 드립니다.
# 배송
? {product} 받는 주소를 {region|으로} 바꾸고 싶어요.
? 이사를 해서 {order} 주문 배송지를 {region|으로} 변경해 주세요.
? {product} 배송지를 잘못 적었어요. {region|으로} 보내 주실 수 있나요?
? {day}에 주문한 {product} 배송지 변경이 되나요?
! 출고 전이라면 배송지를 바꿀 수 있습니다. 마이페이지의 주문 내역에서 변경해 주세요.
! 배송지는 출고 전까지 마이페이지의 주문 내역에서 변경하실 수 있습니다.
# 배송
? {product|이} 파손된 채로 왔어요. 어떻게 하나요?
? {courier}에서 받은 {product} 상자가 다 찌그러져 있어요.
? {day}에 받은 {product|이} 깨져 있습니다.
? {order} 주문 상품이 배송 중에 부서진 것 같아요.
! 불편을 드려 죄송합니다. 파손 사진을 보내 주시면 새 상품으로 다시 보내 드립니다.
! 불편을 드려 죄송합니다. 파손 사진을 확인한 뒤 새 상품으로 다시 보내 드리겠습니다.
# 환불
? {product} 환불하고 싶어요.
? {day}에 산 {product} 환불 되나요? {price} 결제했어요.
? {order} 주문 환불 신청은 어디서 하나요?
? {product|이} 마음에 안 들어서 환불하려고요.
? {price} 주고 산 {product|을} 환불받을 수 있을까요?
! 환불은 받으신 날부터 7일 안에 됩니다. 마이페이지에서 환불 신청을 눌러 주세요.
! 받으신 날부터 7일 안이면 환불이 됩니다. 마이페이지에서 환불 신청을 눌러 주세요.
# 환불
? {day}에 환불 신청했는데 {price|이} 아직 안 들어왔어요.
? {product} 환불 금액은 언제 입금되나요?
? {card|으로} 결제한 {product} 취소했는데 환불은 언제 되나요?
? {order} 건 환불 처리가 얼마나 걸리나요?
! 환불 금액은 상품이 돌아온 뒤 영업일 3일 안에 입금됩니다.
! 상품 확인이 끝나면 영업일 3일 안에 환불 금액이 입금됩니다.
# 교환
? {wear} {size|으로} 교환하고 싶어요.
? {color} {wear|을} 다른 색으로 교환할 수 있나요?
? {day}에 받은 {wear} 사이즈가 안 맞아서 {size|으로} 바꾸려고요.
? {order} 주문한 것 {color|으로} 교환 되나요?
! 교환은 한 번 무료입니다. 원하시는 옵션을 적어 교환 신청을 해 주세요.
! 교환 신청을 하시면 기사님이 방문하여 회수하고, 원하시는 옵션으로 다시 보내 드립니다.
# 교환
? {product|을} 시켰는데 다른 상품이 왔어요.
? {color|을} 골랐는데 다른 색 {product|이} 왔습니다.
? {order} 주문이 잘못 배송됐어요. {product|이} 아니에요.
? {day}에 주문한 {product} 구성품이 빠져 있어요.
! 잘못 보내 드려 죄송합니다. 맞는 상품을 바로 보내 드리고 받으신 상품은 회수하겠습니다.
! 죄송합니다. {product|을} 바로 다시 보내 드리고, 잘못 간 상품은 저희가 회수하겠습니다.
# 결제
? {card|으로} 결제가 안 돼요.
? {product} 결제하려는데 {card} 오류가 나요.
? {price} 결제가 계속 실패합니다.
? {time}부터 {card} 결제 창이 안 열려요.
! 카드사 점검 중일 수 있습니다. 잠시 뒤 다시 결제해 주세요.
! {card} 점검 여부를 확인해 주시고, 잠시 뒤 다시 결제해 주세요.
# 결제
? {price|이} 두 번 결제됐어요.
? {card|으로} {product|을} 한 번 샀는데 이중으로 결제됐습니다.
? {day}에 같은 금액 {price|이} 두 번 빠져나갔어요.
? {order} 주문이 중복 결제된 것 같아요.
! 중복 결제된 금액은 확인 후 자동으로 취소됩니다. 카드사에 따라 3일쯤 걸립니다.
! 중복 결제가 확인되면 한 건은 자동으로 취소되며, 카드사에 따라 3일쯤 걸립니다.
# 결제
? {product} 현금영수증 발급해 주세요.
? {day}에 {price} 쓴 것 영수증을 받고 싶어요.
? {order} 주문 세금계산서 발행되나요?
? 회사에서 산 {product} 영수증이 필요해요.
! 영수증은 마이페이지의 결제 내역에서 바로 내려받으실 수 있습니다.
! 마이페이지의 결제 내역에서 영수증과 세금계산서를 신청하실 수 있습니다.
# 회원정보
? 비밀번호를 잊어버렸어요. {time}에 다시 해 봐도 안 돼요.
? {day}부터 로그인이 안 됩니다. 비밀번호를 모르겠어요.
? 비밀번호를 {count} 틀려서 계정이 잠겼어요.
? 앱에서 {product|을} 사려는데 비밀번호 오류가 나요.
! 로그인 화면의 비밀번호 찾기를 누르시면 새 비밀번호를 정하실 수 있습니다.
! 비밀번호 찾기에서 본인 확인을 하시면 새 비밀번호를 정하실 수 있습니다.
# 회원정보
? 회원 탈퇴는 어떻게 하나요? {point|이} 남아 있어요.
? {day|으로} 회원 탈퇴를 예약할 수 있나요?
? 탈퇴하면 {coupon|은} 없어지나요?
? {day}에 가입했는데 회원 탈퇴하고 싶습니다.
! 회원 탈퇴는 앱의 설정 메뉴에서 하실 수 있으며, 남은 포인트와 쿠폰은 사라집니다.
! 설정 메뉴에서 탈퇴하실 수 있습니다. 탈퇴하시면 남은 포인트와 쿠폰은 사라집니다.
# 회원정보
? 휴대폰 번호가 바뀌었어요. {day}부터 인증이 안 돼요.
? {time}에 연락처 변경을 했는데 적용이 안 됐어요.
? 전화번호를 바꿔서 {order} 주문 알림이 안 와요.
? 가입할 때 쓴 연락처를 바꾸고 {coupon|을} 받고 싶어요.
! 연락처는 회원정보 수정 메뉴에서 본인 확인 후 바꾸실 수 있습니다.
! 회원정보 수정 메뉴에서 새 번호로 본인 확인을 하시면 연락처가 바뀝니다.
# AS
? {appliance} 전원이 안 켜져요.
? {day}에 산 {appliance|이} 고장났어요. 수리 되나요?
? {appliance|을} 쓰다가 {time}부터 작동이 멈췄어요.
? {appliance} 수리비가 {price}이나 하나요?
? {region} 근처에서 {appliance} 수리받고 싶어요.
! {appliance} 수리는 구입 후 1년 동안 무료입니다. AS 접수를 해 드리겠습니다.
! 구입 후 1년 동안은 무료로 수리해 드립니다. AS 접수를 해 드리겠습니다.
# AS
? {appliance}에서 이상한 소리가 나요.
? {appliance} 소음이 너무 심해요. {day}에 설치했어요.
? {time}마다 {appliance}에서 소리가 크게 납니다.
? {color} {appliance|을} 샀는데 진동하고 소리가 커요.
! 제품을 평평한 곳에 두고 다시 켜 주세요. 그래도 소리가 나면 기사님이 방문합니다.
! 평평한 곳에서 다시 켜 보시고, 소리가 계속되면 방문 점검을 잡아 드리겠습니다.
# 설치
? {appliance} 설치는 언제 오시나요?
? {day} {time}에 {appliance} 설치 가능한가요?
? {region|으로} {appliance} 설치 기사님 보내 주세요.
? {appliance} 설치비가 따로 있나요? {price} 냈어요.
! 설치 기사님이 방문 하루 전에 연락드리며, 기본 설치비는 무료입니다.
! 기본 설치는 무료이고, 기사님이 방문 하루 전에 연락드립니다.
# 예약
? {day} {time|으로} 예약하고 싶어요.
? {region} 매장 {day} 예약 되나요?
? {day} {time}에 {people} 예약 가능할까요?
? {product} 체험 예약은 어떻게 하나요? {day}에 가려고요.
! 예약이 가능합니다. 원하시는 날짜와 시간을 예약 메뉴에서 골라 주세요.
! 예약 메뉴에서 날짜와 시간을 고르시면 바로 예약됩니다.
# 예약
? {day} 예약 취소해 주세요.
? {day} {time} 예약을 다른 날로 미루고 싶어요.
? {region} 매장 예약을 취소하면 위약금이 {price}인가요?
? 예약 시간을 {time|으로} 바꿀 수 있나요? {day} 예약이에요.
! 예약은 하루 전까지 수수료 없이 취소하거나 바꾸실 수 있습니다.
! 하루 전까지는 수수료 없이 예약을 바꾸거나 취소하실 수 있습니다.
# 요금제
? {plan} 요금제로 바꾸고 싶어요.
? {day}부터 {plan|으로} 변경 가능한가요?
? 지금 {price} 요금제인데 {plan} 요금이 얼마예요?
? {plan} 데이터는 얼마나 쓸 수 있나요? {price} 정도면 좋겠어요.
! {plan} 요금제는 다음 달 1일부터 적용됩니다. 앱의 요금제 메뉴에서 신청해 주세요.
! 앱의 요금제 메뉴에서 {plan|을} 신청하시면 다음 달 1일부터 적용됩니다.
# 요금제
? 이번 달 요금이 {price}이나 나왔어요. 왜 이렇게 많아요?
? {plan} 쓰는데 청구 금액이 {price|으로} 늘었어요.
? {day} 청구서에 {price|이} 더 붙어 있습니다.
? {plan} 요금 청구 내역을 보고 싶어요. {day} 것이요.
! 청구 내역은 앱의 요금 조회에 있으며, 잘못된 금액은 돌려 드립니다.
! 앱의 요금 조회에서 항목별 금액을 보실 수 있으며, 잘못된 금액은 돌려 드립니다.
# 포인트/쿠폰
? {coupon|이} 적용이 안 돼요.
? {product} 살 때 {coupon|을} 쓸 수 있나요?
? {day}에 받은 {coupon|이} 사라졌어요.
? {price} 주문에 {coupon} 사용이 안 됩니다.
! 유효기간과 최소 주문 금액을 확인하신 뒤 결제 화면에서 쿠폰을 골라 주세요.
! 유효기간과 최소 주문 금액이 맞으면 결제 화면에서 {coupon|을} 쓰실 수 있습니다.
# 포인트/쿠폰
? {point|이} 아직 안 쌓였어요.
? {product} 샀는데 적립 포인트는 언제 들어오나요?
? {day}에 {price} 썼는데 포인트 적립이 안 됐어요.
? {point|을} 현금으로 바꿀 수 있나요?
! 포인트는 구매 확정 다음 날에 쌓이며, 결제할 때 현금처럼 쓰실 수 있습니다.
! 구매 확정 다음 날에 포인트가 쌓이고, 다음 결제 때 현금처럼 쓰실 수 있습니다.
# 상품
? {product} {color} 재고 있나요?
? {product} 품절인데 언제 다시 들어오나요?
? {size} {wear|은} 품절인가요? {day}에 사려고요.
? {region} 매장에 {product} 재고가 있는지 궁금해요.
! {product|은} 다음 주에 다시 들어옵니다. 재입고 알림을 신청해 주세요.
! 재입고 알림을 신청하시면 {product|이} 들어올 때 바로 알려 드립니다.
# 주문
? {order} 주문 취소해 주세요.
? {day}에 주문한 {product} 취소하고 싶어요.
? {product|을} {count} 잘못 주문했어요. 취소 되나요?
? {price} 주문한 것을 취소하려는데 버튼이 없어요.
! 출고 전 주문은 바로 취소됩니다. 주문 내역에서 주문 취소를 눌러 주세요.
! 주문 내역에서 주문 취소를 누르시면 출고 전에는 바로 취소됩니다.
"""


def _read(block: str) -> Intent:
    category, *lines = block.strip().splitlines()
    return Intent(
        category=category,
        questions=tuple(line[2:] for line in lines if line.startswith("? ")),
        answers=tuple(line[2:] for line in lines if line.startswith("! ")),
    )


INTENTS: tuple[Intent, ...] = tuple(_read(block) for block in _TABLE.split("# ")[1:])
