"""What the page itself says: headings, buttons, states. `{name}` stands for a value.

No Korean particle follows a value: which one fits, nobody knows here.
"""

from cs_pipeline.language import Words
from cs_pipeline.ops.labels import answers, decide, erasure, files, models, now, runs, shell

_TOPICS = (shell, now, decide, models, answers, runs, files, erasure)
LABELS: dict[str, Words] = {name: words for topic in _TOPICS for name, words in topic.WORDS.items()}
"""By the name under which the page asks for it."""
