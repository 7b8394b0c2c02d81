"""Words of the workbook in which a person reviews masked rows."""

from cs_pipeline.audit.estimate import MIN_ROWS, AuditVerdict
from cs_pipeline.language import Words

REVIEW_TITLE = Words(ko="검토", en="Review")
GUIDE_TITLE = Words(ko="검토 방법", en="How to judge")
STRATA_TITLE = Words(ko="표본", en="Sample")
VERDICT = Words(ko="판정", en="Verdict")
WHEN = Words(ko="고르는 경우", en="When to choose")
QUESTION = Words(ko="질문 (가린 뒤)", en="Question (masked)")
ANSWER = Words(ko="답변 (가린 뒤)", en="Answer (masked)")
TYPES = Words(ko="가린 종류", en="Types")
RULES = Words(ko="규칙", en="Rules")
SOURCE_QUESTION = Words(ko="원본 질문 (개인정보 포함)", en="Source question (unmasked)")
SOURCE_ANSWER = Words(ko="원본 답변 (개인정보 포함)", en="Source answer (unmasked)")
NOTE = Words(ko="검토자 메모", en="Reviewer's note")
NO_SOURCE = Words(ko="원본 엑셀이 없습니다.", en="The export is no longer there.")
DATASET_VERSION = Words(ko="데이터셋 버전", en="Dataset version")
SEED = Words(ko="난수 시드", en="Seed")
TOTAL = Words(ko="합계", en="Total")
STRATA_HEADINGS = (
    Words(ko="층 (행에서 가장 드문 종류)", en="Stratum (rarest type in the row)"),
    Words(ko="데이터셋의 행", en="Rows in the dataset"),
    Words(ko="뽑은 행", en="Rows drawn"),
)
VERDICTS: dict[AuditVerdict, Words] = {
    "ok": Words(ko="정상", en="OK"),
    "leak": Words(ko="누출", en="Leak"),
    "overmasked": Words(ko="과다", en="Overmasked"),
}
MEANINGS: dict[AuditVerdict, Words] = {
    "ok": Words(
        ko="개인정보가 남아 있지 않고, 개인정보가 아닌 말이 가려지지도 않았습니다.",
        en="No personal data is left, and nothing was masked that is not personal.",
    ),
    "leak": Words(
        ko="누구인지 알 수 있게 하는 값이 하나라도, 일부라도 남아 있습니다. "
        "예: 이름, 전화번호의 뒷자리, 동·호수, 주문번호, 비밀번호.",
        en="A value that identifies a person was left, even if only one or a part of it. "
        "For example a name, the last digits of a phone number, a flat's number, an order number, "
        "a password.",
    ),
    "overmasked": Words(
        ko="개인정보가 아닌 말이 가려졌습니다. 예: 대표번호, 금액, 상품명, 지역 이름만 있는 경우.",
        en="Something was masked that is not personal. For example a public hotline, a price, a "
        "product's name, the name of a region alone.",
    ),
}
ADVICE = (
    Words(
        ko="'검토' 시트의 각 행을 읽고 '판정' 칸에서 아래 세 가지 가운데 하나를 고릅니다. "
        "#@이름#, #@전화번호# 같은 표시는 가려진 자리입니다.",
        en="Read each row of the sheet 'Review' and choose one of the three below in the column "
        "'Verdict'. Marks such as #@이름# (name) or #@전화번호# (phone) show where something was "
        "masked.",
    ),
    Words(
        ko="누출과 과다가 한 행에 함께 있으면 '누출'을 고르고, 확실하지 않아도 '누출'을 고릅니다. "
        "왜 그런지 메모에 적어 주세요.",
        en="Where a row has both, or you are not sure, choose 'Leak' and say why in the note.",
    ),
    Words(
        ko="메모에는 종류와 위치만 적고 (예: '답변에 이름 남음') 값은 옮겨 적지 마세요.",
        en="Write kind and place into the note ('a name is left in the answer'), never the value.",
    ),
    Words(
        ko="위에서부터 차례로 판정합니다. 행의 순서는 무작위이므로 중간에 멈추어도 추정할 수 "
        f"있지만, 어려운 행만 건너뛰면 결과가 틀어집니다. {MIN_ROWS}행 이상이 필요합니다.",
        en="Go from top to bottom. The order is random, so you may stop halfway, but leaving out "
        f"the hard rows would skew the result. At least {MIN_ROWS} rows are needed.",
    ),
    Words(
        ko="정렬과 필터는 괜찮습니다. 행을 지우거나 더하지 말고, 행 번호와 머리글은 그대로 두세요.",
        en="Sorting and filtering are fine. Remove or add no rows; leave row ids and headings "
        "alone.",
    ),
    Words(
        ko="저장한 뒤 다음 명령으로 결과를 봅니다: cs-pipeline pii-audit read 파일.xlsx",
        en="Save the file, then see the result with: cs-pipeline pii-audit read FILE.xlsx",
    ),
)
