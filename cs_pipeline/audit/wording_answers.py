"""Words of the workbook in which a person compares two models' answers."""

from cs_pipeline.audit.answer_pairs import LEAST_JUDGED
from cs_pipeline.language import Words
from cs_pipeline.records import PairVerdict

TITLE = Words(ko="답변 비교", en="Answers")
GUIDE_TITLE = Words(ko="판정 방법", en="How to judge")
BETTER = Words(ko="더 나은 답변", en="Better answer")
BEFORE = Words(ko="이전 대화", en="Said before")
QUESTION = Words(ko="질문", en="Question")
REAL_ANSWER = Words(ko="실제 상담 답변", en="What an agent answered")
ANSWER_A = Words(ko="답변 A", en="Answer A")
ANSWER_B = Words(ko="답변 B", en="Answer B")
NOTE = Words(ko="메모", en="Note")
CUSTOMER = Words(ko="고객", en="Customer")
AGENT = Words(ko="상담", en="Agent")
EMPTY = Words(ko="(빈 답변)", en="(empty answer)")
VERDICTS: dict[PairVerdict, Words] = {
    "a": Words(ko="A", en="A"),
    "b": Words(ko="B", en="B"),
    "alike": Words(ko="비슷함", en="Alike"),
    "both_bad": Words(ko="둘 다 나쁨", en="Both bad"),
}
ADVICE = (
    Words(
        ko="질문마다 두 모델의 답변이 A와 B로 나란히 있습니다. 어느 쪽이 새 모델인지는 행마다 "
        "다르며 이 파일에 없습니다.",
        en="Each row shows a question and the answers of two models, A and B. Which of them is the "
        "new model differs from row to row and is not in this file.",
    ),
    Words(
        ko="고객에게 보낼 만한 쪽을 고릅니다: 맞는 내용, 알아들을 수 있는 말, 공손한 말의 순서로 "
        "봅니다. 실제 상담 답변은 참고용입니다. 차이가 없으면 '비슷함', 둘 다 보낼 수 없으면 "
        "'둘 다 나쁨'입니다.",
        en="Choose the one that a customer should get: first what is true, then what can be "
        "understood, then what is polite. What an agent answered is there for reference. 'Alike' "
        "where it makes no difference, 'Both bad' where neither may be sent.",
    ),
    Words(
        ko="#@이름#, #@전화번호# 같은 표시는 개인정보를 가린 자리이며 실제 대화에서는 값이 "
        "들어갑니다.",
        en="Marks such as #@이름# (name) or #@전화번호# (phone) show where personal data was "
        "masked.",
    ),
    Words(
        ko="위에서부터 차례로 판정합니다. 중간에 멈추어도 되지만 쉬운 행만 고르면 결과가 "
        f"틀어집니다. {LEAST_JUDGED}행 이상이 필요하고, 많을수록 구간이 좁아집니다.",
        en="Go from top to bottom. You may stop halfway, but choosing the easy rows would skew the "
        f"result. At least {LEAST_JUDGED} rows are needed; more make the interval narrower.",
    ),
    Words(
        ko="저장한 뒤 실행하세요: cs-pipeline answers read 파일.xlsx",
        en="Save the file, then run: cs-pipeline answers read FILE.xlsx",
    ),
)
