"""Operations: health, consistency checks, key rotation, maintenance and organizations."""
