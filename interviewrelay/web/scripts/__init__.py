"""Pages and API of scripts: edit, compare, try out."""
