"""Models side by side: trained on the same data, tuned, and judged by people."""
