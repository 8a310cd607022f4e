"""Programs that draw pictures of the looks, for the documentation and for the form."""
