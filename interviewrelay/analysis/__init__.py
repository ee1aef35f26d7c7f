"""Pure analysis of interviews and scripts: functions from frozen values to frozen values."""
