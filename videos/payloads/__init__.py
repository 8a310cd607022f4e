"""Videos and songs as the vendors' JSON, for responses of our API and for webhooks."""
