"""What is wrong with a model of personal data, and what to do."""

from pathlib import Path

from cs_pipeline.errors import SettingsError


def no_offsets(folder: Path) -> SettingsError:
    """A slow tokenizer."""
    return SettingsError(
        ko=(
            f"{folder}의 토크나이저는 글자 위치를 알려 주지 않습니다. tokenizer.json이 있는 "
            "(fast 토크나이저) 모델을 쓰세요."
        ),
        en=(
            f"The tokenizer of {folder} gives no character offsets. Use a model with a "
            "tokenizer.json (a fast tokenizer)."
        ),
    )


def loses_korean(folder: Path) -> SettingsError:
    """A tokenizer without Korean."""
    return SettingsError(
        ko=(
            f"{folder}의 토크나이저가 한국어 문장을 읽지 못합니다. 한국어 모델을 쓰거나 "
            "tokenizer.json이 온전한지 확인하세요."
        ),
        en=(
            f"The tokenizer of {folder} cannot read Korean text. Use a Korean model, or check "
            "that its tokenizer.json is intact."
        ),
    )


def no_config(folder: Path) -> SettingsError:
    """A folder without a model."""
    return SettingsError(
        ko=(
            f"개인정보 모델 폴더 {folder}에 config.json이 없습니다. save_pretrained로 저장한 "
            "토큰 분류 모델 폴더를 지정하세요. 내려받지는 않습니다."
        ),
        en=(
            f"The folder {folder} of the PII model holds no config.json. Name a local folder "
            "that holds a token-classification model as save_pretrained writes it; nothing is "
            "downloaded."
        ),
    )


def unreadable(folder: Path, kind: str) -> SettingsError:
    """A model that cannot be loaded."""
    return SettingsError(
        ko=(
            f"개인정보 모델 {folder}을(를) 읽을 수 없습니다 ({kind}). 토큰 분류 모델인지, "
            "가중치와 토크나이저 파일이 모두 온전한지 확인하세요."
        ),
        en=(
            f"The PII model {folder} cannot be read ({kind}). Check that it is a "
            "token-classification model and that its weights and tokenizer files are complete."
        ),
    )


def weights_missing(folder: Path) -> SettingsError:
    """A model without its classification head."""
    return SettingsError(
        ko=(
            f"개인정보 모델 {folder}의 가중치에 빠진 부분이 있습니다. 토큰 분류로 학습을 마친 "
            "모델인지 확인하세요."
        ),
        en=(
            f"The weights of the PII model {folder} are incomplete. Check that the model was "
            "trained for token classification."
        ),
    )


def wrong_label_map(folder: Path, types: str) -> SettingsError:
    """A map to types that there are not."""
    return SettingsError(
        ko=(
            f"{folder}/config.json의 pii_label_map이 올바르지 않습니다. 라벨마다 다음 유형 중 "
            f"하나를 적으세요: {types}."
        ),
        en=(
            f"pii_label_map in {folder}/config.json is wrong. Give each label one of the "
            f"types {types}."
        ),
    )


def unknown_labels(folder: Path) -> SettingsError:
    """Labels that mean nothing here."""
    return SettingsError(
        ko=(
            f"개인정보 모델 {folder}의 라벨 중 아는 것이 없습니다. config.json에 "
            '"pii_label_map": {"PS": "NAME"}처럼 라벨과 유형을 적으세요.'
        ),
        en=(
            f"None of the labels of the PII model {folder} is known. Add a map from labels to "
            'types such as "pii_label_map": {"PS": "NAME"} to its config.json.'
        ),
    )
