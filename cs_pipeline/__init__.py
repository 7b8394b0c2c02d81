"""Retrain a Korean customer-service chatbot from the conversation exports that keep coming in."""

__version__ = "0.3.0"
