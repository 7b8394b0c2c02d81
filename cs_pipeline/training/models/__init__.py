"""Base models and tokenizers: loading, checking, saving, adapters."""
