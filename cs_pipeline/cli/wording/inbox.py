"""What the commands of `cli/inbox.py` say."""

from cs_pipeline.language import Words

LIMIT = Words(ko="종류마다 보여 줄 개수", en="Entries to show of each kind")


def inbox(uri: str) -> Words:
    """Where exports are dropped."""
    return Words(ko=f"인박스: {uri}", en=f"Inbox: {uri}")


def data_folder(path: object) -> Words:
    """Where the data lies."""
    return Words(ko=f"데이터 폴더: {path}", en=f"Data folder: {path}")


def at_work(by: str, what: str, age: str) -> Words:
    """Who changes the installation now."""
    return Words(ko=f"진행 중: {by}의 {what} ({age})", en=f"At work: {by} with {what} ({age})")


IN_PROCESSING = Words(ko="처리 중인 파일", en="In processing")

CLAIMED = Words(ko="가져온 때", en="Claimed")

WAITING = Words(ko="대기", en="Waiting")

DROPPED = Words(ko="올린 때", en="Dropped")

FILE = Words(ko="파일", en="File")

SIZE = Words(ko="크기", en="Size")

REFUSED_FILES = Words(ko="거절된 파일", en="Refused files")

REASON = Words(ko="이유", en="Reason")

REFUSED = Words(ko="거절된 때", en="Refused")

REFUSED_ROWS = Words(
    ko="거절된 행 (고쳐서 인박스에 다시 올리면 고친 행이 들어갑니다)",
    en="Refused rows (correct them and drop the file into the inbox again)",
)

ROWS = Words(ko="행", en="Rows")

WRITTEN = Words(ko="만든 때", en="Written")

PROCESSED = Words(ko="처리된 파일", en="Processed")

DATASET = Words(ko="데이터셋", en="Dataset")

PROCESSED_AT = Words(ko="처리된 때", en="Processed")


def none(title: str) -> Words:
    """A list without entries."""
    return Words(ko=f"{title}: 없음", en=f"{title}: none")


def more(count: int) -> Words:
    """What the list left out."""
    return Words(ko=f"… {count:,}개 더 있습니다 (--limit).", en=f"... {count:,} more (--limit).")


JUST_NOW = Words(ko="방금", en="just now")


def minutes_ago(minutes: int) -> Words:
    """An age below an hour."""
    return Words(ko=f"{minutes}분 전", en=f"{minutes} min ago")


def hours_ago(hours: int) -> Words:
    """An age below a day."""
    return Words(ko=f"{hours}시간 전", en=f"{hours} h ago")


def days_ago(days: int) -> Words:
    """An age of a day or more."""
    return Words(ko=f"{days:,}일 전", en="1 day ago" if days == 1 else f"{days:,} days ago")


STATES = {
    "pending": Words(ko="다음 실행에서 처리", en="taken by the next run"),
    "settling": Words(ko="저장이 끝나기를 기다림", en="still being written"),
    "lock_file": Words(
        ko="건너뜀: 엑셀에서 열려 있다는 표시", en="left alone: a lock file, the workbook is open"
    ),
    "hidden": Words(ko="건너뜀: 숨김 파일", en="left alone: a hidden file"),
    "unfinished": Words(ko="건너뜀: 덜 받은 파일", en="left alone: an unfinished download"),
    "folder": Words(
        ko="건너뜀: 폴더 (파일을 꺼내 인박스에 바로 두세요)",
        en="left alone: a folder (move its files into the inbox itself)",
    ),
    "not_a_file": Words(ko="건너뜀: 링크나 특수 파일", en="left alone: a link or a special file"),
    "unreadable": Words(
        ko="건너뜀: 읽을 권한이 없음", en="left alone: no permission to read the file"
    ),
}
"""Whether the next run takes a file, and if not, why."""

HELP = {
    "inbox": "인박스에서 기다리는 파일, 거절된 파일과 행, 처리된 파일을 보여 줍니다.",
}
"""Korean help of each command; the English is its docstring."""
