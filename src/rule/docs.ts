/** The documentation of a rule. */
export interface RuleDocs {
  /** Paragraphs of Markdown; the first one is used alone if there is room for one line only. */
  text: string
  examples: Example[]
}

/** One example: a page and the findings of the rule on it. */
export interface Example {
  /** The options, and files beside the page, in words, as written after `@example`. */
  title: string
  markdown: string
  /** `1:2-3:4 message`, empty for a page without findings. */
  messages: string[]
}

/** Documentation by a rule's name; generated from the opening comments of the rules, see `test/generated.test.ts`. */
export async function loadDocs(): Promise<ReadonlyMap<string, RuleDocs>> {
  const {default: docs} = await import('./docs.json', {with: {type: 'json'}})
  return new Map(Object.entries(docs))
}

/** The first paragraph of a rule's documentation, in one line. */
export const summaryOf = ({text}: RuleDocs): string => text.split('\n\n')[0]!.replace(/\s+/g, ' ')
