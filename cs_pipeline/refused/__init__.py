"""Why rows were refused, and the form of the workbook in which they go out and come back."""
