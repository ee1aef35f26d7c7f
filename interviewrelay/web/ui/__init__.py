"""User interface: charts, navigation, formatting."""
