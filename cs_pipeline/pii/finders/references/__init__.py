"""A person's numbers at somebody's: orders, parcels, memberships, documents, devices."""
