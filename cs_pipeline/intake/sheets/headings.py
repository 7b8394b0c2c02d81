"""How surely a heading names a question, an answer, a speaker, a text or a conversation."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cs_pipeline.intake.sheets.cells import in_both_languages, label_of
from cs_pipeline.intake.sheets.speakers import PATRONS

LABEL_CHARACTERS = 30
MENTION_CHARACTERS = 16
LONGEST_LABEL = 120

# How sure a heading is. A word of its own beats a compound (질문 > 고객 질문 내용), what a column
# holds beats who (질문 > 고객), and both beat a bare 내용 or a mention among other words.
_SCORES = {
    "exact": 10,
    "compound": 9,
    "done": 8,
    "weak": 6,
    "weak_compound": 5,
    "form": 5,
    "bare": 3,
    "mention": 2,
}
LEAST_PAIR = 2 * _SCORES["weak_compound"]
"""A pair below this is more likely data: a bare word or a mention counts beside a sure heading."""
SURE = _SCORES["done"]
"""From this score on a heading says what its column holds, not who or something about it."""
SURE_OF_ANSWER = _SCORES["compound"]
"""From this score on a heading says that its column holds answers, not what was done."""

# Sentences for headings: 고객이 물어본 말, 우리가 답한 말, what we answered.
_SUBJECT = "(?:님|분)?(?:이|가|께서|들이|의)?"
_WE = "우리|저희|직원|회사|매장|지점|센터"
_ASKED = (
    "(?:물어본|물어보신|물은|물으신|여쭤본|궁금해한|궁금해하신|질문한|질문하신|문의한|문의하신)"
    "(?:말|말씀|것|내용|점|글|사항)?"
    "|(?:what)?(?:the)?(?:customer|client|user|guest|caller|they)s?(?:asked|wantedtoknow)"
)
_REPLIED = (
    "(?:답한|답해준|답해드린|대답한|답변한|답변드린|회신한|안내한|안내해드린|안내드린|응대한)(?:말|말씀|것|내용|점|글|사항)?"
    "|(?:what)?(?:we|theagent|thestaff|staff|agent)(?:answered|replied|responded|said|toldthem)"
    "|(?:our|my)(?:answer|reply|response)"
)
_SENT = (
    "(?:발송|전송|송부|송출)(?:된|한)?(?:내용|본문|문구|메시지|메세지|글|원문|텍스트)"
    "(?:(?:sms|lms|mms)(?:원문|전문|본문)?)?"
    "|sent(?:text|message|body|content|reply)|(?:text|message|body|content)sent"
)
_LETTER = "이?메일|편지|쪽지|e?mail|letter"
KIND = "구분|유형|타입|종류|type|role|kind"
_TALK = (
    "대화|채팅|상담|발화|통화|음성|녹취|녹음|전사|고객|상담사|stt|chat|plain|dialog(?:ue)?|conversation|"
    "comment|html"
)
_NUMBER = "id|아이디|번호|no|key|키|코드|식별자|number"
_FILLERS = (
    "사항|상세|세부|최종|최초|first|public|공개|추가|재|필수|선택|의|원|전체|주요|실제|[1-9]차|faq|voc|cs|발송|전송|표준|모범|"
    "예시|작성|등록|상담|채팅|게시판|온라인|일대일|표현|요지|문장|문구|멘트|댓글|cust|usr|qa|txt|cn|cont|ctnt|\\d"
)
# Who asks and who answers, in front of what they say: 환자문의, 원무과답변.
_DESK = "(?!내부|외부|일부|전부|세부)[가-힣]{1,6}(?:과|팀|실|부|센터|본부|지점|본사|매장|병원|학교)"
# Who says something in a column whose heading tells no more of it: 구매자 글, 판매자 글.
_TRADES = (
    "(?:변호|세무|노무|법무|회계|관세|변리|행정|약|의|한의|수의|간호|영양|설계|강|교|복지|치료|중개)사"
    "|주무관|담당관|조사관|운영진|의료진|강사진|교수|선생님?|전문가|[가-힣]{1,3}(?:원|점|소|실|팀|센터)장"
)
_BUYERS = f"구매자|소비자|주문자|의뢰인|게스트|{PATRONS}|buyer"
_SELLERS = "판매자|셀러|사장님?|점주|운영자|관리자|호스트|seller|host|admin"
_INNER = "(?!.*(?:내부|사내|internal))"
_FORMAT = "html"  # says how a column writes its texts, not what they are
_LAST = "(?:마지막|최근|last|latest)"
_ABOUT = (
    "일시|일자|날짜|시간|시각|유형|종류|분류|카테고리|번호|아이디|코드|여부|상태|건수|횟수|점수|만족|"
    "평가|채널|경로|이름|성명|연락처|전화|메일|첨부|링크|부서|비고|메모|(?:명|자|처|수|율|id|no)$|"
    "date|time|type|category|number|code|status|count|score|channel|name|phone|mail|url"
)
# Who speaks, told by a name or a sign: such a column is one of speakers if its cells say so.
_NAMED = (
    "이름|성명|닉네임|닉|대화명|대화자|참여자|작성자명|발화자명|화자명|보낸사람이름|등록자|답변자|계정|아이디|"
    "name|nickname|nick|wrtr_?(?:nick|nm)|username|user|from|who|authorname|sendername|speakername|displayname"
)
CHANNEL = (
    "(?:음성|통화|발화|화자|녹취|stt|audio|메시지|message|메세지|sms|문자|톡)?"
    "(?:채널|송수신|수발신|수신발신|발신수신|방향|channel|ch|direction|rxtx|txrx|lr|inout)"
    f"(?:{KIND})?"
)
_SIDE = r"\d|[좌우]측?|채널|측|left|right|[lr]|ch(?:annel)?\d?|rx|tx"
_SENDING = f"(?:발신|송신|발송|전송|보낸|보내는|발화|작성|등록)(?:주체|측|쪽|곳)?(?:{KIND})?"
INCOMING = "incoming|isincoming|inbound|isinbound|fromcustomer|iscustomer"
OUTGOING = (
    "(?:is)?(?:outgoing|outbound)|(?:is)?from(?:agent|staff|admin|merchant)|is(?:agent|staff|admin|operator)"
    "|(?:상담사|상담원|직원|관리자)여부"
)
_REQUEST = re.compile(
    "(?:적어|입력하여|입력해|작성하여|작성해|기재하여|기재해|남겨|써|말씀해|알려)주(?:세요|십시오|시기|시면)"
)
_FORM = "타임스탬프|timestamp|제출시간|제출일시|응답일시|응답시간|설문응답일시"

Heading = tuple[str, ...]
"""The labels of one column: of its lowest heading, and joined with that above it."""
Scale = tuple[tuple[int, re.Pattern[str]], ...]


class Candidate(NamedTuple):
    """A column that may be one of those looked for."""

    score: int
    column: int


class Headings:
    """Scales for headings, made of words by role (the keys of `columns` in `layouts.yaml`)."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        customer, agent, text, speaker = (
            _any(words[role]) for role in ("customer", "agent", "text", "speaker")
        )
        about = f"(?=.{{1,{MENTION_CHARACTERS}}}$)(?!.*(?:{_ABOUT}))"
        fillers = f"(?:{customer}|{agent}|{text}|{_FILLERS})*"
        # A single letter is a heading of its own only: it is part of nearly every word.
        ask, reply, done = (_any(words[role], least=2) for role in ("question", "answer", "done"))
        self.question = _scale(
            exact=f"(?:{_any(words['question'])})\\d?",
            compound=f"q?(?:{_BUYERS})?{fillers}(?:{ask}){fillers}q?|q(?:{text}|txt|cn|desc|{customer})|(?:{customer})q|(?:(?:{customer}){_SUBJECT})?{_ASKED}",
            weak=f"(?:{customer})(?:{_SIDE})?|민원",
            weak_compound=f"(?:first|initial)?(?:{customer}|{_BUYERS})(?:{_LETTER})?(?:{text})+|상담내용|상담내역|상담요지",
            bare=f"(?:게시글|게시물|원글|글|상세|세부|wr|post)?(?:{text})",
            mention=f"{about}.*(?:{ask}).*",
        )
        self.answer = _scale(
            exact=f"(?:{_any(words['answer'])})\\d?",
            compound=f"a?(?:{_DESK}|{_TRADES})?{fillers}(?:{done})?(?:{reply})(?:{done})?{fillers}a?|a(?:{text}|txt|cn|desc)|(?:(?:{agent}|{_WE}){_SUBJECT})?{_REPLIED}",
            done=f"{_LAST}?{fillers}(?:{done}){fillers}",
            weak=f"(?:{agent})(?:{_SIDE}|a)?|a(?:{agent})",
            weak_compound=f"(?:first|initial)?(?:{agent}|{_SELLERS})(?:{text})+|상담내용|상담내역|{fillers}{_SENT}",
            mention=f"{_INNER}{about}.*(?:{reply}|{done}).*",
        )
        self.speaker = _scale(
            exact=speaker,
            compound=f"(?:{text})*(?:{speaker}|user|person)(?:{KIND})",
            weak="구분|유형|type|from|who|대화자|참여자",
        )
        self.maybe_speaker = _scale(
            weak=f"{_NAMED}|{CHANNEL}|{INCOMING}|{OUTGOING}|{_SENDING}|{customer}|{agent}"
        )
        self.text = _scale(
            exact=f"대화내용|{text}|대화|채팅",
            compound=f"(?:{_TALK})+(?:{text})+|(?:{text}){{2,}}|comment|comments|(?:{text})(?:{_TALK})+",
            weak_compound=f"(?:발송|전송|송신|작성|전달|입력)(?:된|한)?(?:{text})",
        )
        self.transcript = _scale(
            exact=f"(?:{_TALK}|전체|문의)*(?:내용|내역|전문|이력|기록|로그|원문|본문|log|transcript|"
            f"history|text|{text}){{1,2}}|대화|채팅|"
            "(?:additional)?comments(?:andworknotes)?|추가(?:의견|코멘트)|의견및작업메모|"
            "transcript|(?:녹취|대화|통화|상담)록|conversations?|dialogs?|dialogues?|turns|utterances",
            compound=f"(?:{_TALK}|전체)*(?:내용|내역|전문|이력|기록|로그|원문|대화)(?:최신순|시간순|역순|오래된순|순서대로)",
        )
        self._conversation = re.compile(
            f"(?:{_any(words['numbered'])})(?:{_NUMBER})|{_any(words['conversation'])}"
        )
        self._ask, self._reply = re.compile(ask), re.compile(f"{reply}|{done}")
        self._scales = (self.question, self.answer, self.speaker, self.text)
        sure = (pattern for scale in self._scales for score, pattern in scale if score >= SURE)
        self._sure = re.compile("|".join(f"(?:{one.pattern})" for one in sure))

    def names_conversation(self, heading: Heading) -> bool:
        """True for the heading of a column that tells conversations apart."""
        return any(self._conversation.fullmatch(label) for label in heading)

    def is_sure(self, cell: str) -> bool:
        """True for a cell that reads like the heading of one of the columns looked for."""
        label = label_of(cell)
        if not 0 < len(label) <= LABEL_CHARACTERS:
            return False
        label = label.removesuffix(_FORMAT) or label
        if in_both_languages(label):
            return any(_score(label, scale) >= SURE for scale in self._scales)
        return self._sure.fullmatch(label) is not None  # quick, since cells of all rows are asked

    def form_scores(self, labels: Sequence[str]) -> tuple[list[int], list[int]]:
        """How surely each of an online form's long headings asks for a question, or an answer.

        What a sentence such as '위 문의에 대한 상담사의 답변을 적어 주세요' asks for is named last
        in it. Headings that are no form's get 0.
        """
        asked, replied = [0] * len(labels), [0] * len(labels)
        if not any(re.fullmatch(_FORM, label) for label in labels):
            return asked, replied
        for column, label in enumerate(labels):
            if request := _REQUEST.search(label):
                label = label[: request.end()]  # noqa: PLW2901 - what follows is advice
            if len(label) > LONGEST_LABEL:
                continue
            ends = [_last_end(pattern, label) for pattern in (self._ask, self._reply, _ABOUT_IT)]
            last = max(ends)
            if last and ends.count(last) == 1 and ends[2] != last:
                (asked if ends[0] == last else replied)[column] = _SCORES["form"]
        return asked, replied


