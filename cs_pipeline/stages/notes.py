"""Words of a person about a run: refused before it starts where they hold personal data."""

from cs_pipeline.stages import wording
from cs_pipeline.stages.installation import Installation


def check_note(installation: Installation, note: str) -> None:
    """Raises `SettingsError` where the note of a run holds personal data; its text is not told.

    The form's text lies in the scheduler's database by then; the message says so.
    """
    if note and installation.mask_text(note) != note:
        raise wording.personal_note()
