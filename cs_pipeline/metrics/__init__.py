"""Figures for Prometheus, computed when they are asked for; nothing is pushed."""

from cs_pipeline.metrics.exposition import CONTENT_TYPE, METRICS, Metric, Sample, exposition

__all__ = ["CONTENT_TYPE", "METRICS", "Metric", "Sample", "exposition"]
