"""What is wrong with a base model, and what to do."""

from cs_pipeline.errors import BaseModelError, GpuMemoryError, SettingsError
from cs_pipeline.language import Words


def no_peft() -> SettingsError:
    """The extra `lora` is not installed."""
    return SettingsError(
        ko=(
            "이 레시피의 lora에는 peft가 필요합니다. `pip install 'cs-pipeline[lora]'`로 "
            "설치하거나 레시피에서 lora를 빼세요."
        ),
        en=(
            "This recipe's `lora` needs peft. Install it with `pip install "
            "'cs-pipeline[lora]'`, or take `lora` out of the recipe."
        ),
    )


def no_such_layers(named: str) -> SettingsError:
    """LoRA has nothing to adapt."""
    return SettingsError(
        ko=(
            f"기반 모델에 lora.target_modules({named})의 층이 없습니다. 비워 두면 모든 선형 "
            "층에 붙입니다."
        ),
        en=(
            f"The base model has no layers of lora.target_modules ({named}). Left empty, all "
            "linear layers get an adapter."
        ),
    )


def no_folder(base: str) -> BaseModelError:
    """A path without a base model."""
    return BaseModelError(
        ko=f"기반 모델 폴더 {base}이(가) 없습니다. 경로를 확인하세요.",
        en=f"There is no base model folder {base}. Check the path.",
    )


def closed(base: str, name: str, user_id: int) -> BaseModelError:
    """A folder, or a file in it, that this user may not read."""
    return BaseModelError(
        ko=(
            f"{base}의 {name}을(를) 읽을 권한이 없습니다 (uid {user_id}). 소유자가 "
            f"`chmod -R a+rX {base}`로 열어 주세요."
        ),
        en=(
            f"User {user_id} may not read {name} of {base}. Its owner opens it with `chmod -R a+rX "
            f"{base}`."
        ),
    )


def no_store(base: str) -> BaseModelError:
    """A base model of a store that is not set."""
    return BaseModelError(
        ko=f"{base}은(는) 저장소에 있는 기반 모델입니다. CS_PIPELINE_STORE를 지정하세요.",
        en=f"{base} is a base model in the store. Set CS_PIPELINE_STORE.",
    )


def not_fetched(base: str, kind: str, copy: str) -> BaseModelError:
    """The hub is out of reach, or has no such model."""
    return BaseModelError(
        ko=(
            f"기반 모델 {base}을(를) Hugging Face에서 받을 수 없습니다 ({kind}). 이름과 "
            f"네트워크를 확인하세요. 네트워크가 되는 컴퓨터에서 `{copy}`로 받은 폴더를 옮겨 와 "
            "`CS_PIPELINE_BASE_MODEL=/path/kogpt2` 또는 `--base-model /path/kogpt2`로 지정할 "
            "수도 있습니다."
        ),
        en=(
            f"The base model {base} cannot be fetched from Hugging Face ({kind}). Check its "
            f"name and the network. Or run `{copy}` on a machine with network, bring the folder "
            "over and point at it with `CS_PIPELINE_BASE_MODEL=/path/kogpt2` or `--base-model "
            "/path/kogpt2`."
        ),
    )


def renumbered(base: str) -> BaseModelError:
    """KoGPT2's tokenizer with other ids."""
    return BaseModelError(
        ko=(
            f"{base}의 토크나이저가 KoGPT2의 것과 번호가 다릅니다. 파일이 바뀌었거나 "
            "손상되었습니다. 모델을 다시 내려받으세요."
        ),
        en=(
            f"The tokenizer of {base} numbers its tokens differently from KoGPT2's: the file "
            "was changed or damaged. Download the model again."
        ),
    )


def loses_korean(base: str) -> BaseModelError:
    """A tokenizer without Korean."""
    return BaseModelError(
        ko=(
            f"{base}의 토크나이저가 한국어 문장을 되살리지 못합니다. 한국어를 지원하는 기반 "
            "모델을 쓰거나 tokenizer.json이 온전한지 확인하세요."
        ),
        en=(
            f"The tokenizer of {base} does not give Korean text back. Use a base model that "
            "supports Korean, or check that its tokenizer.json is intact."
        ),
    )


def no_end_token(base: str) -> BaseModelError:
    """A tokenizer that cannot end an answer."""
    return BaseModelError(
        ko=(
            f"{base}의 토크나이저에 문장 끝 토큰이 없거나 채움 토큰과 같습니다. "
            "tokenizer_config.json의 eos_token과 pad_token을 고치세요."
        ),
        en=(
            f"The tokenizer of {base} has no end token, or pads with it. Correct eos_token and "
            "pad_token in its tokenizer_config.json."
        ),
    )


def ids_too_high(base: str, highest: int, rows: int) -> BaseModelError:
    """A tokenizer of another model."""
    return BaseModelError(
        ko=(
            f"{base}의 토크나이저가 모델에 없는 번호를 씁니다 (최대 {highest}, 모델 {rows}개). "
            "토크나이저와 가중치가 같은 모델의 것인지 확인하세요."
        ),
        en=(
            f"The tokenizer of {base} uses ids that the model lacks (up to {highest}, the model "
            f"has {rows}). Check that tokenizer and weights belong together."
        ),
    )


WEIGHTS = Words(ko="가중치", en="weights")
TOKENIZER = Words(ko="토크나이저", en="tokenizer")


def unreadable(base: str, part: Words, kind: str) -> BaseModelError:
    """A part of the base model that cannot be loaded."""
    return BaseModelError(
        ko=f"{base}의 {part.ko}을(를) 읽을 수 없습니다 ({kind}). 파일이 모두 온전한지 확인하세요.",
        en=f"The {part.en} of {base} cannot be read ({kind}). Check that its files are complete.",
    )


def gpu_memory() -> GpuMemoryError:
    """Even one row at a time does not fit."""
    return GpuMemoryError(
        ko=(
            "GPU 메모리가 부족하고, 한 번에 처리하는 행을 더 줄일 수 없습니다. 레시피의 "
            "max_example_tokens(GPU가 여럿이면 batch_tokens도)를 줄이거나, LoRA 또는 더 작은 "
            "기반 모델로 다시 실행하세요."
        ),
        en=(
            "The GPU ran out of memory and its passes cannot be made smaller. Lower "
            "max_example_tokens in the recipe (with several GPUs, batch_tokens too), or run "
            "again with LoRA or a smaller base model."
        ),
    )


def vocabulary_too_small(vocab_size: int, least: int) -> SettingsError:
    """Fewer tokens than the alphabet needs."""
    return SettingsError(
        ko=f"어휘 크기 {vocab_size}(은)는 한글을 담기에 작습니다. {least} 이상으로 지정하세요.",
        en=f"A vocabulary of {vocab_size} cannot hold the Korean alphabet. Use at least {least}.",
    )
