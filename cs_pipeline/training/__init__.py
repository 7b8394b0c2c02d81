"""Fine-tune a base model and measure what came out."""
