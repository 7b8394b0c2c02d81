"""How a model is fine-tuned: presets, a site's own files, and what they may say."""
