"""The body chart: the drawn figure and its zones, and how a painted pain map becomes answers.

`load_chart` reads the figure; `pain_map_from_json` a painting; `read_painting` says which findings it supports;
`likeliest` which pain maps it is like.
"""
