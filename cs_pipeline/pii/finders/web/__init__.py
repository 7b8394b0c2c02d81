"""E-mail addresses, links and IP addresses."""
