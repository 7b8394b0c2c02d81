"""What finds each family of personal data in normalised text: `find(text)` of each room."""
