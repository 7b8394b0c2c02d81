"""The Airflow side: the inbox trigger, the train operator, and tasks that call the stages."""
