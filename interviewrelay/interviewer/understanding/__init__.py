"""Understanding: what one answer shows, means and covers."""
