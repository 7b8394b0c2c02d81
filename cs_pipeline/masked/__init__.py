"""What stands for personal data once it is masked: placeholders, and digests of the values."""
