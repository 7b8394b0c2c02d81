"""A site's golden questions, as every candidate is asked them."""

from cs_pipeline.golden import load_golden_questions
from cs_pipeline.records import GoldenQuestion
from cs_pipeline.stages.installation import Installation


def golden_questions(installation: Installation) -> tuple[GoldenQuestion, ...]:
    """The questions of the settings' file, masked; none where no file is named.

    Raises:
        SettingsError: the file cannot be read, or an entry is wrong.
    """
    path = installation.settings.golden_questions
    return load_golden_questions(path, installation.mask_text) if path else ()
