"""Words that open a conversation and answer nothing: who is there, and what can be done for you."""

import re

_LONGEST = 120
_BEFORE = r"(?:[^\s.,!?]{1,12}(?<![은는이가을를에도]) ){0,3}"
"""A company and its department."""
_IS = r"\s?(?:입니다|이에요|예요|이라고 합니다)"
_PLEASE = r"(?:해)? ?(?:주세요|주십시오|주시겠어요|주시기 바랍니다|부탁드립니다)"
_WITH = (
    r"(?:this is|my name is|i'm|i am|you(?:'re| are) (?:now )?(?:chatting|connected|speaking) with)"
)
_PIECES = (
    r"네+|예|(?:[가-힣*]{2,4} )?(?:고객|회원)님?",
    rf"{_BEFORE}안녕하(?:세요|십니까|셔요)|반갑습니다|여보세요",
    rf"{_BEFORE}(?:상담(?:사|원|직원)|매니저)\s?(?:[가-힣*]{{2,4}}|[A-Za-z]{{1,12}}){_IS}",
    rf"{_BEFORE}(?:고객센터|고객지원(?:팀|센터)|상담(?:팀|센터)){_IS}",
    r"(?:(?:저희|오늘) )?(?:[^\s.,!?]{1,12} ){0,2}(?:문의|연락|이용|방문|전화|찾아) ?(?:해 )?"
    r"주셔서 (?:대단히 )?감사(?:합니다|드립니다)",
    r"감사합니다|기다려 주셔서 감사합니다|오래 기다리셨습니다",
    r"(?:상담원?이? |채팅이? )?연결되(?:었|셨)습니다",
    r"(?:무엇을|어떤 (?:점|부분|것|내용)을?|뭘|어떻게) 도와 ?드릴까요",
    r"(?:어떤|무슨) (?:문의|도움|일|내용)[^.!?]{0,12}"
    r"(?:이신가요|이실까요|필요하신가요|있으신가요|이세요)",
    r"(?:궁금하신|문의하실|문의|상담하실|필요하신|도움이 필요하신) ?(?:점|내용|사항|것)?[을를이]? ?"
    rf"(?:편하게 |있으시면 )?(?:말씀|남겨|알려|적어|입력){_PLEASE}",
    rf"(?:[가-힣]{{2,4}}{_IS},? ?)?말씀{_PLEASE}",
    rf"(?:{_BEFORE}(?:고객센터|상담센터) [가-힣]{{2,4}}{_IS}[. ]*)?"
    r"(?:어떤|무슨) 일로 (?:연락|전화|문의|방문) ?(?:주셨|하셨)(?:을까요|나요|습니까|어요)",
    r"hello|hi(?: there)?|good (?:morning|afternoon|evening)|welcome(?: to [^.,!?]{1,30})?",
    rf"{_WITH} [^.,!?]{{1,30}}",
    r"(?:how|what) (?:can|may) (?:i|we) (?:help|assist|do for)(?: you)?(?: with)?(?: today)?",
    r"thank(?:s| you) for (?:contacting|calling|reaching out|waiting|your patience)[^.,!?]{0,30}",
)
_PIECE = re.compile(rf"(?:{'|'.join(_PIECES)})[\s.,!?~^:)]*", re.IGNORECASE)
_OPENS = re.compile(
    "안녕|반갑|여보세요|연결되|도와|도움|어떤|무슨|말씀|남겨|알려|적어|입력"
    "|상담(?:사|원|직원) |매니저 |(?:센터|팀)(?:입|이|예)"
)
"""Without one of these, or English, it may as well be an end, or an answer: thanks alone."""
_GREETS = re.compile(
    r"안녕하|반갑|여보세요|상담(?:사|원|직원) |매니저 |(?:센터|팀)(?:입|이|예)"
    r"|hello|good (?:morning|afternoon)|this is",
    re.IGNORECASE,
)
_LONGEST_CALL = 60
_CALLS = re.compile(
    r"(?:(?:네|저기요?|안녕하(?:세요|십니까)|여보세요|hello|hi|hey)[\s,.!?~^]*)*"
    r"(?:(?:[가-힣]{1,6} )?(?:상담(?:사|원|직원)?|문의|질문|여쭤|직원|사람)[가-힣 ]{0,8}"
    r"(?:드려요|드립니다|드릴게요|할게요|하려고요|있어요|있는데요|있습니다|싶어요|싶습니다|싶은데요|합니다"
    r"|주세요|부탁드려요|부탁드립니다|가능한가요|가능할까요|되나요|될까요|원해요|봐도 될까요)"
    r"|계신가요|계세요|i have a question|i need (?:an? )?(?:agent|human|person)|agent|human"
    r"|can i (?:talk|speak|chat) (?:to|with) [a-z ]{1,20})?[\s,.!?~^ㅠ]*",
    re.IGNORECASE,
)


def opens_only(text: str) -> bool:
    """Whether an agent greets, or asks what it is about, and says nothing else."""
    if len(text) > _LONGEST or not (text.isascii() or _OPENS.search(text)):
        return False  # quick, since every answer asks
    return _is_made_of_pieces(text)


def greets_anew(text: str, before: str, greeting: str = "") -> bool:
    """Whether an agent greets or says who is there, and said something else `before`.

    Whatever opens a conversation goes on with such a `greeting`, where there was one since.
    """
    if not opens_only(text):
        return False
    return bool(greeting or (_GREETS.search(text) and not opens_only(before)))


def _is_made_of_pieces(text: str) -> bool:
    """Whether the text can be parted into pieces; what one begins with may end another.

    Each place is gone on from once: a pattern of pieces over and over would try all ways.
    """
    reached = {0}
    for start in range(len(text)):
        if start in reached and _PIECE.match(text, start):
            ends = range(start + 1, len(text) + 1)
            reached.update(end for end in ends if _PIECE.fullmatch(text, start, end))
    return len(text) in reached


def calls_only(text: str) -> bool:
    """Whether a customer greets or asks for a person, which a greeting answers."""
    return len(text) <= _LONGEST_CALL and _CALLS.fullmatch(text) is not None
