"""Understanding: what one answer shows, means and covers. `state` folds it over the interview."""
