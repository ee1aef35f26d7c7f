"""Results of a study: routes of the API and the pages."""
