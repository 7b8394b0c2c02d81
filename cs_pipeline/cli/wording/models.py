"""What the commands of `cli/models.py` say."""

from cs_pipeline.language import Words

RUNS = Words(ko="보여 줄 실행 수", en="Runs to show")

NOTHING_LIVE = Words(ko="운영 모델: 아직 없음", en="Live model: none yet")


def live_model(version_id: str, loss: str, dataset_version: str, previous: str | None) -> Words:
    """What is live, and what it was trained on."""
    return Words(
        ko=f"운영 모델: {version_id} (평가 손실 {loss}, 데이터셋 {dataset_version}, "
        f"이전 {previous or '없음'})",
        en=f"Live model: {version_id} (eval loss {loss}, dataset {dataset_version}, "
        f"previous {previous or 'none'})",
    )


TRAINED_ON_WITHDRAWN = Words(
    ko="  나중에 뺀 데이터로 학습했습니다. `cs-pipeline run --force`로 다시 학습하세요.",
    en="  It was trained on withdrawn data. Train again: `cs-pipeline run --force`.",
)


def no_promotion_until(moment: str, by: str, reason: str) -> Words:
    """Who stopped automatic promotion, and until when."""
    return Words(
        ko=f"  {moment}까지 자동 승격을 멈췄습니다. {by}: {reason}",
        en=f"  No automatic promotion until {moment}. {by}: {reason}",
    )


def pending(count: int, inbox: str) -> Words:
    """Exports that wait."""
    return Words(
        ko=f"대기 중인 엑셀: {count}개 ({inbox})", en=f"Pending exports: {count} ({inbox})"
    )


def processing(count: int) -> Words:
    """Exports that a run has taken."""
    return Words(ko=f"처리 중인 엑셀: {count}개", en=f"Exports in processing: {count}")


def folders(data: object, work: object) -> Words:
    """Which installation this is."""
    return Words(
        ko=f"데이터 폴더: {data} · 작업 폴더: {work}",
        en=f"Data folder: {data} · work folder: {work}",
    )


def at_work(by: str, what: str, since: str) -> Words:
    """Who changes the installation now."""
    return Words(
        ko=f"진행 중: {by}의 {what} ({since}부터)", en=f"At work: {by} with {what} (since {since})"
    )


VERSION = Words(ko="모델 버전", en="Model version")


def answered(version_id: str, answered: int, asked: int) -> Words:
    """How many questions a version answered."""
    return Words(
        ko=f"{version_id}: 질문 {asked}개 중 {answered}개에 답함",
        en=f"{version_id}: answered {answered} of {asked} questions",
    )


def empty(count: int) -> Words:
    """Answers without a word."""
    return Words(ko=f"그중 {count}개는 빈 답변입니다.", en=f"{count} of the answers were empty.")


TARGET = Words(ko="받을 폴더", en="Folder to write")

PULL_VERSION = Words(ko="버전 (기본: 운영 모델)", en="Version (default: live)")


def pulled(version_id: str, target: object) -> Words:
    """What was downloaded."""
    return Words(
        ko=f"{version_id} → {target} (sha256 확인됨)",
        en=f"{version_id} -> {target} (sha256 verified)",
    )


QUESTION = Words(ko="질문 (여러 번 가능)", en="Question (repeatable)")

AS_JSON = Words(
    ko="표준 입력의 질문(한 줄에 하나)에 답하고 한 줄의 JSON으로 출력",
    en="Answer the questions on stdin, one per line, with one line of JSON",
)


def asked_model(version_id: str) -> Words:
    """Which model answers."""
    return Words(ko=f"모델 {version_id}", en=f"Model {version_id}")


HOW_TO_END = Words(ko="끝내려면 Ctrl-D를 누르세요.", en="Press Ctrl-D to end.")

BASE_FOLDER = Words(ko="만들 폴더", en="Folder to write")

BESIDE = Words(
    ko="--json과 함께: 이 실행의 후보에게도 물음",
    en="With --json: ask the candidate of this run as well",
)

CORPUS = Words(
    ko="한 줄에 한 문장인 UTF-8 텍스트 또는 CSV. 없으면 가상의 상담을 씁니다",
    en="UTF-8 text, one sentence per line; fictitious conversations if left out",
)

VOCABULARY_SIZE = Words(ko="어휘 크기", en="Vocabulary size")


def made_base(out: object) -> Words:
    """Where the base model is."""
    return Words(ko=f"기반 모델을 만들었습니다: {out}", en=f"Made a base model: {out}")


HELP = {
    "status": "운영 모델, 대기 중인 파일, 최근 실행을 보여 줍니다.",
    "check_model": "모델 버전을 내려받아 검증하고 불러와 질문해 봅니다. 실패하면 종료 코드 "
    "4입니다.",
    "pull": "운영 모델(또는 지정한 버전)을 내려받아 검증합니다.",
    "chat": "운영 모델에게 묻습니다. --question은 하나씩 따로, 없으면 이어지는 대화입니다.",
    "make_base": "GPU 없이 시험할 작은 KoGPT2 모양 기반 모델을 만듭니다.",
}
"""Korean help of each command; the English is its docstring."""
