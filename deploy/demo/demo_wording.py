"""What the demo says, in Korean and in English."""

from cs_pipeline.language import Words


def in_use(folder: object) -> Words:
    """Two demos in one folder."""
    return Words(
        ko=f"다른 데모가 {folder}에서 실행 중입니다. 그쪽을 Ctrl-C로 끝낸 뒤 다시 실행하세요.",
        en=f"Another demo is running in {folder}. End it with Ctrl-C and start again.",
    )


def not_ours(folder: object) -> Words:
    """A folder with files of somebody's own."""
    return Words(
        ko=(
            f"{folder} 폴더에 데모가 만들지 않은 파일이 있어 비우지 않았습니다. 다른 폴더를 쓰세요."
        ),
        en=f"{folder} holds files that no demo made, so it is left alone. Name another folder.",
    )


NO_RECORD = Words(
    ko="실행 기록이 없습니다. Airflow 화면에서 record 작업의 로그를 보세요.",
    en="There is no run record. Read the record task's log in the Airflow UI.",
)


def took(seconds: float, without_training: float) -> Words:
    """How long a run took."""
    return Words(
        ko=f"실행 {seconds:.0f}초 (학습 제외 {without_training:.0f}초)",
        en=f"The run took {seconds:.0f} s ({without_training:.0f} s without training)",
    )


def report(path: object) -> Words:
    """Where the report is."""
    return Words(ko=f"보고서: {path}", en=f"Report: {path}")


def commands(path: object) -> Words:
    """How the command line finds what the demo made."""
    return Words(
        ko=f"명령줄: `. {path}` 뒤에 `cs-pipeline status` 등",
        en=f"Commands: `. {path}`, then `cs-pipeline status` and so on",
    )


def started(run_id: str) -> Words:
    """A run began."""
    return Words(ko=f"실행 시작: {run_id}", en=f"Run started: {run_id}")


def waited(seconds: float) -> Words:
    """How long the file waited."""
    return Words(
        ko=f"          파일 투입 → 실행 시작 {seconds:.1f}초",
        en=f"          file drop -> run start {seconds:.1f} s",
    )


def invitation(url: str, password: str, inbox: str) -> Words:
    """Where to look, and what to try next."""
    return Words(
        ko=(
            f"Airflow  {url}  (admin / {password})\n인박스   {inbox}\n다른 엑셀을 인박스에 "
            "넣으면 스스로 다시 학습합니다. 끝내려면 Ctrl-C."
        ),
        en=(
            f"Airflow  {url}  (admin / {password})\nInbox    {inbox}\nDrop another export into "
            "the inbox and it retrains by itself. Ctrl-C ends it."
        ),
    )


MAKING_BASE = Words(ko="작은 기반 모델을 만듭니다.", en="Making a tiny base model.")

STARTING = Words(ko="Airflow를 시작합니다 (약 30초).", en="Starting Airflow (about 30 s).")


def dropped(exchanges: int) -> Words:
    """A sample is in the inbox."""
    return Words(
        ko=f"예시 엑셀(대화 {exchanges:,}건)을 인박스에 넣었습니다.",
        en=f"Dropped a sample export ({exchanges:,} exchanges) into the inbox.",
    )


STOPPED = Words(ko="Airflow를 멈추었습니다.", en="Airflow has stopped.")
