"""What the command line says, in Korean and in English: one module per module of commands."""
