"""Golden questions: a site's YAML of questions, and whether an answer meets one."""

from cs_pipeline.golden.questions import load_golden_questions, questions_sha256
from cs_pipeline.golden.verdicts import measured, meets

__all__ = ["load_golden_questions", "measured", "meets", "questions_sha256"]
