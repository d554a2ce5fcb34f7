import {type Doubt, doubt} from '../../doubts.ts'

/** References, which insert a URL. */
const REFERENCE = /^\{\{%\s*(?:rel)?ref\b/
/** Shortcodes that do not insert files. */
const WITHOUT_FILE = /^(?!\{\{%\s*[\w/-]*(?:incl|read|file|snippet|partial|transclu|embed))/i

/** The reason why a shortcode may insert Markdown with references. */
export const mayInsertReferences = (opaqueContent: readonly string[]): Doubt | undefined =>
  insertedMarkdown(opaqueContent, REFERENCE)

/** The reason why a shortcode may insert Markdown with definitions: files may contain some, words do not. */
export const mayInsertDefinitions = (opaqueContent: readonly string[]): Doubt | undefined =>
  insertedMarkdown(opaqueContent, WITHOUT_FILE)

/** Find a `{{% %}}` shortcode without a closing one: Markdown between two tags is part of the page. */
function insertedMarkdown(opaqueContent: readonly string[], except: RegExp): Doubt | undefined {
  const closed = new Set(opaqueContent.map((text) => /^\{\{%\s*\/\s*([^\s%]+)/.exec(text)?.[1]))
  const found = opaqueContent.find((text) => {
    const name = /^\{\{%\s*([^\s%/]+)/.exec(text)?.[1]
    return name !== undefined && !closed.has(name) && !except.test(text)
  })
  return found === undefined ? undefined : doubt('hidden-references', found.split('\n', 1)[0])
}
