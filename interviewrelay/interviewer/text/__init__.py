"""Text: tokens, sentences, stems, typing slips and word lists of any language."""
