"""Numbers told by their digits: phones, registrations, cards, accounts."""
