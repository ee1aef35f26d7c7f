"""Parts of pages: charts, navigation, formatting."""
