"""What a record is: its fields, their kinds and words, as models. Imports only the modules beside the packages."""
