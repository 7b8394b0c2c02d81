"""Passwords, codes and login ids."""
