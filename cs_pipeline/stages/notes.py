"""Words of a person about a run: refused before it starts where they hold personal data."""

from cs_pipeline.errors import SettingsError
from cs_pipeline.stages.installation import Installation


def check_note(installation: Installation, note: str) -> None:
    """Raises `SettingsError` where the note of a run holds personal data; its text is not told.

    The form's text lies in the scheduler's database by then; the message says so.
    """
    if note and installation.mask_text(note) != note:
        raise SettingsError(
            ko="메모에 개인정보로 보이는 글이 있어 시작하지 않았습니다. 전화번호, 이름 등을 빼고 "
            "다시 실행하세요. 양식에 적은 메모는 Airflow의 데이터베이스에 남으니, 이 실행을 "
            "Airflow에서 지우세요.",
            en="The note holds what looks like personal data, so the run was not started. Leave "
            "out phone numbers, names and the like and run again. A note in the form stays in "
            "Airflow's database: delete this run there.",
        )
