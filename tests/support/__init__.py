"""What the tests share beside fixtures: the invented records, programs that are started, the browser, the built site."""
