import type {Page} from '../../../page/types.ts'

/** A cell of code that is run: ```` ```{python} ````, or in older form ```` ```{r fig-lamp, echo=FALSE} ````. */
const CELL = /^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{(\w+)(?:[ \t,] ?([\w.-]+)(=?))?/
/** The label of a cell: `#| label: fig-lamp`. */
const LABEL = /^[ \t>]*(?:#|\/\/|%%|--)\|[ \t]*label:[ \t]*["']?([\w.:-]+)/
/** The option by which the output of a cell is Markdown. */
const AS_IS =
  /^[ \t>]*(?:#|\/\/|%%|--)\|[ \t]*(?:output|results):[ \t]*["']?asis|results[ \t]*=[ \t]*["']asis/

/** Cells and their options that are kept as opaque content. */
export const CELLS =
  /^[ \t>]*(?:(?:`{3,}|~{3,})[ \t]*\{\w[^}\n]*\}|(?:#|\/\/|%%|--)\|[ \t]*(?:label|output|results):).*/gm

/** Diagrams are drawn in the browser. */
const DRAWN = /^(?:mermaid|dot|ojs)$/

/** Does a page have code that is run when it is rendered? */
export const hasCode = (page: Page | undefined): boolean =>
  page?.opaqueContent.some((content) => {
    const language = CELL.exec(content)?.[1]
    return language !== undefined && !DRAWN.test(language)
  }) ?? false

/** The labels of a page's cells, which are ids of what they show. */
export const labelsOf = ({opaqueContent}: Page): string[] =>
  opaqueContent.flatMap((content) => {
    const [, , label, equals] = CELL.exec(content) ?? []
    return LABEL.exec(content)?.[1] ?? (equals === '' ? label! : [])
  })

/** Is opaque content a cell, or an option of one, that adds no ids except its label? */
export const addsOnlyLabel = (content: string): boolean =>
  (CELL.test(content) || /^[ \t>]*(?:#|\/\/|%%|--)\|/.test(content)) && !AS_IS.test(content)
