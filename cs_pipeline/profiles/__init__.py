"""The shape of data without its text, and how far two shapes lie apart."""
