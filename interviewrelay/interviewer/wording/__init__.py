"""Wording: the interviewer's phrases, and the rules of style that every question keeps."""
