"""A morphological analyser's second opinion on names that the rules are not sure of.

Needs the extra `cs-pipeline[names]`; loading the analyser takes seconds and some 400 MB, so it is
made once and shared.
"""

import importlib
import re
from typing import Any

from cs_pipeline.errors import SettingsError

_SIDE = 60
_HANGUL = re.compile("[가-힣]+")
_NAME_TAGS = frozenset({"NNP", "SL", "SH", "UN"})  # proper noun, Latin, Chinese, unknown


class KiwiVeto:
    """A `NameVeto`: takes a name for a word where Kiwi reads nothing but everyday words there.

    Deterministic and safe to share between threads: the analyser is only read.

    Raises:
        SettingsError: kiwipiepy is not installed.
    """

    def __init__(self) -> None:
        try:
            kiwipiepy = importlib.import_module("kiwipiepy")
        except ImportError as error:
            raise SettingsError(
                ko="이름 판별에 쓰는 형태소 분석기(kiwipiepy)가 설치되어 있지 않습니다. "
                "'pip install cs-pipeline[names]'로 설치하거나, 설정에서 이 기능을 꺼 주세요.",
                en="The morphological analyser for names (kiwipiepy) is not installed. "
                "Install it with 'pip install cs-pipeline[names]', or switch it off in the settings.",
            ) from error
        self._kiwi: Any = kiwipiepy.Kiwi(num_workers=1)

    def is_name(self, text: str, start: int, end: int) -> bool:
        """False when `text[start:end]` reads as words of Kiwi's dictionary, none a proper noun.

        Kiwi sees up to 60 code points on either side, within the line. A lone surname and what is
        not plain Hangul (`김*수`, `Kim Minsu`) are left to the rules.
        """
        if end - start == 1 or not _HANGUL.fullmatch(text, start, end):
            return True
        left = max(start - _SIDE, text.rfind("\n", 0, start) + 1)
        tokens = self._kiwi.tokenize(text[left : end + _SIDE].partition("\n")[0])
        return any(
            token.tag in _NAME_TAGS or token.oov
            for token in tokens
            if token.start + left < end and token.end + left > start
        )
