"""Find and mask personal data in Korean text."""

from cs_pipeline.pii.detector import Detector, PiiContext, SpanFinder, find_spans
from cs_pipeline.pii.masker import mask_text
from cs_pipeline.records import PiiSpan

__all__ = ["Detector", "PiiContext", "PiiSpan", "SpanFinder", "find_spans", "mask_text"]
