"""Files as they come: what they really are, passwords, and reading workbooks apart from this process."""
