"""Text processing: tokens, sentences, stems, typos and word lists of any language."""
