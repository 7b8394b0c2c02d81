"""What the commands of `cli/withdraw.py` say."""

from cs_pipeline.errors import SettingsError
from cs_pipeline.language import Words

EXPORT = Words(
    ko="엑셀의 sha256(앞 8자리 이상) 또는 파일 이름", en="An export's sha256 or file name"
)

CONVERSATION = Words(ko="엑셀에 적힌 상담 ID", en="A conversation's id as in the export")

DIGEST = Words(
    ko="가린 값의 해시 (`cs-pipeline digest`). 그 값이 나온 상담을 모두 뺍니다",
    en="Digest of a masked value (`cs-pipeline digest`): all conversations that held it",
)

LATER = Words(
    ko="지금 없는 상담과 값도 앞으로 들어오면 뺌",
    en="Also leave out, when they come, conversations and values not there now",
)

AS_JSON = Words(ko="확인서를 JSON으로 출력", en="Receipt as JSON")


def nothing_named() -> SettingsError:
    """A withdrawal of nothing."""
    return SettingsError(
        ko="--export, --conversation 또는 --contains-digest로 무엇을 뺄지 적으세요.",
        en="Say what to withdraw: --export, --conversation or --contains-digest.",
    )


ASK = Words(
    ko="위의 것을 지웁니다. 되돌릴 수 없습니다. 계속할까요?",
    en="This erases it and cannot be undone. Go on?",
)


def export(name: str, sha256: str, rows: int, *, whole: bool) -> Words:
    """An export that loses rows, or goes as a whole with its original."""
    known = f"{name} ({sha256[:12]})"
    return Words(
        ko=f"엑셀 {known}: {rows:,}행" + (", 원본까지" if whole else ""),
        en=f"Export {known}: {rows:,} rows" + (", and the original" if whole else ""),
    )


def refused_rows(rows: int) -> Words:
    """Rows that go from the workbooks of refused rows."""
    return Words(
        ko=f"거절된 행 엑셀에서: {rows:,}행", en=f"Workbooks of refused rows: {rows:,} rows"
    )


def marked(version_id: str, state: Words) -> Words:
    """A model that the data went into."""
    return Words(
        ko=f"이 데이터로 학습한 모델(표시함): {version_id} ({state.ko})",
        en=f"Model trained on it, to be marked: {version_id} ({state.en})",
    )


def runs(count: int) -> Words:
    """Runs whose files go."""
    return Words(
        ko=f"체크포인트와 예시 답변을 지울 실행: {count:,}개",
        en=f"Runs that lose checkpoint and sample answers: {count:,}",
    )


NOTHING_THERE = Words(
    ko="지금 데이터에는 없습니다. 앞으로 들어오면 뺍니다.",
    en="None of it is there now. It is left out when it comes.",
)


def withdrew(rows: int, exports: int) -> Words:
    """How much went."""
    return Words(
        ko=f"엑셀 {exports:,}개에서 {rows:,}행을 뺐습니다.",
        en=f"Withdrew {rows:,} rows of {exports:,} exports.",
    )


LIVE = Words(ko=" ← 운영 중", en=" <- live")


def model(version_id: str, mark: object) -> Words:
    """A model that the data went into, and its state."""
    return Words(ko=f"  모델 {version_id}{mark}", en=f"  model {version_id}{mark}")


def receipt(page: object) -> Words:
    """Where the receipt is."""
    return Words(ko=f"확인서: {page}", en=f"Receipt: {page}")


NO_DIGEST = Words(
    ko="이름, 주소, 생년월일, 짧은 번호는 해시를 남기지 않습니다. 상담 ID로 빼세요.",
    en=(
        "No digest is kept of names, addresses, dates of birth and short numbers. Withdraw "
        "by the conversation's id."
    ),
)


HELP = {
    "withdraw": "데이터와 거기서 나온 것을 영구히 지우고 확인서를 남깁니다. 찾지 못하면 종료 코드 "
    "3입니다.",
    "digest": "표준 입력의 값(전화번호 등)마다 가린 값을 찾는 해시를 씁니다.",
}
"""Korean help of each command; the English is its docstring."""
