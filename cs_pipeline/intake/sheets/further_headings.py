"""What the heading of a further column says: when, whose, from whom, of which kind."""

import re
from collections.abc import Sequence

from cs_pipeline.intake.sheets.headings import CHANNEL, INCOMING, KIND, OUTGOING, Heading

_TIME = (
    "(?:.*(?:일시|일자|날짜|영업일|근무일|운행일|시각|시간|타임스탬프|작성일|등록일|접수일|발송일|전송일|상담일|통화일|대화일|문의일|답변일)"
    "|.*(?:timestamp|datetime|time|date|createdat|sentat|postedat|writtenat|created|updatedat)"
    "|epoch(?:s|ms|secs?|seconds|millis)?|unix(?:time|ts)?|ts|at|sent|sent(?:kst|utc|gmt)|\\w*(?:dtm|dttm|dt)|(?:reg|send|snd|msg|chat|talk|call|utt|spk)tm|(?:reg|send|sent|create|created|msg|message|chat|event|ins|insert)_?ts|구간|발화구간|타임코드|타임|timecode|시작|start|starttime|startsec|startms|begin|(?:begin|time|audio)?offset(?:in)?(?:ms|msec|millis|milliseconds|s|secs?|seconds)?|\\w*시작\\w*|\\w*start\\w*)"
)
_NO_TIME = (
    "소요|처리시간|통화시간|상담시간|대기|응답시간|경과|길이|종료|마감|완료|(?<!s)end|duration|"
    "elapsed|wait|until"
)
_ORDER = (
    "(?:상담|대화|통화|채팅)내순번|순번|순서|연번|차례|발화순서|발화순번|발화번호|턴|턴번호|메시지번호|메시지순번|문장번호|라인|줄|"
    "seq|seqno|sequence|sequenceno|order|turn|turnno|turnid|turnindex|index|idx|line|lineno|"
    "messageno|messageindex|messageorder|sortorder|step|"
    "(?:msg|message|utt|utterance|comment|reply|chat)_?(?:seq|seqno|sn|num|idx)"
)
_PRIVATE = (
    "private|isprivate|internal|isinternal|내부메모|내부메모여부|내부여부|내부|비공개|비공개여부"
)
_PUBLIC = "public|ispublic|공개|공개여부"
_KINDS = (
    "(?:메시지|메세지|발화|글|댓글|코멘트|대화|채팅|내용|기록|활동|이벤트|작성|답변|message|msg|part|comment|content|event|"
    f"chat|activity)?(?:{KIND}|(?:발송|전송)?모듈|형태|공개|공개범위|공개여부|노출여부|visibility)"
    f"|(?:통화|녹취|녹음|call|leg|segment)_?(?:{KIND})|(?:통화|녹취|대화|발화)?구간|(?:call)?(?:leg|segment)"
)
_CUSTOMERS = re.compile(
    "(?:고객|회원|이용자|문의자|민원인|방문자|customer|user|client|member|requester|visitor|caller)"
    "(?:명|이름|성명|번호|id|아이디|no|name|number|key)?"
    "|(?:고객|회원|상대방?)?(?:연락처|전화|휴대폰|휴대전화|핸드폰|hp|mobile|phone)(?:번호|number|no)?"
    "(?:뒷자리|뒤4자리|끝자리|뒷번호|4자리|last4)?"
    "|상대방?(?:명|이름|번호)?"
)
_FROM = re.compile(
    "(?:발신|송신|보낸|보내는)(?:자|인|사람|이|분|곳|번호|메일|주소)?|from|sender|fromnumber"
)
_TO = re.compile(
    "(?:수신|받는|받은)(?:자|인|사람|이|분|곳|번호|메일|주소)?|to|recipient|receiver|tonumber"
)
_PARENT = re.compile(
    "(?:부모|상위|원본?|참조|답글대상)(?:글|게시글|게시물|질문|문의|댓글|메시지)?(?:번호|id|no)"
    "|(?:부모|상위|답글대상)(?:글|게시글|게시물|댓글|메시지)"
    "|parent(?:id|no|number)?|(?:in)?replyto(?:id)?|reply(?:to)?(?:message|msg|post|comment)?id|refid|thread_?ts"
)
_GROUP = re.compile(
    "(?:발신자|작성자|발화자|보낸사람)?(?:소속|부서|소속부서|소속팀|팀)(?:명)?|team|department|group"
)
_CONTAINER = re.compile(
    "(?:related(?:to)?|regarding(?:object)?|what|container|record)id|(?:관련|소속|연결)(?:건|레코드|개체|항목)?(?:번호|id)"
)
_CALL = re.compile("통화|녹취|벨|호전환|call|duration|ring|talktime")
_LAST = re.compile(
    "최종|수정|변경|개정|신규|현재|현행|final|last|current|revised|updated|(?:답변|응답|회신)(?:내용)?신$"
)
_EARLIER = re.compile(
    "기존|이전|작년|전년|지난|과거|예전|참고|변경전|수정전|초안|초기|임시|폐기|미사용|사용안함|종전|옛|^구(?=답|응답|회신)"
    "|draft|before|previous|obsolete|deprecated|discarded|unused|(?<![a-z])old|(?:답변|응답|회신)(?:내용)?구$"
)
_BY_BOT = re.compile("봇|자동|bot|auto|(?<![a-z])ai(?![a-z])")
_REMARK = re.compile("comments?|코멘트|remarks?")
_LABELLED = re.compile(
    "(?:intent|의도|인텐트|감정|감성|sentiment)?(?:label|라벨|레이블)(?:l?er|l?ing|러|링)?(?:id|명|이름|name)?"
    "|annotator|annotation|어노테이터|작업자|intent|의도|인텐트"
)
_TIMES, _NO_TIMES, _ORDERS, _PRIVATES, _PUBLICS, _INCOMINGS, _OUTGOINGS, _CHANNELS, _KINDS_OF = map(
    re.compile,
    (
        _TIME,
        f".*(?:{_NO_TIME})",
        _ORDER,
        _PRIVATE,
        _PUBLIC,
        INCOMING,
        OUTGOING,
        CHANNEL,
        _KINDS,
    ),
)


