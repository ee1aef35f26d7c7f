"""Operations: health, consistency checks, keys and maintenance."""
