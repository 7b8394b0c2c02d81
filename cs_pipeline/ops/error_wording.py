"""What the server says when it does not do what was asked."""

from cs_pipeline.language import Words

OTHER_SITE = Words(
    ko="이 요청은 이 페이지에서 온 것이 아니라 거절했습니다. 페이지를 새로 고친 뒤 다시 하세요.",
    en="Refused: the request does not come from this page. Reload the page and try again.",
)
NOT_ALLOWED = Words(
    ko="이 일을 할 권한이 없습니다. 관리자에게 요청하세요.",
    en="You may not do this. Ask an administrator.",
)
NOT_SENT_RIGHT = Words(
    ko="보낸 내용이 올바르지 않습니다. 페이지를 새로 고친 뒤 다시 하세요.",
    en="What was sent is not valid. Reload the page and try again.",
)
BROKEN = Words(
    ko="페이지에서 뜻밖의 오류가 났습니다. 운영 모델은 그대로입니다. API 서버의 로그를 확인하세요.",
    en="Something unexpected failed on this page. The live model is as it was. Read the API "
    "server's log.",
)
NOT_THERE = Words(
    ko="찾는 것이 없습니다. 지워졌을 수 있으니 목록을 다시 여세요.",
    en="It is not there; it may have been removed. Open the list again.",
)
LIVE_CHANGED = Words(
    ko="창을 연 뒤에 운영 모델이 바뀌었습니다. 창을 닫고 다시 확인하세요.",
    en="The live model changed since you opened this. Close it and look again.",
)
UPLOAD_GONE = Words(
    ko="올린 파일이 더는 없습니다(한 시간이 지나면 지웁니다). 다시 올려 주세요.",
    en="The file that you sent is gone (files are kept for an hour). Send it again.",
)
EMPTY_UPLOAD = Words(
    ko="빈 파일입니다. 다른 파일을 고르세요.", en="The file is empty. Choose another."
)
NO_PREVIEW = Words(
    ko="파일을 미리 보지 못했습니다. 설정이 올바른지 `cs-pipeline doctor`로 확인하세요. 너무 큰 "
    "파일이면 나누어 올리세요.",
    en="The file could not be looked into. Check the settings with `cs-pipeline doctor`; if the "
    "file is very large, send it in parts.",
)
NO_CHECK_UP = Words(
    ko="점검을 끝내지 못했습니다. 서버에서 `cs-pipeline doctor`를 실행하세요.",
    en="The check-up did not finish. Run `cs-pipeline doctor` on the server.",
)
ASKING_ALREADY = Words(
    ko="다른 질문에 답하거나 비교하는 중입니다. 잠시 뒤 다시 시도하세요.",
    en="Another question is being answered, or models are being compared. Try again in a moment.",
)
NO_COMPARISON = Words(
    ko="비교를 끝내지 못했습니다. 이 서버에 학습용 라이브러리(extra `train`)와 후보의 파일이 "
    "있어야 합니다. `cs-pipeline recompare`로 확인하거나, cs_promote의 양식에서 승격하세요"
    "(거기서 다시 비교합니다).",
    en="The comparison did not finish. It takes the trainer's libraries (extra `train`) "
    "on this server, and the candidate's files. See what `cs-pipeline recompare` says, or promote "
    "with the form of cs_promote, which compares again.",
)
NO_DRAW = Words(
    ko="답변을 뽑지 못했습니다. 운영 모델과 후보의 파일, 학습용 라이브러리(extra `train`)가 이 "
    "서버에 있어야 하고, 두 모델의 답이 달라야 합니다. `cs-pipeline answers draw`로 확인하세요.",
    en="The answers could not be drawn. It takes the files of both models and the trainer's "
    "libraries (extra `train`) on this server, and answers that differ. See what `cs-pipeline "
    "answers draw` says.",
)
NO_ANSWER = Words(
    ko="답을 받지 못했습니다. 운영 모델(후보에게도 물으면 후보의 파일도)이 있어야 하고, 이 서버에 "
    "학습용 라이브러리(extra `train`)가 설치되어 있어야 합니다. `cs-pipeline chat`으로 확인하세요.",
    en="There was no answer. It takes a live model (and the candidate's files, where it is asked "
    "too), and the trainer's libraries (extra `train`) on this server. See what `cs-pipeline chat` "
    "says.",
)
ERASURE_LOST = Words(
    ko="지우는 중에 멈췄습니다. 같은 내용으로 다시 찾아서 지우세요. 남은 것만 지웁니다.",
    en="It stopped halfway. Find and erase the same again: what is left will go.",
)
NO_DIGEST = Words(
    ko="이름, 주소, 생년월일, 짧은 번호로는 찾을 수 없습니다. 상담 ID로 찾으세요.",
    en="Names, addresses, dates of birth and short numbers cannot be looked up. Use the "
    "conversation's id.",
)
NOTHING_NAMED = Words(
    ko="파일, 상담 ID, 값 가운데 하나를 적으세요.", en="Name a file, a conversation or a value."
)


def too_large(most_bytes: int) -> Words:
    """More bytes than an export may have."""
    mebibytes = f"{most_bytes / 2**20:,.0f} MiB"
    return Words(
        ko=f"파일이 {mebibytes}보다 큽니다. 나누어 올리세요.",
        en=f"The file is larger than {mebibytes}. Send it in parts.",
    )
