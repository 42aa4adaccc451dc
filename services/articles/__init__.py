"""What a service's page says of the record alone: drawn once when it is published, not for each who reads first."""
