"""How the reading process says that it refuses a file."""


class ReaderProblem(Exception):
    """The file is refused. `explanation` names one of the texts of `intake.refusals`.

    `details` fill the text's gaps: a line number, a cell's address. Never a cell's value.
    """

    def __init__(self, explanation: str, **details: str | int) -> None:
        super().__init__(explanation)
        self.explanation = explanation
        self.details = details