def is_last_word(label: str) -> bool:
    """True for the heading of what was said in the end (최종 답변), where there are several."""
    return bool(_LAST.search(label)) and not (_BY_BOT.search(label) or is_earlier_word(label))


def is_earlier_word(label: str) -> bool:
    """True for the heading of what was to be said at first (초안, 기존 답변)."""
    return bool(_EARLIER.search(label))


def is_of_bot(label: str) -> bool:
    """True for the heading of what a program said."""
    return bool(_BY_BOT.search(label))


def comments_on_labels(headings: Sequence[Heading], column: int) -> bool:
    """Whether a column of comments stands beside labels, which somebody gave to texts."""
    labelled = any(_LABELLED.fullmatch(heading[0]) for heading in headings)
    return labelled and bool(_REMARK.fullmatch(headings[column][0]))


def names_time(label: str) -> bool:
    """True for the heading of a column that may say when something was said."""
    return bool(_TIMES.fullmatch(label)) and not _NO_TIMES.match(label)


def names_customer(label: str) -> bool:
    """True for the heading of a column that says whose conversation a row belongs to."""
    return bool(_CUSTOMERS.fullmatch(label))


def names_sender(label: str) -> bool:
    """True for the heading of a column that says from which address or number something came."""
    return bool(_FROM.fullmatch(label))


def names_recipient(label: str) -> bool:
    """True for the heading of a column that says to which address or number something went."""
    return bool(_TO.fullmatch(label))


def names_parent(label: str) -> bool:
    """True for the heading of a column that says to which other row a row replies."""
    return bool(_PARENT.fullmatch(label))


def names_group(label: str) -> bool:
    """True for the heading of a column that says to which people somebody belongs."""
    return bool(_GROUP.fullmatch(label))


def names_container(label: str) -> bool:
    """True for the heading of a column that says to which record of another table a row belongs."""
    return bool(_CONTAINER.fullmatch(label))


def is_about_call(label: str) -> bool:
    """True for the heading of something about calls (통화시간), which text messages have not."""
    return bool(_CALL.search(label))


def names_order(label: str) -> bool:
    """True for the heading of a column that numbers utterances."""
    return bool(_ORDERS.fullmatch(label))


def names_private(label: str) -> bool:
    """True for the heading of a column that says whether something is for colleagues only."""
    return bool(_PRIVATES.fullmatch(label))


def names_public(label: str) -> bool:
    """True for the heading of a column that says whether the customer saw it."""
    return bool(_PUBLICS.fullmatch(label))


def names_kind(label: str) -> bool:
    """True for the heading of a column that says of what kind a message is."""
    return bool(_KINDS_OF.fullmatch(label))


def names_incoming(label: str) -> bool:
    """True for the heading of a yes-or-no column: whether the customer wrote it."""
    return bool(_INCOMINGS.fullmatch(label))


def names_outgoing(label: str) -> bool:
    """True for the heading of a yes-or-no column: whether the company wrote it."""
    return bool(_OUTGOINGS.fullmatch(label))


def names_channel(label: str) -> bool:
    """True for the heading of a column of channels or directions (RX and TX, 수신 and 발신)."""
    return bool(_CHANNELS.fullmatch(label))
