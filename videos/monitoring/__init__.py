"""What operators see: metrics, the numbers of the admin's start page, mails about errors."""
