"""A model's answers to questions.

All answers come out of one place: prompts are padded on the left, with a mask and positions that
start at the prompt, so that a batch answers like its questions alone. Control tokens are never
drawn, and the generation defaults that some models ship (a repetition penalty, say) play no part.
Answers are measured as customers hear them: as long as the training answers call for, and without
a second run of the same six tokens.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cs_pipeline.language import Words
from cs_pipeline.training.appraisal.answer_log import ANSWERS, LEAK_PROBE, AnswerLog
from cs_pipeline.training.models.inference import (
    in_fitting_passes,
    inferring,
    longest_example,
    pad_token_id,
)
from cs_pipeline.training.rows.encoding import ExampleEncoder
from cs_pipeline.training.rows.prompt_template import Turns, answer_tokens

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

_UNLIMITED = 2**31
_LOOP_TOKENS = 6
_SAMPLES_A_PASS = 64


@dataclass(frozen=True, slots=True)
class GeneratedAnswer:
    """One answer: its readable text, whether it ended by itself, and its length in tokens.

    `tokens` counts what was drawn, the end token included.
    """

    text: str = field(repr=False)
    stopped: bool
    tokens: int


def answer(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    question: str,
    *,
    context: Sequence[str] = (),
    max_new_tokens: int | None = None,
) -> str:
    """The model's most likely answer to one masked question, for people; deterministic.

    Endless loops are cut by never repeating a run of six tokens.

    Args:
        model: Left in the mode (training or evaluation) in which it was.
        tokenizer: The model's own.
        question: Masked text.
        context: What was said before it, masked, oldest first: questions and answers in turn. The
            model goes by the last exchanges of it, as many as it was trained with; one that was
            trained without ignores all of it (`prompt_template.context_turns` says how many).
        max_new_tokens: Longest answer, at most half of the model's positions; None: what its
            training answers call for (`prompt_template.answer_tokens`).
    """
    answerer = _Answerer(model, tokenizer, max_new_tokens)
    (generated,) = answerer.most_likely([(*context, question)], 1)
    return generated.text


def generate_answers(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    questions: Sequence[str],
    *,
    contexts: Sequence[Turns] | None = None,
    max_new_tokens: int | None = None,
    batch_size: int = 16,
) -> list[GeneratedAnswer]:
    """What `answer` says to each masked question, in fewer passes.

    Args:
        model: Left in the mode (training or evaluation) in which it was.
        tokenizer: The model's own.
        questions: Masked text; one longer than the model's positions is cut on its left.
        contexts: What was said before each of them, as for `answer`; None: nothing.
        max_new_tokens: As for `answer`.
        batch_size: Questions of one pass; changes speed and memory, not the answers.
    """
    before: Sequence[Turns] = [()] * len(questions) if contexts is None else contexts
    asked = [(*turns, question) for turns, question in zip(before, questions, strict=True)]
    return _Answerer(model, tokenizer, max_new_tokens).most_likely(asked, batch_size)


def sample_answers(
    model: "PreTrainedModel",
    tokenizer: "PreTrainedTokenizerFast",
    prompts_ids: list[list[int]],
    *,
    samples: int,
    max_new_tokens: int,
    temperature: float,
    top_k: int,
    seed: int,
) -> list[str]:
    """Random continuations of prompts; the same on a CPU for the same arguments.

    Args:
        model: Left in the mode (training or evaluation) in which it was.
        tokenizer: The model's own.
        prompts_ids: Ids of each prompt, none empty; too long ones are cut on their left.
        samples: Continuations of each prompt.
        max_new_tokens: Longest continuation; at most half of the model's positions.
        temperature: Above 0; 1 draws as the model thinks.
        top_k: Draw among the k most likely tokens; 0: among all.
        seed: Seed of the draws; the global random state stays as it is.

    Returns:
        Readable texts, all samples of the first prompt first.
    """
    import torch

    answerer = _Answerer(model, tokenizer, max_new_tokens)
    with torch.random.fork_rng([model.device] if model.device.type == "cuda" else []):
        torch.manual_seed(seed)
        drawn = answerer.draw(
            prompts_ids,
            max(_SAMPLES_A_PASS // samples, 1),
            what=LEAK_PROBE,
            do_sample=True,
            temperature=temperature,
            top_k=top_k,
            num_return_sequences=samples,
        )
    return [answerer.encoder.decode(ids) for ids in drawn]


def answer_room(model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerFast") -> int:
    """Tokens that an answer of `model` may have, the one that ends it included."""
    return _Answerer(model, tokenizer, None).new_tokens


class _Answerer:
    """One model, its tokenizer, and the room that prompts and answers have in it."""

    def __init__(
        self,
        model: "PreTrainedModel",
        tokenizer: "PreTrainedTokenizerFast",
        max_new_tokens: int | None,
    ) -> None:
        limit = longest_example(model, _UNLIMITED)
        max_new_tokens = max_new_tokens or answer_tokens(tokenizer)
        self.encoder = ExampleEncoder(tokenizer, limit)
        self._model = model
        self._prompt_tokens = max(limit - max_new_tokens, limit // 2)
        self.new_tokens = min(max_new_tokens, limit - self._prompt_tokens)
        self._end = self.encoder.end_id
        self._pad = pad_token_id(tokenizer)
        embedded = range(model.get_input_embeddings().num_embeddings)
        nameless = set(embedded) - set(tokenizer.get_vocab().values())
        self._never = sorted((self.encoder.hidden_ids | nameless) - {self._end})

    def most_likely(self, asked: Sequence[Turns], batch_size: int) -> list[GeneratedAnswer]:
        prompts = [
            self.encoder.prompt(question, max_tokens=self._prompt_tokens, context=context)
            for *context, question in asked
        ]
        drawn = self.draw(prompts, batch_size, do_sample=False, no_repeat_ngram_size=_LOOP_TOKENS)
        return [
            GeneratedAnswer(self.encoder.decode(ids), stopped=self._end in ids, tokens=len(ids))
            for ids in drawn
        ]

    def draw(
        self,
        prompts: Sequence[list[int]],
        batch_size: int,
        *,
        what: Words = ANSWERS,
        **how: object,
    ) -> list[list[int]]:
        """New ids after each prompt, up to and with the end token; `what` for, in the log."""
        from transformers import GenerationConfig

        rules = GenerationConfig(
            max_new_tokens=self.new_tokens,
            # A damaged model's NaN would stop the sampling; its loss tells what it is.
            remove_invalid_values=True,
            suppress_tokens=self._never or None,
            eos_token_id=self._end,
            pad_token_id=self._pad,
            **how,
        )
        # Prompts of like length share a pass.
        order = sorted(range(len(prompts)), key=lambda index: len(prompts[index]))
        drawn: dict[int, list[list[int]]] = {}
        log = AnswerLog(what, len(order))
        with inferring(self._model), _own_rules_only(self._model):
            passes = [order[at : at + batch_size] for at in range(0, len(order), batch_size)]
            for chosen, outputs in in_fitting_passes(
                passes, lambda few: self._pass([prompts[index] for index in few], rules)
            ):
                drawn.update(zip(chosen, outputs, strict=True))
                log.tell(len(drawn))
        return [ids for index in range(len(prompts)) for ids in drawn[index]]

    def _pass(self, prompts: list[list[int]], rules: Any) -> list[list[list[int]]]:
        """Samples of each prompt: one forward pass a token."""
        kept = [prompt[-self._prompt_tokens :] for prompt in prompts]
        batch = _left_padded(kept, self._pad, self._model.device)
        output = self._model.generate(**batch, generation_config=rules)
        new = output[:, batch["input_ids"].shape[1] :]
        return [
            [ids[: ids.index(self._end) + 1] if self._end in ids else ids for ids in samples]
            for samples in new.view(len(prompts), -1, new.shape[1]).tolist()
        ]


@contextmanager
def _own_rules_only(model: "PreTrainedModel") -> Iterator[None]:
    """`generate` fills what its caller leaves open from the model's own defaults; not here."""
    from transformers import GenerationConfig

    shipped = model.generation_config
    model.generation_config = GenerationConfig()
    try:
        yield
    finally:
        model.generation_config = shipped


def _left_padded(
    prompts: Sequence[list[int]], pad: int, device: "torch.device"
) -> dict[str, "torch.Tensor"]:
    """`generate` derives the positions from the mask: 0 at the first token that is not padding."""
    import torch

    width = max(map(len, prompts))
    gaps = [width - len(prompt) for prompt in prompts]
    ids = [[pad] * gap + prompt for gap, prompt in zip(gaps, prompts, strict=True)]
    mask = [[0] * gap + [1] * (width - gap) for gap in gaps]
    return {
        "input_ids": torch.tensor(ids, device=device),
        "attention_mask": torch.tensor(mask, device=device),
    }
