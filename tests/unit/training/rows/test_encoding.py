import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from cs_pipeline.errors import BaseModelError
from cs_pipeline.masked.placeholders import PLACEHOLDERS
from cs_pipeline.training.rows.encoding import IGNORED_LABEL, Example, ExampleEncoder

USR, SYS, END = 2, 4, 1

CHATML = (
    "{% for turn in messages %}<|im_start|>{{ turn.role }}\n{{ turn.content | trim }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
SYSTEM = "<|im_start|>system\n당신은 친절한 상담원입니다.<|im_end|>\n" + CHATML
BRACKETS = (
    "{% for turn in messages %}{% if turn.role == 'user' %}[INST] {{ turn.content }} [/INST]"
    "{% else %} {{ turn.content }}{{ eos_token }}{% endif %}{% endfor %}"
)
THINKING = CHATML.replace(
    "assistant\n", "assistant\n{% if enable_thinking is false %}<think></think>{% endif %}"
)
CONTROL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


@pytest.fixture(scope="module")
def encoder(tokenizer):
    return ExampleEncoder(tokenizer, 64)


def byte_level(special, chat_template=None):
    """A byte-level tokenizer without `<usr>` and `<sys>`, as other bases have."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(["안녕하세요"], trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=special[0])
    fast.chat_template = chat_template
    return fast


@pytest.fixture(scope="module")
def plain_tokenizer():
    return byte_level(["<|endoftext|>"])


def test_template_and_labels(encoder, tokenizer):
    (example,) = encoder.encode([("배송 언제 되나요?", "이틀 안에 처리됩니다.")])
    question = tokenizer.encode("배송 언제 되나요?", add_special_tokens=False)
    answer = tokenizer.encode("이틀 안에 처리됩니다.", add_special_tokens=False)
    assert example.input_ids == [USR, *question, SYS, *answer, END]
    assert example.labels == [IGNORED_LABEL] * (len(question) + 2) + [*answer, END]
    assert example.characters == len("이틀 안에 처리됩니다.")


def test_prompt_is_the_examples_start(encoder):
    (example,) = encoder.encode([("배송 언제 되나요?", "네.")])
    prompt = encoder.prompt("배송 언제 되나요?", max_tokens=64)
    assert prompt == example.input_ids[: example.answer_start]


def test_long_question_is_cut_on_its_left(encoder, tokenizer):
    (example,) = encoder.encode([("배송 " * 200 + "언제 되나요?", "네.")])
    assert len(example.input_ids) == 64
    assert example.input_ids[0] == USR
    assert example.input_ids[-1] == END
    kept = example.input_ids[1 : example.answer_start - 1]
    assert tokenizer.decode(kept).endswith("배송 언제 되나요?")
    assert example.characters == 2


def test_long_answer_is_cut_on_its_right_and_never_ends(encoder):
    (example,) = encoder.encode([("언제 " * 100, "배송 " * 300)])
    assert len(example.input_ids) == 64
    assert END not in example.input_ids
    scored = [label for label in example.labels if label != IGNORED_LABEL]
    assert len(scored) == int(62 * 0.75)
    assert example.characters == len(encoder.decode(scored)) < 900


def test_short_question_leaves_its_room_to_the_answer(encoder):
    (example,) = encoder.encode([("네", "배송 " * 300)])
    assert len(example.input_ids) == 64
    assert example.answer_start < 5


def test_empty_question_and_answer(encoder):
    (example,) = encoder.encode([("", "")])
    assert example.input_ids == [USR, SYS, END]
    assert example.labels == [IGNORED_LABEL, IGNORED_LABEL, END]


@pytest.mark.parametrize(("index", "placeholder"), list(enumerate(PLACEHOLDERS.values(), start=1)))
def test_each_placeholder_is_one_token_of_its_own(encoder, tokenizer, index, placeholder):
    (example,) = encoder.encode([("네", f"{placeholder}")])
    expected = tokenizer.convert_tokens_to_ids(f"<unused{index}>")
    assert example.labels[-2:] == [expected, END]


@pytest.mark.parametrize(
    "text",
    [
        "첫 줄\n둘째 줄",
        "첫 줄\n\n셋째 줄",
        "번호는 #@전화번호#로 알려 주세요.",
        "번호는 #@전화번호# 로 알려 주세요.",
        "#@이메일##@전화번호# 두 가지",
        "#@이름#님과 #@이름2#님, #@이름9# 님",
        "#@계좌번호#",
        "목록:\n- #@카드번호#\n- 네",
        "꺾쇠 < 와 > 는 그대로",
        "#@전화 는 자리표시가 아닙니다",
        "ㅋㅋㅋ 100% (A/S) ㅠㅠ",
    ],
)
def test_answer_text_survives(encoder, text):
    (example,) = encoder.encode([("네", text)])
    assert encoder.decode(example.input_ids[example.answer_start :]) == text


def test_a_numbered_placeholder_is_its_type_and_its_number(encoder, tokenizer):
    (example,) = encoder.encode([("네", "#@이름2#")])
    expected = tokenizer.convert_tokens_to_ids(["<unused8>", "<unused92>"])
    assert example.labels[-3:] == [*expected, END]


@pytest.mark.parametrize("number", ["10", "123"])
def test_numbers_past_nine_share_the_last_token(encoder, number):
    (example,) = encoder.encode([("네", f"#@전화번호{number}#로")])
    assert encoder.decode(example.input_ids[example.answer_start :]) == "#@전화번호9#로"


def test_a_number_without_a_placeholder_is_dropped(encoder, tokenizer):
    ids = tokenizer.convert_tokens_to_ids(["<unused92>", "<unused1>", "<unused93>", "<unused94>"])
    assert encoder.decode(ids) == "#@전화번호3#"


@pytest.mark.parametrize("token", ["</s>", "<usr>", "<sys>", "<pad>", "<unused1>", "<unused50>"])
def test_control_tokens_typed_by_a_person_stay_text(encoder, tokenizer, token):
    (example,) = encoder.encode([(f"가 {token} 나", f"다 {token} 라")])
    harmless = example.input_ids[1 : example.answer_start - 1]
    harmless += example.input_ids[example.answer_start : -1]
    assert tokenizer.convert_tokens_to_ids(token) not in harmless


def test_decode_hides_control_and_unassigned_tokens(encoder, tokenizer):
    ids = tokenizer.encode("네", add_special_tokens=False)
    unassigned = tokenizer.convert_tokens_to_ids("<unused50>")
    assert encoder.decode([USR, *ids, unassigned, SYS, END, 3]) == "네"


def test_emoji_that_is_a_special_token_is_kept(tokenizer):
    """KoGPT2 lists emoji among its special tokens; skipping special tokens would eat them."""
    emoji = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(tokenizer.backend_tokenizer.to_str()),
        **tokenizer.special_tokens_map,
    )
    emoji.backend_tokenizer.add_special_tokens(["😀"])
    encoder = ExampleEncoder(emoji, 64)
    (example,) = encoder.encode([("네", "감사합니다 😀")])
    assert encoder.decode(example.input_ids[example.answer_start :]) == "감사합니다 😀"


def test_plain_template_for_other_tokenizers(plain_tokenizer):
    encoder = ExampleEncoder(plain_tokenizer, 256)
    (example,) = encoder.encode([("배송은?", "내일\n#@전화번호#로 <|endoftext|>")])
    assert plain_tokenizer.decode(example.input_ids[: example.answer_start]) == (
        "질문: 배송은?\n답변:"
    )
    end = plain_tokenizer.eos_token_id
    assert example.input_ids.count(end) == 1
    assert example.labels[-1] == end
    assert encoder.decode(example.input_ids[example.answer_start :]) == (
        "내일\n#@전화번호#로 < |endoftext|>"
    )


def test_example_keeps_its_text_out_of_repr():
    assert "12345" not in repr(Example([12345], 0, 1))


def chat_prompt(tokenizer, question):
    turns = [{"role": "user", "content": question}]
    return tokenizer.apply_chat_template(turns, add_generation_prompt=True, enable_thinking=False)[
        "input_ids"
    ]


@pytest.mark.parametrize("template", [CHATML, SYSTEM, BRACKETS, THINKING])
@pytest.mark.parametrize("question", ["배송 언제 되나요?", "첫 줄\n둘째 줄", "?", ""])
def test_a_chat_prompt_is_what_the_template_makes_of_the_question(template, question):
    tokenizer = byte_level(CONTROL, template)
    encoder = ExampleEncoder(tokenizer, 512)
    assert encoder.template.startswith("chat-")
    assert encoder.prompt(question, max_tokens=512) == chat_prompt(tokenizer, question)
    (example,) = encoder.encode([(question, "네.\n내일 갑니다.")])
    assert example.input_ids[: example.answer_start] == chat_prompt(tokenizer, question)
    assert encoder.decode(example.input_ids[example.answer_start :]) == "네.\n내일 갑니다."
    assert example.characters == len("네.\n내일 갑니다.")


@pytest.mark.parametrize(
    ("template", "end"),
    [
        (CHATML, "<|im_end|>"),
        (SYSTEM, "<|im_end|>"),
        (BRACKETS, "<|endoftext|>"),
        (BRACKETS.replace("{{ eos_token }}", ""), "<|endoftext|>"),
        (BRACKETS.replace("{{ eos_token }}", " \n<|im_end|><|endoftext|>"), "<|im_end|>"),
    ],
)
def test_a_chat_answer_ends_as_the_template_ends_it(template, end):
    tokenizer = byte_level(CONTROL, template)
    encoder = ExampleEncoder(tokenizer, 512)
    (example,) = encoder.encode([("배송은?", "네.")])
    answer = tokenizer.encode("네.", add_special_tokens=False)
    assert encoder.end_id == tokenizer.convert_tokens_to_ids(end)
    assert [label for label in example.labels if label != IGNORED_LABEL] == [
        *answer,
        encoder.end_id,
    ]


def test_a_long_chat_question_is_cut_on_its_left_and_the_template_stays():
    tokenizer = byte_level(CONTROL, SYSTEM)
    encoder = ExampleEncoder(tokenizer, 512)
    prompt = encoder.prompt("배송 " * 400 + "언제 되나요?", max_tokens=256)
    assert len(prompt) == 256
    empty = chat_prompt(tokenizer, "")
    head = chat_prompt(tokenizer, "QQ").index(tokenizer.convert_tokens_to_ids("Q"))
    assert prompt[:head] == empty[:head]
    text = tokenizer.decode(prompt)
    assert text.endswith("배송 언제 되나요?<|im_end|>\n<|im_start|>assistant\n")
    (example,) = encoder.encode([("언제 " * 100, "배송 " * 300)])
    assert len(example.input_ids) == 512
    assert encoder.end_id not in example.labels
    assert example.input_ids[:head] == empty[:head]


def test_control_tokens_typed_into_a_chat_stay_text():
    tokenizer = byte_level(CONTROL, CHATML)
    encoder = ExampleEncoder(tokenizer, 512)
    honest, typed = encoder.encode([("가 나", "다 라"), ("가 <|im_end|> 나", "다 <|im_start|> 라")])
    for token in CONTROL:
        token_id = tokenizer.convert_tokens_to_ids(token)
        assert typed.input_ids.count(token_id) == honest.input_ids.count(token_id)
    assert (
        encoder.decode(typed.input_ids) == "user\n가 < |im_end|> 나\nassistant\n다 < |im_start|> 라"
    )


def test_a_chat_model_with_unused_tokens_keeps_its_own_newline():
    unused = [f"<unused{index}>" for index in range(100)]
    tokenizer = byte_level([*CONTROL, *unused], CHATML)
    (example,) = ExampleEncoder(tokenizer, 512).encode([("네", "한 줄\n#@이름#")])
    assert not set(tokenizer.convert_tokens_to_ids(unused)) & set(example.input_ids)


@pytest.mark.parametrize(
    ("asked", "used"), [("auto", "kogpt2"), ("kogpt2", "kogpt2"), ("plain", "plain")]
)
def test_the_template_in_use_has_a_name(tokenizer, asked, used):
    assert ExampleEncoder(tokenizer, 64, template=asked).template == used


def test_chat_templates_that_differ_have_names_that_differ():
    names = {ExampleEncoder(byte_level(CONTROL, t), 512).template for t in (CHATML, SYSTEM)}
    names |= {ExampleEncoder(byte_level(CONTROL), 512).template}
    names |= {ExampleEncoder(byte_level(CONTROL, CHATML), 512, template="plain").template}
    assert len(names) == 3
    assert "plain" in names


def test_plain_words_on_kogpt2_keep_its_placeholders(tokenizer):
    encoder = ExampleEncoder(tokenizer, 64, template="plain")
    (example,) = encoder.encode([("배송은?", "첫 줄\n#@이름2#")])
    assert USR not in example.input_ids
    assert encoder.decode(example.input_ids[: example.answer_start]).startswith("질문: 배송은?")
    assert encoder.decode(example.input_ids[example.answer_start :]) == "첫 줄\n#@이름2#"


@pytest.mark.parametrize("asked", ["chat", "kogpt2"])
def test_a_template_that_the_tokenizer_lacks_is_refused(plain_tokenizer, asked):
    with pytest.raises(BaseModelError, match=asked):
        ExampleEncoder(plain_tokenizer, 64, template=asked)


@pytest.mark.parametrize(
    "template",
    [
        "{{ raise_exception('no') }}",
        "{% if",
        "{{ messages[1].content }}",
        "{% for turn in messages if turn.role == 'user' %}{{ turn.content }}{% endfor %}",
        "always the same",
    ],
)
def test_a_chat_template_that_cannot_be_used_is_refused(template):
    with pytest.raises(BaseModelError, match=r"chat template|채팅 템플릿"):
        ExampleEncoder(byte_level(CONTROL, template), 512)


def test_a_template_that_leaves_no_room_is_refused():
    with pytest.raises(BaseModelError, match="max_example_tokens"):
        ExampleEncoder(byte_level(CONTROL, SYSTEM), 64)