_ABOUT_IT = re.compile(_ABOUT.replace("|(?:명|자|처|수|율|id|no)$", ""))


def candidates(headings: Sequence[Heading], scale: Scale) -> list[Candidate]:
    """The columns that a scale knows, the surest first; of equals the left one."""
    scored = (Candidate(_surest(heading, scale), column) for column, heading in enumerate(headings))
    return sorted((one for one in scored if one.score), key=lambda one: -one.score)


def _surest(heading: Heading, scale: Scale) -> int:
    """The best score of its labels; a mention across two cells is none."""
    alone, *joined = (_score(label, scale) for label in heading)
    return max(alone, *(score for score in joined if score > _SCORES["mention"]), 0)


@lru_cache(maxsize=2048)  # the same few headings and short cells, asked for again and again
def _score(label: str, scale: Scale) -> int:
    if not 0 < len(label) <= LABEL_CHARACTERS:
        return 0
    label = label.removesuffix(_FORMAT) or label
    if halves := in_both_languages(label):
        return min(_score(half, scale) for half in halves)
    return next((score for score, pattern in scale if pattern.fullmatch(label)), 0)


def _last_end(pattern: re.Pattern[str], label: str) -> int:
    return max((match.end() for match in pattern.finditer(label)), default=0)


def _any(words: Sequence[str], least: int = 1) -> str:
    return "|".join(re.escape(word) for word in words if len(word) >= least)


def _scale(**levels: str) -> Scale:
    return tuple((_SCORES[level], re.compile(pattern)) for level, pattern in levels.items())
