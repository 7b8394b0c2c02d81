"""What people read about settings as such; what a setting means is told where it is declared."""

from pathlib import Path

from cs_pipeline.errors import SettingsError
from cs_pipeline.language import LANGUAGE_VARIABLE, Words

INTRO = Words(
    ko=f"""# 설정

<!-- cs_pipeline/config에서 만든 파일입니다. 고치지 말고 `make docs`를 실행하세요. -->

환경 변수로 지정하며 시작할 때 검사합니다. 값이 잘못되면 변수 이름을 알려 주고 종료 코드 2로 끝납니다. 값은 보여 주지 않습니다. *가 붙은 설정은 Airflow 실행 화면이나 `cs-pipeline run`의 옵션으로 실행마다 바꿀 수 있습니다. `{LANGUAGE_VARIABLE}`는 메시지와 보고서의 언어입니다: `ko`(기본값) 또는 `en`.""",  # noqa: E501  # a paragraph of Markdown is one line
    en=f"""# Settings

<!-- Made from cs_pipeline/config; do not edit, run `make docs`. -->

Environment variables, checked at start. A wrong value ends with exit code 2 and names its variable, never the value. What is marked with * can also be set for a single run, in the Airflow form or as an option of `cs-pipeline run`. `{LANGUAGE_VARIABLE}` is the language of messages and reports: `ko` (default) or `en`.""",  # noqa: E501  # a paragraph of Markdown is one line
)
COLUMNS = Words(
    ko="| 변수 | 종류 | 기본값 | 허용되는 값 | 뜻 |\n|---|---|---|---|---|",
    en="| Variable | Type | Default | Allowed | Meaning |\n|---|---|---|---|---|",
)
NONE = Words(ko="없음", en="none")
KINDS = {
    "string": Words(ko="글자", en="text"),
    "path": Words(ko="경로", en="path"),
    "password": Words(ko="비밀", en="secret"),
    "number": Words(ko="수", en="number"),
    "integer": Words(ko="정수", en="whole number"),
    "object": Words(ko="JSON 객체", en="JSON object"),
    "boolean": Words(ko="`true`, `false`", en="`true`, `false`"),
}
LIST_OF = {
    "": Words(ko="JSON 목록", en="JSON list"),
    "password": Words(ko="비밀의 JSON 목록", en="JSON list of secrets"),
}

LENGTHS = {
    "minLength": Words(ko="길이 ≥ {}", en="length ≥ {}"),
    "maxLength": Words(ko="길이 ≤ {}", en="length ≤ {}"),
}


def wrong_values(problems: str) -> SettingsError:
    """Values that break a rule; `problems` names fields and rules, never a value."""
    return SettingsError(
        ko=f"설정 값이 올바르지 않습니다: {problems}. 값을 고친 뒤 다시 실행하세요.",
        en=f"A setting is not allowed: {problems}. Correct it and run again.",
    )


def no_secrets_dir(name: str, folder: str | Path) -> SettingsError:
    """The folder of secrets is not there."""
    return SettingsError(
        ko=f"{name}: {folder} 폴더가 없습니다. 만들거나 설정을 지우세요.",
        en=f"{name}: there is no folder {folder}. Make it, or remove the setting.",
    )


def no_such_setting(name: str, nearest: str | None) -> Words:
    """A variable with our prefix that is not a setting."""
    ko, en = _nearest(nearest)
    return Words(
        ko=f"{name}은(는) 없는 설정입니다.{ko} 지우거나 고친 뒤 다시 실행하세요.",
        en=f"There is no setting {name}.{en} Remove or correct it and run again.",
    )


def no_such_option(name: str, nearest: str | None) -> SettingsError:
    """A run is given an option that there is not."""
    ko, en = _nearest(nearest)
    return SettingsError(
        ko=f"실행 옵션 {name!r}이(가) 없습니다.{ko} 고친 뒤 다시 실행하세요.",
        en=f"A run has no option {name!r}.{en} Correct it and run again.",
    )


def _nearest(name: str | None) -> tuple[str, str]:
    return (f" 가장 가까운 것: {name}.", f" The nearest is {name}.") if name else ("", "")
