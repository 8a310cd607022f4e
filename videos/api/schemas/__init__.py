"""What requests and answers are made of, in the vendors' own words."""
