"""What is wrong with rows and prompts, and what to do."""

from pathlib import Path

from cs_pipeline.errors import BaseModelError, DatasetError


def no_file(path: Path) -> DatasetError:
    """A CSV is missing."""
    return DatasetError(
        ko=f"학습 데이터 파일 {path}이(가) 없습니다. 데이터셋을 다시 만드세요.",
        en=f"There is no dataset file {path}. Build the dataset again.",
    )


def changed(train: Path, val: Path, version: str) -> DatasetError:
    """CSVs that are not the version's."""
    return DatasetError(
        ko=(
            f"{train}과(와) {val}이(가) 데이터셋 {version}의 내용과 다릅니다. 데이터셋을 다시 "
            "만든 뒤 학습하세요."
        ),
        en=(
            f"{train} and {val} are not what dataset {version} says. Build the dataset again, "
            "then train."
        ),
    )


def no_rows(train: Path) -> DatasetError:
    """An empty training side."""
    return DatasetError(
        ko=f"{train}에 학습할 행이 없습니다. 엑셀 파일을 더 넣은 뒤 다시 실행하세요.",
        en=f"{train} has no rows to train on. Add exports and run again.",
    )


def no_columns(path: Path) -> DatasetError:
    """A CSV without its columns."""
    return DatasetError(
        ko=f"{path}에 input, output 열이 없거나 CSV가 깨졌습니다. 데이터셋을 다시 만드세요.",
        en=f"{path} has no columns input and output, or is broken. Build the dataset again.",
    )


def damaged_context(path: Path, number: int) -> DatasetError:
    """A context that is not a list of turns."""
    return DatasetError(
        ko=(
            f"{path} {number}행의 context 열이 깨졌습니다. 질문과 답변이 번갈아 나오는 JSON "
            "목록이어야 합니다. 데이터셋을 다시 만드세요."
        ),
        en=(
            f"{path}, row {number}: the column context is damaged. It must hold a JSON list of "
            "questions and answers in turn. Build the dataset again."
        ),
    )


def lacks_template(name: str, template: str) -> BaseModelError:
    """A template that the tokenizer cannot spell."""
    return BaseModelError(
        ko=(
            f"{name}의 토크나이저에는 {template} 템플릿에 필요한 것이 없습니다. 레시피의 "
            "template을 auto로 바꾸세요."
        ),
        en=(
            f"The tokenizer of {name} lacks what the template {template} needs. Set `template: "
            "auto` in the recipe."
        ),
    )


def cannot_hold_context(base: str, earlier: int) -> BaseModelError:
    """A chat template without earlier exchanges."""
    return BaseModelError(
        ko=(
            f"{base}의 채팅 템플릿으로 이전 대화 {earlier}쌍을 쓸 수 없습니다. "
            "CS_PIPELINE_CONTEXT_TURNS를 0으로 하거나 레시피의 template을 plain으로 바꾸세요."
        ),
        en=(
            f"The chat template of {base} cannot hold {earlier} earlier exchange(s). Set "
            "CS_PIPELINE_CONTEXT_TURNS to 0, or `template: plain` in the recipe."
        ),
    )


def cannot_ask(base: str) -> BaseModelError:
    """A chat template without room for question and answer."""
    return BaseModelError(
        ko=(
            f"{base}의 채팅 템플릿으로 질문 하나와 답변을 쓸 수 없습니다. 레시피의 template을 "
            "plain으로 바꾸거나 다른 기반 모델을 쓰세요."
        ),
        en=(
            f"The chat template of {base} cannot hold one question and its answer. Set "
            "`template: plain` in the recipe, or use another base model."
        ),
    )


def little_room(frame_tokens: int, max_tokens: int) -> BaseModelError:
    """A long template, or short examples."""
    return BaseModelError(
        ko=(
            f"템플릿만으로 {max_tokens}토큰 가운데 {frame_tokens}토큰을 차지해 질문과 답변의 "
            "자리가 모자랍니다. 레시피의 max_example_tokens를 늘리거나 template을 plain으로 "
            "바꾸세요."
        ),
        en=(
            f"The template alone takes {frame_tokens} of {max_tokens} tokens, which leaves "
            "little room for question and answer. Raise `max_example_tokens` in the recipe, or "
            "set `template: plain`."
        ),
    )
