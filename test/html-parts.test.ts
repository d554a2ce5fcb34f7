import {expect, it} from 'vitest'
import {codeFrame} from '../src/report/html/code-frame.ts'
import {messageHtml} from '../src/report/html/escape.ts'
import {type Dot, folderOfDot, type Graph} from '../src/report/html/graph.ts'
import {layoutGraph} from '../src/report/html/layout.ts'
import {lineStarts} from '../src/text/lines.ts'
import {safeHtml, safeScript} from '../src/text/safe.ts'

const dot = (path: string, kind: Dot['kind'] = 'page'): Dot => ({
  path,
  kind,
  in: 0,
  out: 0,
  errors: 0,
  warnings: 0,
  infos: 0,
})

/** A graph of so many dots in folders of all sizes, with links that look random. */
function graph(size: number): Graph {
  const dots = Array.from({length: size}, (_, at) =>
    dot(`a/f${Math.floor(Math.sqrt(at))}/${at}.md`, at % 9 === 0 ? 'orphan' : 'page'),
  )
  const links = Array.from({length: size * 3}, (_, at) => ({
    from: at % size,
    to: (at * at * 31 + 7) % size,
    broken: false,
  }))
  for (const {to} of links) dots[to]!.in++
  return {dots, links}
}

it.each([0, 1, 2, 12, 150, 1500])('places %d dots apart, each in its folder or among the orphans', (size) => {
  const {dots} = graph(size)
  const found = layoutGraph(graph(size))
  expect(layoutGraph(graph(size))).toEqual(found)
  expect(found.dots).toHaveLength(size)
  for (const [at, {x, y, r}] of found.dots.entries()) {
    expect(Number.isFinite(x + y + r)).toBe(true)
    const isInFolder = found.folders.some((folder) => Math.hypot(folder.x - x, folder.y - y) + r < folder.r)
    expect(isInFolder).toBe(dots[at]!.kind !== 'orphan')
  }
  for (const [at, a] of found.folders.entries())
    for (const b of found.folders.slice(at + 1))
      expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.r + b.r)
  const overlaps = found.dots.flatMap((a, at) =>
    found.dots.slice(at + 1).filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < (a.r + b.r) * 0.8),
  )
  expect(overlaps.length).toBeLessThanOrEqual(size / 100)
})

it('places dots whose folders are as many as they are', () => {
  const dots = Array.from({length: 900}, (_, at) => dot(`a/b/${at % 30}/c/${at}/d/index.md`))
  const {folders} = layoutGraph({dots, links: []})
  expect(folders.length).toBeLessThan(101)
  expect(folders[0]!.name).toMatch(/^a\/b\/\d+\/c$/)
})

const framed = (text: string, part: string, context = 0) => {
  const start = text.indexOf(part)
  return codeFrame(text, lineStarts(text), {start, end: start + part.length}, context)
}

it('frames the lines of what is marked, without their line breaks', () => {
  expect(framed('a\r\nb c\rd\n', 'c', 1)).toBe(
    '<ol class="frame" start="1"><li>a<li class="hit">b <mark>c</mark><li>d</ol>',
  )
  expect(framed('a\nb\nc\n', 'a\nb')).toBe(
    '<ol class="frame" start="1"><li class="hit"><mark>a</mark><li class="hit"><mark>b</mark></ol>',
  )
  expect(framed('a\nb\n', 'a\n')).toBe('<ol class="frame" start="1"><li class="hit"><mark>a</mark></ol>')
  expect(codeFrame('ab', lineStarts('ab'), {start: 1, end: 1}, 0)).toBe(
    '<ol class="frame" start="1"><li class="hit">a<mark></mark>b</ol>',
  )
})

it('cuts long lines around what is marked, and no character in two', () => {
  const line = framed(`${'😀'.repeat(500)}x${'😀'.repeat(500)}`, 'x')
  expect(line).toMatch(
    /^<ol class="frame" start="1"><li class="hit">…(?:😀){30}<mark>x<\/mark>(?:😀){59}…<\/ol>$/u,
  )
  expect(framed(`${'😀'.repeat(50)}${'x'.repeat(5000)}`, 'x'.repeat(5000))).toMatch(
    /<mark>x{120}…<\/mark><\/ol>$/,
  )
  expect(framed('y\n'.repeat(100), 'y\n'.repeat(100)).match(/<li/g)).toHaveLength(6)
})

it('writes what nobody sees, and what HTML or a script would read, as something else', () => {
  expect(safeHtml('<a href="&">\'\u202E\uD800\0\u2028')).toBe(
    '&#60;a href=&#34;&#38;&#34;&#62;&#39;\\u{202e}\\u{d800}\\u{0}\\u{2028}',
  )
  expect(safeHtml('👩‍💻\tא')).toBe('👩‍💻\tא')
  expect(messageHtml('Link to `<b>`, expected `b`')).toBe(
    'Link to <code>&#60;b&#62;</code>, expected <code>b</code>',
  )
  expect(messageHtml('An odd ` one')).toBe('An odd ` one')
  const text = '</script><!-- & \u2028\u202E\u{E0041}\uDC00'
  expect(safeScript(text)).toMatch(/^[ -;=?-~]+$/)
  expect(JSON.parse(safeScript(text))).toBe(text)
})

it('draws what is missing in its folder, but for what is above the tree', () => {
  const folderOf = (path: string) => folderOfDot({path, kind: 'missing'} as Dot)
  expect(['docs/x.md', '..d/x.md', '../x.md', '../../d/x.md'].map(folderOf)).toEqual(['docs', '..d', '', ''])
})
