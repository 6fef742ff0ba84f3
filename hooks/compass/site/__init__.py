"""Records → pages and all other files of the site. Imports every package but `authoring`."""
