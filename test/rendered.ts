import {execFileSync} from 'node:child_process'
import type {Page} from '../src/page/types.ts'

/** What readers of a rendered page can follow, see and link to. */
export interface Rendered {
  /** The URLs of links and images, in order. */
  urls: string[]
  /** The ids of headings, in order. */
  ids: string[]
}

const PYTHON = `
import json, re, sys, markdown
given = json.load(sys.stdin)
def facts(text):
    html = markdown.Markdown(extensions=given['extensions']).convert(text)
    return {
        'urls': re.findall(r'<(?:a href|img [^>]*src)="([^"]*)"', html),
        'ids': re.findall(r'<h[1-6] id="([^"]*)"', html),
    }
print(json.dumps([facts(text) for text in given['pages']]))
`

/** Render pages by the real Python-Markdown. @param engine The command of a Python that has it. */
export const renderedByPython = (
  engine: string,
  pages: readonly string[],
  extensions: readonly string[],
): Rendered[] =>
  JSON.parse(
    execFileSync(engine, ['-c', PYTHON], {
      input: JSON.stringify({pages, extensions}),
      maxBuffer: 1 << 28,
      encoding: 'utf8',
      env: {...process.env, PYTHONIOENCODING: 'utf8'},
    }),
  )

/** The URLs that a page has for its readers, in order: of links, images and references that are defined. */
export function urlsOf({links, references, definitions}: Page): string[] {
  const urls = new Map(definitions.map(({identifier, url}) => [identifier, url]))
  const places = [
    ...links.filter(({kind}) => kind !== 'definition'),
    ...references.flatMap(({start, defined, identifier}) =>
      defined ? [{start, url: urls.get(identifier)!}] : [],
    ),
  ]
  return places.sort((a, b) => a.start - b.start).map(({url}) => url)
}
