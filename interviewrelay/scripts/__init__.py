"""Scripts: interview guides, their versions and files. The interviewer reads one as a
`interviewer.guide.Guide`.
"""
