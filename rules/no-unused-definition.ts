/**
 * Reports definitions that nothing on the page refers to.
 *
 * A definition used as a comment (`[//]: # (…)`) is left alone, and one right below a heading that gives it a label for
 * references to come (`[setup]: #setup`), as in templates, or one with the name of a wikilink.
 *
 * @example ok
 * See [the guide].
 *
 * [the guide]: https://example.org
 *
 * @example ok
 * # Set up
 *
 * [setup]: #set-up
 *
 * @example not ok
 * # Set up
 *
 * Read the guide.
 *
 * [setup]: #set-up
 * ^ 5:1-5:17 Unexpected unused definition `setup`
 *
 * @example not ok
 * See the guide.
 *
 * [the guide]: https://example.org
 * ^ 3:1-3:33 Unexpected unused definition `the guide`
 */
import type {Page} from '../src/page/types.ts'
import {defineRule} from '../src/rule/define-rule.ts'
import {normalizeLabel} from '../src/text/labels.ts'
import {lineAt, wholeLines} from '../src/text/lines.ts'

export default defineRule(
  {
    name: 'no-unused-definition',
    needs: 'site',
    severity: 'warn',
    fixable: true,
    options: {except: [] as string[]},
    schema: {except: {description: 'Labels that may stay unused.', items: {type: 'string'}}},
  },
  (page, {options, report, site}) => {
    if (site.references !== undefined) return
    const used = new Set(page.references.map(({identifier}) => identifier))
    const ofWikilinks = new Set(
      page.links.flatMap(({kind, url}) => (kind === 'wikilink' ? normalizeLabel(url) : [])),
    )
    // An undefined reference may mean this definition, and the output of a template is unknown.
    const certain = page.opaqueContent.length === 0 && page.references.every(({defined}) => defined)
    // `[text](label)` was meant to be `[text][label]`.
    const meant = new Set(page.links.map((link) => normalizeLabel(link.url)))
    for (const {identifier, label, url, start, end} of page.definitions) {
      // `[//]: # (comment)`, `[comment]: <> (…)`: the known ways to write a comment in Markdown.
      if (
        used.has(identifier) ||
        // Foam adds definitions for programs that do not know wikilinks: `[page|text]: page.md`.
        ofWikilinks.has(identifier.replace(/\|.*/s, '')) ||
        site.mayBeUsedElsewhere(identifier) ||
        url === '#' ||
        url === '' ||
        isOfHeading(page, url, start) ||
        options.except.includes(label)
      )
        continue
      const lines = wholeLines(page, {start, end})
      report({
        start,
        end,
        target: {name: identifier},
        message: `Unexpected unused definition \`${label}\``,
        ...(lines && certain && !meant.has(identifier) && {fix: {edits: [{...lines, text: ''}], safe: true}}),
      })
    }
  },
)

/** Does a definition stand right below a heading, for a place on the page? */
const isOfHeading = ({headings, lines}: Page, url: string, start: number): boolean =>
  url.startsWith('#') &&
  headings.some(({end}) => end < start && lineAt(lines, start) - lineAt(lines, end) <= LINES_BELOW)

/** A blank line may be between. */
const LINES_BELOW = 2
