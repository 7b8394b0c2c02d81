"""What stands in a cell and is no answer, or no question: a state, a word for the row above."""

import re

from cs_pipeline.intake.sheets.merge_notices import is_merge_notice

_LONGEST, _LONGEST_DITTO = 30, 16
_SEE = (
    r"(?:같음|같습니다|동일(?:함|합니다)?"
    r"|참[조고]\s*(?:함|바람|요망|하세요|하십시오|바랍니다|부탁드립니다|해\s*주세요)?)"
)
_DITTO = (
    r"상동|동상|上同|同上|동일(?:함|합니다)?|[〃″\"”↑]{1,4}"
    r"|(?:위|상기|윗\s*(?:글|줄|행|칸)|앞|아래|이전)(?:와|과|의)?\s*"
    rf"(?:(?:내용|답변|문의|글)(?:과|와|은|는|을|를)?\s*)?{_SEE}"
    # `3번 답변 참조`, `No. 12와 동일`, `FAQ 7번 참고`
    r"|(?:(?:위|아래|앞|윗|faq|문의|질문|답변|글|접수)\s*)?(?:no\.?|num|#|q|번호)?\s*\d{1,6}\s*(?:번|행|항|호)?\s*"
    r"(?:의|과|와)?\s*(?:(?:글|질문|문의|답변|내용|항목|행)(?:과|와|을|를)?\s*){0,2}" + _SEE + ""
    # `좌측 참조`, `문의란 참고`: the answer was written beside
    r"|(?:좌측|우측|왼쪽|오른쪽|옆|문의|질문|비고)\s*(?:칸|란|셀|열|내용)?(?:을|를)?\s*참[조고]"
    r"(?:\s*(?:함|바람|요망|하세요|바랍니다|부탁드립니다))?"
    r"|(?:전일|전날|어제|지난번?|이전|앞선?|기존|먼저)\s*(?:통화|문의|상담|답변|접수|민원)?\s*"
    r"(?:건|내용|때)?(?:과|와|이랑|하고)?\s*(?:동일|같음|상동)(?:함|합니다)?"
    r"|same as (?:before|yesterday)"
    r"|(?:별첨|첨부|붙임)\s*(?:파일|문서|자료)?(?:을|를)?\s*참[조고]"
    r"|ditto|(?:same )?as above|see (?:above|below|attached|attachment)"
    r"|(?:see|same as|refer to|cf\.?) (?:the )?(?:answer |reply |row |no\.? ?|number |#|question )*"
    r"(?:\d{1,6}|above|(?:answer |row )?(?:above|before))"
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
    r"|(?:유선|전화|통화|메일|이메일|문자|방문|구두|대면|개별)(?:상)?(?:으?로)?\s*"
    r"(?:답변|안내|회신|통보|설명|연락)?\s*(?:완료|함|드림|하였음|했음)"
    r"|(?:replied|answered) by (?:phone|e-?mail|text)"
    # how an office closes what it did not answer: `취하`, `이송(도로과)`, `타기관 이첩(경찰서)`
    r"|(?:민원|신청|접수)?\s*(?:취하|철회|종결|각하|반려)(?:됨|함|\s*처리(?:됨|함)?)?"
    r"|(?:민원|타\s?(?:기관|부서)(?:으?로)?|[가-힣]{2,8}과(?:으?로)?)?\s*(?:이송|이첩|이관)"
    r"(?:됨|함|\s*처리(?:됨|함)?)?(?:\s*\([^()]{1,20}\))?"
    # what a shared sheet shows while it still fetches
    r"|loading|로드\s*중|로딩\s*중|불러오는\s*중(?:입니다)?"
    r"|pending|open|closed|n/?a|null|nan|tbd|to do|todo|done|no (?:answer|reply)(?: yet)?"
    r"|[ynox]"  # whether it was answered
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
_IS_HIDDEN = re.compile(rf"[-<(\[\s🔒*]*(?:{_HIDDEN})[->)\]\s.!~…]*", re.IGNORECASE)
_IS_DITTO = re.compile(rf"[-<(\[\s]*(?:{_DITTO})[->)\]\s.~…]*", re.IGNORECASE)
_UNFILLED = re.compile(
    # `[답변 내용을 입력하세요]`, `(여기에 답변을 작성해 주세요)`, `[enter your reply here]`
    r"[\[(<{【]\s*(?:여기에\s*)?[^\])>}】]{0,10}(?:답변|회신|안내|답글)[^\])>}】]{0,12}"
    r"(?:입력|작성|기재|적어|넣어)\s*(?:하세요|하십시오|해\s*주세요|주세요|바랍니다|요망)\s*[\])>}】]"
    r"|[\[{<]\s*(?:응답|내용|본문|상담\s*내용)[^\]}>]{0,12}"
    r"(?:입력|작성|기재)\s*(?:하세요|해 ?주세요|하십시오)\s*[\]}>]"
    r"|[\[(<{]\s*(?:please )?(?:insert|enter|type|write|add)\b[^\])>}]{0,20}"
    r"\b(?:answer|reply|response)\b[^\])>}]{0,10}[\])>}]"
    # `(여기에 답변 입력)`, and an empty place between sentences: `( 내용 )`
    r"|[\[(<{【]\s*여기에\s[^\])>}】]{0,8}(?:답변|회신|내용|본문)[^\])>}】]{0,4}(?:입력|작성|기재)\s*[\])>}】]"
    r"|(?:^|[.!?])\s*[\[(]\s*(?:답변|회신|안내)?\s?(?:내용|본문)\s*[\])]\s*(?:감사합니다)?[.!\s]*$"
    # a field for the answer that no program filled in: `#{답변내용}`, `{{answer}}`
    r"|(?:[#$]\{|\{\{)\s*(?:답변|회신|안내|응답|본문|상담)\s?_?(?:내용|본문|문구|사항|글)?\s*\}"
    r"|(?:[#$]\{|\{\{)\s*(?:\w{1,20}[._])?(?:answer|reply|response|content|body)\w{0,10}\s*\}",
    re.IGNORECASE,
)
_OF_CUSTOMER = re.compile(
    # `환불 문의하심`, `재발송 원하신다고 함`: nobody speaks of themselves so
    r"(?:문의|요청|접수|신청|항의|요구|질문|말씀|희망|원)\s?"
    r"(?:하(?:심|셨음|신다고 함|셨다고 함)|주(?:심|셨음))[\s.)\]]*$"
    r"|(?:다|라|자|냐)고\s?(?:하|말씀하|항의하)(?:심|셨음)[\s.)\]]*$"
)
_OF_AGENT = re.compile(
    # `왕복 택배비 안내함`, `부재중이라 문자로 안내드림`: what was done, told to nobody
    r"(?:안내|설명|통화|응대|양해|설득)(?:해)?\s?(?:드림|드렸음|함|하였음|했음)[\s.)\]]*$"
    r"|(?:통화|연락|전화|콜백|회신|안내|방문|처리|확인)(?:해\s?드리|하|주)기로\s?(?:함|하였음|했음)[\s.)\]]*$"
    r"|(?:이관|전달|확인|접수)\s?(?:후|하여|해서)\s(?:콜백|재통화|재연락)\s?(?:예정|요망|필요)(?:임)?[\s.)\]]*$"
)
_LONGEST_NOTE, _LONGEST_EVENT = 40, 80
_CLOSED = r"(?:종결|종료|마감|닫힘|해결)\s?(?:처리)?\s?(?:되었습니다|됐습니다|됨|되었음|처리됨)"
_INQUIRY, _INQUIRY_IN_ENGLISH = (
    "(?:티켓|문의|상담|요청|케이스|채팅)",
    "(?:ticket|request|case|chat)",
)
_EVENT = re.compile(
    # `이 티켓은 #10231 티켓에 병합되었습니다.`, `Ticket merged into #1023`
    rf"(?:이|본|해당)?\s?{_INQUIRY}[은는이가]?\s.{{0,12}}{_INQUIRY}(?:으?로|에)\s"
    r"(?:병합|통합|이동)(?:되었습니다|됐습니다|됨|처리됨)"
    rf"|(?:this )?{_INQUIRY_IN_ENGLISH}\b.{{0,25}}\bmerged (?:in)?to "
    rf"(?:{_INQUIRY_IN_ENGLISH} )?#?\d+.{{0,30}}"
    # `7일간 고객 회신이 없어 시스템에 의해 자동 종결되었습니다.`
    rf"|.{{0,20}}(?:회신|응답|회답|답변|답장)[이가]?\s?없어서?\s.{{0,10}}자동\s?{_CLOSED}"
    rf"|(?:(?:이|본|해당)\s)?{_INQUIRY}[은는이가]\s.{{0,10}}자동(?:으로)?\s?{_CLOSED}"
    rf"|(?:.{{0,20}}\s)?시스템에\s?의해\s(?:자동(?:으로)?\s?)?{_CLOSED}"
    rf"|(?:this )?{_INQUIRY_IN_ENGLISH} (?:was|has been|is) auto(?:matically |-?)"
    r"(?:closed|solved|resolved).{0,50}"
    # `스팸으로 분류되어 종료 처리됨`, `그룹이 [배송팀](으)로 변경되었습니다.`
    r"|스팸(?:메일|문의|글)?으로\s(?:분류|신고|처리|표시)(?:되어|돼)?.{0,14}됨"
    rf"|(?:this )?{_INQUIRY_IN_ENGLISH} (?:was|has been) (?:marked|flagged) as spam.{{0,30}}"
    r"|(?:담당\s?)?그룹[이은]\s.{1,40}로\s?(?:변경|이관|배정)(?:되었습니다|됐습니다|됨)"
    r"|(?:group|assignee) (?:was )?changed (?:from .{1,20} )?to .{1,25}",
    re.IGNORECASE,
)
_EVENT_SIGNS = ("병합", "통합", "이동", "자동", "시스템", "스팸", "변경", "이관", "배정")
_EVENT_SIGNS_IN_ENGLISH = ("merged", "closed", "solved", "resolved", "spam", "changed")
_ADVICE = re.compile(
    # what a form tells those who fill it in: `필수, 1000자 이내로 입력하세요`
    r"(?:필수|선택|required|optional|mandatory)(?:\s?(?:입력|항목|값))?(?:\s*[,:/(·-].{0,60})?",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    # `예) 언제 도착하나요?`; a bare `예.` says yes
    r"[※*\s]*(?:[\[(<]\s?(?:작성|입력)?\s?(?:예시?|예제|example|e\.?g\.?)\s?[\])>]"
    r"|(?:작성|입력)?\s?(?:예시?|ex|e\.?g\.?)\s?\)|(?:(?:작성|입력)\s?예|예시|example)\s?[:.]|e\.g\.)",
    re.IGNORECASE,
)
_STOCK = re.compile(
    # `안녕하세요. 안내센터입니다. 요청하신 사항은 확인 후 조치하였습니다. 감사합니다.`
    r"(?:(?:안녕하(?:세요|십니까)|반갑습니다|[^.!?]{0,25}입니다)[\s.!]+)*"
    r"(?:문의|요청|접수|신청|건의|제보|말씀)하신\s(?:내용|사항|민원|건|글|부분)[은는을를이가에]?\s"
    r"(?:(?:귀하의|해당|담당|관련|소관)?\s?(?:부서|기관|담당자|팀)(?:에서|에|으?로|가|께)?\s)?"
    r"(?:(?:면밀히|충분히|신속히|모두|잘)\s)?"
    r"(?:(?:확인|검토|접수|전달)(?:\s?(?:후|및|하여|하고|해서|한\s뒤))\s?)?"
    r"(?:확인|검토|처리|조치|접수|전달|답변|반영|완료)(?:\s?완료)?\s?(?:하였|했|되었|됐|해\s?드렸|드렸)습니다[\s.!]*"
    r"(?:(?:[^.!?]{0,25}\s)?(?:감사합니다|감사드립니다|고맙습니다)[\s.!]*)?"
)
_NOTE_ENDS, _BEHIND_NOTE = ("함", "림", "음", "예정", "요망", "필요", "임"), " .)]"
_FORM_STARTS = frozenset("※* [(<작입예필선eErRoOmM")
_EVENT_ENDS = ("니다", "됨", "음")
_STANDS_IN = re.compile(
    rf"[-<(\[\s]*(?:{_DITTO}|{_STATE}|{_MARK}|{_ATTACHED}|{_TRIAL})[->)\]\s.~…]*", re.IGNORECASE
)


def stands_in(answer: str) -> bool:
    """Whether a cell says nothing but the state of an answer, or where else it stands.

    That is in the row above, in a file, or nowhere, as somebody only tried the form.

    Words that somebody may have answered (`확인 부탁드립니다`, `네`) are none of these.
    """
    return len(answer) <= _LONGEST and _STANDS_IN.fullmatch(answer) is not None


def hides_question(question: str) -> bool:
    """Whether a cell says nothing but that a question is not to be read (`비밀글입니다.`)."""
    return len(question) <= 2 * _LONGEST and _IS_HIDDEN.fullmatch(question) is not None


def is_ditto(question: str) -> bool:
    """Whether a cell says nothing but that a question is the one of another row."""
    return len(question) <= _LONGEST_DITTO and _IS_DITTO.fullmatch(question) is not None


def is_unfilled(answer: str) -> bool:
    """Whether an answer still asks for itself (`[답변 내용을 입력하세요]`): an empty template."""
    if "]" in answer or ")" in answer or ">" in answer or "}" in answer or "】" in answer:
        return _UNFILLED.search(answer) is not None
    return False  # quick, since every row asks


def notes_question(question: str) -> bool:
    """Whether a question is an agent's note of what the customer wanted (`환불 문의하심`)."""
    ends = question[-3:]
    return ("심" in ends or "음" in ends or "함" in ends) and bool(_OF_CUSTOMER.search(question))


def notes_answer(answer: str) -> bool:
    """Whether an answer is an agent's short note of what was done (`택배비 안내함`)."""
    if len(answer) > _LONGEST_NOTE or not answer.rstrip(_BEHIND_NOTE).endswith(_NOTE_ENDS):
        return False  # quick, since every row asks
    return _OF_AGENT.search(answer) is not None


def records_event(answer: str) -> bool:
    """Whether an answer only records what a program did to the inquiry (`… 병합되었습니다.`)."""
    if len(answer) > _LONGEST_EVENT:
        return is_merge_notice(answer)
    if answer[:1] >= "가" and not answer.rstrip(" .").endswith(_EVENT_ENDS):
        return is_merge_notice(answer)  # quick, since every row asks
    signs = _EVENT_SIGNS_IN_ENGLISH if answer.isascii() else _EVENT_SIGNS
    return any(map(answer.__contains__, signs)) and (
        _EVENT.fullmatch(answer.rstrip(" .")) is not None or is_merge_notice(answer)
    )


def is_stock_reply(answer: str) -> bool:
    """Whether an answer says, in whole sentences, no more than that something was dealt with.

    One customer may be told so; what many are told beside different questions answers none.
    """
    return "하신" in answer and _STOCK.fullmatch(answer) is not None


def is_of_form(question: str, answer: str) -> bool:
    """Whether both texts are those of a form: advice how to fill it in, or its example."""
    return answer[:1] in _FORM_STARTS and bool(
        (_EXAMPLE.match(question) and _EXAMPLE.match(answer))
        or (_ADVICE.fullmatch(question) and _ADVICE.fullmatch(answer))
    )
