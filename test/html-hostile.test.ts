import fc from 'fast-check'
import {Parser} from 'htmlparser2'
import {expect, it} from 'vitest'
import {htmlReporter} from '../src/report/html.ts'
import {HARM, hostilePages, type ReportedPage, reportOf} from './hostile-report.ts'

/** What the elements of a report are. */
const ELEMENTS = new Set(
  `html head meta title link style body a header div p span h1 h2 h3 h4 button main form label kbd input datalist fieldset legend
  output b details summary ol ul li code mark canvas i section script footer table thead tbody tr th td abbr select option`.split(
    /\s+/,
  ),
)

/** The report of pages whose links all lead elsewhere, so that findings alone decide what the report says. */
async function html(found: readonly ReportedPage[]): Promise<string> {
  const view = () => ({resolve: () => ({to: 'remote', url: 'x'})}) as never
  const sourceLinks = async () => (path: string) => () => `https://example.org/${path}`
  return htmlReporter({...(await reportOf(found)), view, sourceLinks})
}

/** The names of elements, the attributes and the text of a document. */
function read(document: string) {
  const elements = new Set<string>()
  const attributes: [name: string, value: string][] = []
  let text = ''
  const parser = new Parser(
    {
      onopentag(name, given) {
        elements.add(name)
        attributes.push(...Object.entries(given))
      },
      ontext: (part) => void (text += part),
    },
    {lowerCaseTags: true},
  )
  parser.end(document)
  return {elements, attributes, text}
}

it('is made of its own elements, whatever names, messages and changes say', async () => {
  await fc.assert(
    fc.asyncProperty(hostilePages, async (pages) => {
      // Twice, so that targets become headings.
      const document = await html([...pages, ...pages.map((page) => ({...page, path: `b/${page.path}`}))])
      const {elements, attributes, text} = read(document)
      expect([...elements].filter((name) => !ELEMENTS.has(name))).toEqual([])
      expect(attributes.filter(([name]) => /^on|^style$|^src/i.test(name))).toEqual([])
      for (const [name, value] of attributes)
        if (name === 'href') expect(value).toMatch(/^(?:#|https:\/\/|data:image\/svg)/)
      expect(text.replaceAll(/[\t\n]/g, '')).not.toMatch(
        // As JSON, the data of the script has escapes.
        new RegExp(HARM.source.split('|##')[0]!, 'iu'),
      )
    }),
    {numRuns: 60},
  )
})
