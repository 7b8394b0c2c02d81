"""Messages without words: what stands in the place of a picture, a lost message, or a noise."""

import re

_WORDLESS = re.compile(
    # `사진`, `(이모티콘)`, `[이미지]`, `사진 3장을 보냈습니다.`
    r"[\[(<]?\s*(?:사진|이미지|동영상|이모티콘|스티커|음성메시지|photo|image|video|emoticon|sticker)\s*"
    r"(?:\d+장)?\s*[\])>]?(?:[을를]\s*(?:보냈|전송했|전송하였|올렸)습니다\.?)?"
    # `<미디어 파일 제외됨>`, `<Media omitted>`, `image omitted`
    r"|<?(?:미디어 파일 제외됨|(?:media|image|video|audio|sticker|gif|document) omitted)>?",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    # `삭제된 메시지입니다.`, `김민지님이 메시지 전송을 취소했습니다.`
    r"[\[(<]?(?:삭제된 메시지입니다|이 메시지는 삭제되었습니다|메시지가 삭제되었습니다"
    r"|(?:.{1,20}(?:님이|이|가) )?메시지 ?(?:전송|보내기)?[을를] ?"
    r"(?:취소|삭제|회수)(?:했|하였)습니다"
    r"|.{1,20} unsent a message|You deleted this message|This message was deleted)\.?[\])>]?",
    re.IGNORECASE,
)
_NOISE = (
    r"(?:통화\s?)?(?:대기|보류|연결|안내|배경)\s?(?:음악|음)|잡음|묵음|침묵|정적"
    r"|(?:long )?silence|(?:background |line )?noise|(?:hold |background )?music|music on hold"
)
_LASTS = (
    r"[\s:,]*(?:약\s?)?"
    r"(?:\d{1,2}(?::\d{2}){1,2}|\d{1,3}(?:\.\d+)?\s?(?:초|분|s|secs?|seconds?)(?:간)?)"
)
_SOUNDS = re.compile(
    # `[대기음악]`, `(무음 7초)`, `[침묵 00:12]`, `(웃음)`: what a recogniser of speech hears
    rf"[\[(<]\s*(?:{_NOISE}|무음|소음|음악|웃음|기침|헛기침|한숨|laugh(?:s|ter|ing)?|coughs?|pause)"
    rf"(?:{_LASTS})?\s*[\])>]",
    re.IGNORECASE,
)
# `[소음] 위층이 시끄러워요` may as well be what it is about, and `(무음)` a button.
_SOUNDS_AMID = re.compile(
    rf"(?<!\S)[\[(<]\s*(?:(?:{_NOISE})(?:{_LASTS})?|(?:무음|소음|음악|pause){_LASTS})\s*[\])>](?!\S)",
    re.IGNORECASE,
)
_TAGS = re.compile(r"</?(?:p|i|em|b|div|span)>", re.IGNORECASE)
_LONGEST = 40


def is_wordless(message: str) -> bool:
    """Whether nothing but such a stand-in was said."""
    if len(message) > _LONGEST:
        return False
    plain = (_TAGS.sub("", message) if message.startswith("<") else message).strip()
    if _WORDLESS.fullmatch(plain) or is_sound(plain):
        return True
    named = "메시지" in plain or "message" in plain
    return named and _TAKEN_BACK.fullmatch(plain) is not None


def is_sound(message: str) -> bool:
    """Whether nothing but silence, noise or music was heard."""
    return len(message) <= _LONGEST and _SOUNDS.fullmatch(message.strip()) is not None


def without_sounds(text: str) -> str:
    """The words of what was said aloud, without marks for silence, noise or music among them."""
    return _SOUNDS_AMID.sub(" ", text).strip() if _SOUNDS_AMID.search(text) else text
