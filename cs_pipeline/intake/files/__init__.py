"""Files as they come: what they really are, passwords, and reading them in a process apart."""
