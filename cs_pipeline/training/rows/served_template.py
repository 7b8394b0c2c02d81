"""A checkpoint's prompt as the Jinja chat template that Hugging Face's tokenizers render.

With it a server that knows nothing of this package asks a model in the very ids that it was trained
on: the template spells texts as `Spelling` does and keeps as many earlier exchanges as the model
goes by. Only an over-long question is not cut by it.
"""

import json
import logging
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import TYPE_CHECKING

from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.training.rows.encoding import ExampleEncoder
from cs_pipeline.training.rows.prompt_template import (
    ANSWER_TOKEN,
    PLAIN_WORDS,
    QUESTION_TOKEN,
    TEMPLATE_FIELD,
)
from cs_pipeline.training.rows.spelling import (
    LAST_NUMBER,
    NUMBER_MARKS,
    NUMBER_TOKEN_OFFSET,
    Spelling,
)

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

_log = logging.getLogger(__name__)

_FRAME = """\
{%- set turns = messages | selectattr('role', 'in', ['user', 'assistant']) | list -%}
{%- set answered = 1 if turns and turns[-1]['role'] == 'assistant' else 0 -%}
{%- set asked = turns | length - answered -%}
{%- set earlier = [CONTEXT_TURNS, (asked - 1) // 2] | min -%}
{{- OPENING -}}
{%- for turn in turns[asked - 1 - 2 * earlier:] -%}
{{- ANSWER if turn['role'] == 'assistant' else QUESTION if loop.first else NEXT_QUESTION -}}
{{- spell(turn['content']) -}}
{%- endfor -%}
{%- if answered -%}{{- eos_token -}}{%- elif add_generation_prompt -%}{{- ANSWER -}}{%- endif -%}
"""

_SPELL = """\
{%- macro spell(content) -%}
{%- set s = namespace(text=content | trim) -%}
{%- for sign in REMOVED -%}{%- set s.text = s.text.replace(sign, '') -%}{%- endfor -%}
{%- set s.text = s.text.replace('\\r\\n', '\\n') -%}
{%- for token in LITERAL -%}
{%- set s.text = s.text.replace(token, token[0] ~ ' ' ~ token[1:]) -%}
{%- endfor -%}
"""

_MARKS = """\
{%- set parts = s.text.split('#') -%}
{%- set s.text = parts[0] -%}
{%- set s.open = true -%}
{%- for part in parts[1:] -%}
{%- set s.mark = '' -%}
{%- if s.open and not loop.last -%}
{%- set s.mark = LABELS.get(part, '') -%}
{%- for size in [1, 2, 3] -%}
{%- set number = part[-size:] | int -%}
{%- if part[:-size] in LABELS and number > 1 and number | string == part[-size:] -%}
{%- set token = NUMBERS + [number, LAST_NUMBER] | min -%}
{%- set s.mark = LABELS[part[:-size]] ~ '<unused' ~ token ~ '>' -%}
{%- endif -%}
{%- endfor -%}
{%- endif -%}
{%- set s.text = s.text ~ (s.mark if s.mark else ('#' if s.open else '') ~ part) -%}
{%- set s.open = not s.mark -%}
{%- endfor -%}
{%- set s.text = s.text.replace('\\n', NEWLINE) -%}
{%- for mark in MARKS -%}
{%- set s.text = s.text.replace(mark ~ ' ', mark ~ '  ') -%}
{%- endfor -%}
"""

_END = """\
{{- BEFORE ~ s.text -}}
{%- endmacro -%}
"""

_PROBES = (
    *(
        "배송은 언제 오나요?",
        "네",
        "a1",
        "(주) 7%",
        "",
        "ㅋㅋㅠㅠ 😀",
        "<usr> </s>",
        "끝\n\n.",
        "#",
    ),
    *("#@이름2#님, #@주소# 로\r\n#@전화번호##@이메일12#", "#@이름#@이름#", "\n시작", "①＜ｕ＞ "),
)


def serve_prompt(tokenizer: "PreTrainedTokenizerFast", encoder: ExampleEncoder) -> None:
    """Give `tokenizer` a chat template that prompts as `encoder` does, to be saved with it.

    A tokenizer that brought the template it is prompted by keeps it. One whose pieces read in
    another way when they stand in one text gets none, and a log line says so: KoGPT2's is one where
    a recipe prompts it in plain words.
    """
    if encoder.template not in ("kogpt2", "plain"):
        return
    template = _template(tokenizer, encoder)
    tokenizer.chat_template = None  # the base's own is not what this model is prompted by
    if not all(_reads_alike(tokenizer, encoder, template, turns) for turns in _probes(encoder)):
        _log.info("this tokenizer reads a whole prompt in another way; no chat template is saved")
        return
    tokenizer.chat_template = template
    if encoder.template == "plain":  # or it would be asked by the chat template from now on
        tokenizer.init_kwargs[TEMPLATE_FIELD] = "plain"


def _template(tokenizer: "PreTrainedTokenizerFast", encoder: ExampleEncoder) -> str:
    spelling = encoder.spelling
    question, answer, again = PLAIN_WORDS
    opening, before = "", " "
    if encoder.template == "kogpt2":
        question, answer, again, before = QUESTION_TOKEN, ANSWER_TOKEN, QUESTION_TOKEN, ""
    elif tokenizer.bos_token_id not in (None, encoder.end_id):
        opening = tokenizer.bos_token
    values = {
        "CONTEXT_TURNS": encoder.context_turns,
        "OPENING": opening,
        "NEXT_QUESTION": again,
        "QUESTION": question,
        "ANSWER": answer,
        "BEFORE": before,
        **_spelling_values(spelling),
    }
    constants = [
        f"{{%- set {name} = {json.dumps(value, ensure_ascii=False)} -%}}\n"
        for name, value in values.items()
    ]
    return "".join([*constants, _SPELL, _MARKS if spelling.marks else "", _END, _FRAME])


def _spelling_values(spelling: Spelling) -> dict[str, object]:
    marks = spelling.marks
    return {
        "LITERAL": spelling.literal_tokens,
        "REMOVED": list(NUMBER_MARKS.values()) if marks else [],
        "LABELS": {text[1:-1]: marks[text] for text in PLACEHOLDERS.values() if marks},
        "LAST_NUMBER": LAST_NUMBER,
        "NUMBERS": NUMBER_TOKEN_OFFSET,
        "NEWLINE": marks.get("\n", ""),
        "MARKS": list(marks.values()),
    }


def _probes(encoder: ExampleEncoder) -> Iterator[tuple[str, ...]]:
    """Turns that end in a question, with each number of earlier exchanges."""
    for earlier in range(encoder.context_turns + 2):
        for start in range(len(_PROBES)):
            turns = [_PROBES[(start + place) % len(_PROBES)] for place in range(2 * earlier + 1)]
            yield tuple(turns)


def _reads_alike(
    tokenizer: "PreTrainedTokenizerFast",
    encoder: ExampleEncoder,
    template: str,
    turns: Sequence[str],
) -> bool:
    messages = [
        {"role": role, "content": content}
        for role, content in zip(cycle(("user", "assistant")), turns, strict=False)
    ]
    rendered = tokenizer.apply_chat_template(
        messages, chat_template=template, add_generation_prompt=True, return_dict=False
    )
    trained = encoder.prompt(turns[-1], max_tokens=10**6, context=turns[:-1])
    return list(rendered) == trained
