"""Find and mask personal data in Korean text."""

from cs_pipeline.pii.detector import PiiSpan, find_spans
from cs_pipeline.pii.masker import mask_text

__all__ = ["PiiSpan", "find_spans", "mask_text"]
