"""What Airflow and a trainer exchange through an object store: keys, requests, leases, files."""
