"""What the tests share beside fixtures: the invented records, programs that they start, the browser, the site."""
