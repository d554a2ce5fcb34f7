/** Directives whose body is code, or text in another language. */
export const VERBATIM =
  /^(?:code|code-block|code-cell|sourcecode|parsed-literal|literalinclude|highlight|raw|math|mermaid|graphviz|digraph|graph|uml|plantuml|eval-rst|toctree|csv-table|productionlist|doctest|testcode|testoutput|testsetup|ipython3?|jupyter-execute|click|contents|raw-html|css|tableofcontents|bibliography|include|image|autosummary|exec-\w+|jinja|datatemplate\S*|list-table-code)$/

/** Directives whose body is Markdown. */
export const OF_MARKDOWN =
  /^(?:note|warning|tip|hint|important|caution|danger|error|attention|admonition|seealso|todo|version(?:added|changed|removed)|deprecated|figure|figure-md|subfigure|table|list-table|margin|sidebar|aside|topic|epigraph|highlights|pull-quote|compound|container|div|only|hlist|centered|rubric|glossary|grid|grid-item|grid-item-card|card|card-carousel|dropdown|toggle|collapse|details|tab-set|tab-item|tabs|tab|group-tab|tabbed|panels|exercise|exercise-start|solution|solution-start|(?:prf|proof):\w+|confval|option|envvar|(?:py|js|c|cpp|rst):\w+|function|class|method|attribute|data|exception)$/

/** Directives without references of Markdown, such as code; those in included files are those of their pages. */
export const WITHOUT_REFERENCES =
  /^(?:code|code-block|code-cell|sourcecode|literalinclude|highlight|raw|math|mermaid|graphviz|digraph|graph|uml|plantuml|eval-rst|toctree|productionlist|doctest|testcode|testoutput|testsetup|ipython3?|click|contents|css|tableofcontents|bibliography|include|image|autosummary)$/

/** Directives whose argument is Markdown, too. */
export const WITH_TITLE =
  /^(?:note|warning|tip|hint|important|caution|danger|error|attention|admonition|seealso|todo|version(?:added|changed|removed)|deprecated|sidebar|topic|rubric|card|grid-item-card|dropdown|toggle|tab-item|tab|table|list-table|centered)$/

/** Directives whose argument is an image. */
export const OF_IMAGES = /^(?:figure|image)$/
