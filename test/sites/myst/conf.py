# What is written here is read, never run.
project = 'Lamps'
extensions = [
    'myst_parser',  # reads Markdown
]
exclude_patterns = ['_build', 'excluded', 'parts/*.md']
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]
html_theme = 'basic'
