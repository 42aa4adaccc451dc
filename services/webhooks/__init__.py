"""Other systems are told of each change of the charter, by Standard Webhooks (standardwebhooks.com)."""
