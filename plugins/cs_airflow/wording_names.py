"""What people call the DAGs, their tasks, and the pages in Airflow's menu."""

from cs_pipeline.language import Words

MENU = "상담 챗봇"
REPORT = "보고서"
"""Airflow asks for one name, whoever reads it."""
DAGS = {
    "cs_retrain": "상담 챗봇 재학습",
    "cs_promote": "상담 챗봇 승인",
    "cs_experiment": "상담 챗봇 실험",
    "cs_housekeeping": "상담 챗봇 정리",
    "cs_watch": "상담 챗봇 살피기",
}
TASKS = {
    "collect": Words(ko="엑셀 가져오기", en="Collect exports"),
    "intake": Words(ko="엑셀마다", en="Each export"),
    "validate": Words(ko="엑셀 검사", en="Check the export"),
    "mask": Words(ko="개인정보 가리기", en="Mask personal data"),
    "merge": Words(ko="데이터셋 만들기", en="Make the dataset"),
    "train": Words(ko="학습", en="Train"),
    "gate": Words(ko="판정", en="Judge"),
    "promote": Words(ko="승격", en="Promote"),
    "reject": Words(ko="거절", en="Reject"),
    "hold": Words(ko="보류", en="Hold"),
    "record": Words(ko="기록", en="Record"),
    "begin": Words(ko="시작", en="Begin"),
    "question": Words(ko="물을 것 찾기", en="Find what to ask"),
    "decide": Words(ko="사람의 결정", en="A person decides"),
    "follow": Words(ko="결정대로 하기", en="Follow the answer"),
    "ask_again": Words(ko="다시 묻기", en="Ask again"),
    "live": Words(ko="운영 알림", en="Announce the live model"),
    "act": Words(ko="양식대로 하기", en="Follow the form"),
    "plan": Words(ko="모델 정하기", en="Name the models"),
    "compare": Words(ko="비교하기", en="Compare"),
    "tidy": Words(ko="오래된 것 지우기", en="Delete what is old"),
    "look": Words(ko="살피고 알리기", en="Look and tell"),
}
