"""What stands around a question: KoGPT2's tokens, a model's own chat template, or plain words."""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_pipeline.errors import BaseModelError

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

QUESTION_TOKEN, ANSWER_TOKEN = "<usr>", "<sys>"
TEMPLATE_FIELD = "prompt_template"
"""Field of `tokenizer_config.json`: the template that a model was trained on, if not `auto`."""

_QUESTION, _ANSWER = "QUESTION7F3A", "ANSWER7F3A"


def choose_template(tokenizer: "PreTrainedTokenizerFast", asked: str) -> str:
    """`kogpt2`, `chat` or `plain`; `auto` is what the tokenizer was saved with, or has.

    Raises:
        BaseModelError: the tokenizer cannot be prompted as `asked`.
    """
    if asked == "auto":
        asked = tokenizer.init_kwargs.get(TEMPLATE_FIELD, "auto")
    has = {
        "kogpt2": {QUESTION_TOKEN, ANSWER_TOKEN} <= tokenizer.get_vocab().keys(),
        "chat": bool(tokenizer.chat_template),
        "plain": True,
    }
    if asked == "auto":
        return next(name for name, possible in has.items() if possible)
    if not has.get(asked):
        raise BaseModelError(
            ko=f"{tokenizer.name_or_path}의 토크나이저에는 {asked} 템플릿에 필요한 것이 없습니다. "
            "레시피의 template을 auto로 바꾸세요.",
            en=f"The tokenizer of {tokenizer.name_or_path} lacks what the template {asked} needs. "
            "Set `template: auto` in the recipe.",
        )
    return asked


@dataclass(frozen=True, slots=True)
class Prompt:
    """Ids of one prompt; only the question in its middle may be cut."""

    opening: list[int]
    question: list[int] = field(repr=False)
    closing: list[int]

    @property
    def frame_tokens(self) -> int:
        """Tokens around the question."""
        return len(self.opening) + len(self.closing)

    def cut(self, max_tokens: int) -> list[int]:
        """All ids, the question shortened on its left so that there are `max_tokens` at most."""
        room = max(max_tokens - self.frame_tokens, 0)
        return [*self.opening, *self.question[max(len(self.question) - room, 0) :], *self.closing]


class ChatTemplate:
    """A tokenizer's own template around one question of a user.

    It is rendered once, around stand-ins for question and answer; what it puts before, between
    and behind them is the frame of every prompt.

    Args:
        tokenizer: Has a `chat_template`.

    Raises:
        BaseModelError: the template cannot be rendered for one question and its answer.
    """

    def __init__(self, tokenizer: "PreTrainedTokenizerFast") -> None:
        self._tokenizer = tokenizer
        user, assistant = _turn("user", _QUESTION), _turn("assistant", _ANSWER)
        prompt = self._render([user], add_generation_prompt=True)
        whole = self._render([user, assistant], add_generation_prompt=False)
        self._before, found, self._after = prompt.partition(_QUESTION)
        _, answered, behind = whole.rpartition(_ANSWER)
        if not found or not answered:
            raise _unusable(tokenizer)
        self.end_id = self._end_id(behind)
        """What ends an answer: the first control token behind it, else the end of text."""
        frame = "\0".join([self._before, self._after, str(self.end_id)])
        self.name = f"chat-{hashlib.sha256(frame.encode()).hexdigest()[:8]}"

    def prompts(self, questions: list[str]) -> list[Prompt]:
        """Encode each question with the template around it, as the one text that it is."""
        if not questions:
            return []
        texts = [f"{self._before}{question}{self._after}" for question in questions]
        encoded = self._tokenizer(texts, add_special_tokens=False, return_offsets_mapping=True)
        start = len(self._before)
        return [
            _split(ids, offsets, start, start + len(question))
            for ids, offsets, question in zip(
                encoded["input_ids"], encoded["offset_mapping"], questions, strict=True
            )
        ]

    def _render(self, turns: list[dict[str, str]], *, add_generation_prompt: bool) -> str:
        try:
            # Models that can think aloud first are asked for the answer alone; others ignore it.
            text: str = self._tokenizer.apply_chat_template(
                turns,
                tokenize=False,
                add_generation_prompt=add_generation_prompt,
                enable_thinking=False,
            )
        except Exception as error:  # a template is a program: it may raise anything
            raise _unusable(self._tokenizer) from error
        return text

    def _end_id(self, behind: str) -> int:
        ids = self._tokenizer(behind, add_special_tokens=False)["input_ids"] if behind else []
        added = self._tokenizer.added_tokens_decoder
        control = (token_id for token_id in ids if token_id in added and added[token_id].special)
        return int(next(control, self._tokenizer.eos_token_id))


def _turn(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _split(ids: list[int], offsets: list[tuple[int, int]], start: int, end: int) -> Prompt:
    """Ids that hold any character of `start:end` are the question's."""
    first = next((i for i, (_, stop) in enumerate(offsets) if stop > start), len(ids))
    last = first
    while last < len(ids) and offsets[last][0] < end:
        last += 1
    return Prompt(ids[:first], ids[first:last], ids[last:])


def _unusable(tokenizer: "PreTrainedTokenizerFast") -> BaseModelError:
    base = tokenizer.name_or_path
    return BaseModelError(
        ko=f"{base}의 채팅 템플릿으로 질문 하나와 답변을 쓸 수 없습니다. 레시피의 template을 "
        "plain으로 바꾸거나 다른 기반 모델을 쓰세요.",
        en=f"The chat template of {base} cannot hold one question and its answer. Set `template: "
        "plain` in the recipe, or use another base model.",
    )


def long_frame(frame_tokens: int, max_tokens: int) -> BaseModelError:
    """The error for a template that leaves too little room in an example."""
    return BaseModelError(
        ko=f"템플릿만으로 {max_tokens}토큰 가운데 {frame_tokens}토큰을 차지해 질문과 답변의 자리가 "
        "모자랍니다. 레시피의 max_example_tokens를 늘리거나 template을 plain으로 바꾸세요.",
        en=f"The template alone takes {frame_tokens} of {max_tokens} tokens, which leaves little "
        "room for question and answer. Raise `max_example_tokens` in the recipe, or set "
        "`template: plain`.",
    )
