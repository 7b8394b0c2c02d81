"""The word lists of this room; what each of them holds is said in its file."""

from pathlib import Path

from cs_pipeline.pii.word_lists import WordLists

_HERE = Path(__file__).parent

SURNAMES = WordLists(_HERE / "surnames.txt")
GIVEN_NAMES = WordLists(_HERE / "given_names.txt")
SYLLABLES = WordLists(_HERE / "syllables.txt")
WORDS = WordLists(_HERE / "words.txt")
LABELS = WordLists(_HERE / "labels.txt")
FOREIGN_NAMES = WordLists(_HERE / "foreign_names.txt")
ROMAN_NAMES = WordLists(_HERE / "roman_names.txt")
EVERYDAY_WORDS = WordLists(_HERE / "everyday_words.txt")
WORD_NAMES = WordLists(_HERE / "word_names.txt")
