"""What the commands of `cli/base.py` say."""

from cs_pipeline.language import Words

FOLDER = Words(ko="기반 모델 폴더", en="Folder of a base model")

NAME = Words(ko="저장소에서의 이름 (기본: 폴더 이름)", en="Name in the store (default: folder's)")


def pushed(base_model: str, size_bytes: int) -> Words:
    """How much was uploaded, and how the base model is named."""
    return Words(
        ko=(
            f"{base_model}: {size_bytes:,}바이트를 올렸습니다. `--base-model {base_model}`로 "
            "씁니다."
        ),
        en=(
            f"{base_model}: {size_bytes:,} bytes uploaded. Use it with `--base-model {base_model}`."
        ),
    )


GROUP = Words(ko="저장소의 기반 모델", en="Base models in the store")


HELP = {
    "push": "기반 모델을 한국어로 확인한 뒤, 허브를 쓸 수 없는 학습기를 위해 저장소에 올립니다.",
}
"""Korean help of each command; the English is its docstring."""
