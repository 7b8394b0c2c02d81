"""What stands in a cell and is no answer, or no question: a state, a word for the row above."""

import re

_LONGEST = 24
_DITTO = (
    r"상동|동상|동일(?:함|합니다)?"
    r"|(?:위|상기|윗\s*글|앞)(?:와|과|의)?\s*(?:(?:내용|답변|문의)(?:과|와|은|는)?\s*)?"
    r"(?:같음|같습니다|동일(?:함|합니다)?|참[조고])"
    r"|[〃″]+|(?:위|아래|앞|윗)?\s*(?:no\.?\s*|#\s*)?\d{1,5}\s*번?\s*(?:의\s*)?(?:글|문의|질문|답변|행|항목)?\s*(?:답변|내용)?"
    r"(?:과|와|을|를)?\s*(?:참[조고](?:\s*(?:바랍니다|하세요|해 ?주세요))?|동일(?:함|합니다)?)"
    r"|(?:전일|전날|어제|지난번?|이전|앞선?|기존|먼저)\s*(?:통화|문의|상담|답변|접수|민원)?\s*(?:건|내용|때)?(?:과|와|이랑|하고)?"
    r"\s*(?:동일|같음|상동)(?:함|합니다)?"
    r"|ditto|same as (?:above|before|yesterday)|see above|see (?:row|no\.?|#|number)\s*\d{1,5}"
)
_STATE = (
    r"(?:답변|처리|응답|회신|확인|접수|검토|조치)?\s*(?:대기|예정|보류)(?:\s*중)?(?:임|입니다)?"
    r"|미\s*(?:답변|처리|응답|회신|확인|완료|조치)"
    r"|(?:답변|회신)?\s*(?:답변|처리|확인|검토|진행|접수|조치|작성|준비)\s*중(?:임|입니다|이에요)?"
    r"|내용\s*없음|없음|no content"
    r"|(?:답변|응답|회신)\s*(?:전|없음)|무응답"
    r"|(?:아직 |등록된 |작성된 )?답변[이을]?\s?(?:없습니다|기다리고 있습니다|등록되지 않았습니다"
    r"|(?:등록|작성|입력)해 ?주세요)"
    r"|(?:답변|처리|응답|회신|조치|접수)?\s*완료(?:됨)?"
    r"|pending|open|closed|n/?a|null|nan|tbd|to do|todo|done|no (?:answer|reply)(?: yet)?"
)
_ATTACHED = (
    r"(?:첨부(?:파일|문서|이미지|사진)?|파일|이미지|사진|동영상|attach(?:ment|ed)?|image|photo|file)"
    r"\s*(?:참[조고]|확인|첨부|see|only)?(?:\s*(?:바랍니다|부탁드립니다|해주세요|하세요))?"
    r"(?:[\])>】:]?\s*\S{1,60}\.(?:pdf|hwpx?|docx?|xlsx?|pptx?|jpe?g|png|gif|heic|mp4|zip))?"
)
_TRIAL = (
    r"(?:테스트|test|ㅁㄴㅇㄹ|asdf?|ㅋㅋ+|ㄱㄴㄷ|abc)(?:\s*(?:입니다|중|글|용|문의|답변|\d+|요))*"
)
_MARK = r"\(\s*(?:서명|날인|인|signature)\s*\)|서명"
_HIDDEN = (
    r"(?:비밀|비공개)\s*(?:글|문의|질문|상담|게시글|게시물)\s*(?:입니다|임)?"
    r"|(?:비밀글|비공개)(?:로|으로) (?:작성|등록|설정|보호)된 (?:글|문의|질문|게시글)입니다"
    r"|(?:삭제|블라인드|신고)(?:\s*처리)?된 (?:글|게시글|게시물|문의|질문|댓글|내용)입니다"
    r"|(?:작성자|본인)(?:와 (?:관리자|판매자))?만 (?:볼|확인할|읽을) 수 "
    r"(?:있는 (?:글|문의|게시글)입니다|있습니다)"
    r"|(?:this is a )?(?:private|secret) (?:post|inquiry|question|message)"
    r"|(?:deleted|hidden) (?:post|inquiry)"
)
_UNFILLED = re.compile(
    # a reply's form that waits for its words
    r"[\[{<]\s*(?:답변|회신|응답|내용|본문|상담\s*내용)[^\]}>]{0,12}"
    r"(?:입력|작성|기재)\s*(?:하세요|해 ?주세요|하십시오)\s*[\]}>]"
    r"|[\[{<]\s*(?:enter|insert|type|write) (?:your |the )?(?:answer|reply|response|text)"
    r"[^\]}>]{0,12}[\]}>]",
    re.IGNORECASE,
)
_IS_HIDDEN = re.compile(rf"[-<(\[\s🔒*]*(?:{_HIDDEN})[->)\]\s.!~…]*", re.IGNORECASE)
_STANDS_IN = re.compile(
    rf"[-<(\[\s]*(?:{_DITTO}|{_STATE}|{_MARK}|{_ATTACHED}|{_TRIAL})[->)\]\s.~…]*", re.IGNORECASE
)


def stands_in(answer: str) -> bool:
    """Whether a cell says nothing but the state of an answer, or where else it stands.

    That is in the row above, in a file, or nowhere, as somebody only tried the form.

    Words that somebody may have answered (`확인 부탁드립니다`, `네`) are none of these.
    """
    return len(answer) <= _LONGEST and _STANDS_IN.fullmatch(answer) is not None


def is_unfilled(answer: str) -> bool:
    """Whether it is a reply's form of which a part is not filled in (`[내용을 입력하세요]`)."""
    brackets = "[" in answer or "{" in answer or "<" in answer  # quick, since every row asks
    return brackets and _UNFILLED.search(answer) is not None


def hides_question(question: str) -> bool:
    """Whether a cell says nothing but that a question is not to be read (`비밀글입니다.`)."""
    return len(question) <= 2 * _LONGEST and _IS_HIDDEN.fullmatch(question) is not None
