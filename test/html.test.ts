import {createHash} from 'node:crypto'
import {readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {ruleUrl} from '../src/report/package-info.ts'
import {hasBrowser, launch, look, report} from './browser.ts'
import {copyOf, folder} from './run-doccheck.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

/** Pages in two folders that have one of everything. */
const docs = () =>
  folder({
    'README.md': '# Docs\n\n[a](docs/a.md) [b](docs/b.md)\n',
    'docs/a.md':
      '# A\n\nA line before.\n\nSee [gone](gone.md) and [B](B.md) now.\n\nA line behind.\n\n[there](b.md#no-such)\n',
    'docs/b.md': '# B\n\nThe [gone](gone.md) one, too.\n\n[unused]: a.md\n',
    'docs/alone.md': '# Alone\n\n[a](a.md)\n',
  })

describe('what is written', () => {
  it('is the same for the same input', async () => {
    const root = docs()
    const [first, second] = [await report(root), await report(root)]
    expect(first.html).toBe(second.html)
    expect(first.html).not.toContain(root)
  })

  it('allows its own style and script by their hashes, and nothing else', async () => {
    const {html} = await report(docs())
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    const hashes = [/<style>([\s\S]*?)<\/style>/, /<script>([\s\S]*?)<\/script>/].map(
      (element) => `'sha256-${createHash('sha256').update(element.exec(html)![1]!).digest('base64')}'`,
    )
    for (const hash of hashes) expect(policy).toContain(hash)
    expect(html).not.toMatch(/<[^>]*\s(?:on\w+|style|href="(?!data:|#)|src)=/)
  })

  it('tells no more findings than a browser can show', async () => {
    const root = folder({'a.md': '# A\n\n', 'b.md': '[x](gone.md)\n'})
    writeFileSync(path.join(root, 'a.md'), '[x](gone.md)\n'.repeat(10_049))
    const {html} = await report(root)
    expect(html.match(/<li class="error"/g)).toHaveLength(10_000)
    expect(html).toContain('50 more findings not shown')
    expect(html).toContain(
      '<code>gone.md</code> is missing</h3> <span class="count">10,050 links in 2 files</span>',
    )
  })
})

it('tells of pages that were not checked only that they are linked', async () => {
  const {html} = await report(docs(), 'docs/b.md')
  expect(html).toContain('1 page, 2 links, 1 broken, 1 missing target, 1 orphan, 1 more page not checked')
  expect(html).toMatch(/>docs\/a\.md<\/button> <i>not checked<\/i>/)
})

it('says so when nothing was checked', async () => {
  const {html} = await report(folder({'a.md': '[x](gone.md)\n', '.doccheckrc.json': '{"ignore": ["*.md"]}'}))
  expect(html).toContain('<span class="warning">No pages checked</span>')
  expect(html).not.toContain('No findings.')
})

if (!hasBrowser) console.warn('Chromium is not installed: nobody looks at the HTML report')

describe.skipIf(!hasBrowser)('what is seen', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  /** The findings that are visible, as `path line:column`. */
  const shown = (page: Page) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('.found > li')]
        .filter((item) => item.checkVisibility())
        .map((item) => item.closest('.file').querySelector('h4').textContent + ' ' + item.querySelector('.at').textContent)`,
    )

  // By cause: what is missing comes before the rules, and errors come before warnings.
  const ALL = ['docs/a.md 5:12', 'docs/b.md 3:12', 'docs/a.md 5:29', 'docs/a.md 9:9', 'docs/b.md 5:1']

  it('is the verdict, and each finding with the broken part marked', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      expect(await page.title()).toMatch(/^4 errors, 1 warning – doccheck-\w+ – doccheck$/)
      expect(await page.getByRole('heading', {level: 1}).innerText()).toBe('4 errors, 1 warning')
      expect(await page.locator('.top .scope').innerText()).toBe('in 2 of 4 pages')
      expect(await shown(page)).toEqual(ALL)
      expect(await page.locator('mark').allTextContents()).toEqual([
        'gone.md',
        'gone.md',
        'B.md',
        'b.md#no-such',
        '[unused]: a.md',
      ])
      const first = page.locator('.found > li').nth(2)
      expect(await page.locator('.group > .rule').first().getAttribute('href')).toBe(
        ruleUrl('no-broken-link'),
      )
      expect(await first.locator('.hint').innerText()).toBe('Expected b.md · --fix fixes it')
      const frame = first.locator('.frame')
      expect(await frame.getAttribute('start')).toBe('3')
      expect(await frame.locator('li').allInnerTexts()).toEqual([
        'A line before.',
        '',
        'See [gone](gone.md) and [B](B.md) now.',
        '',
        'A line behind.',
      ])
    })
  })

  it('is what was searched for, and all of it again with Esc', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      const state = page.getByRole('status')
      expect(await state.innerText()).toBe('5 findings')
      await page.keyboard.press('/')
      await page.keyboard.type('GONE too')
      expect(await shown(page)).toEqual(['docs/b.md 3:12'])
      expect(await state.innerText()).toBe('1 of 5 findings')
      await page.keyboard.press('Escape')
      expect(await shown(page)).toEqual(ALL)
      await page.mouse.move(1000, 700)
      await page.mouse.wheel(0, 5000)
      await page.getByLabel('Search').fill('README')
      await page.getByLabel('Search').fill('unused')
      const [bar, first] = ['.filters', '.file:not([hidden]) h4'].map((part) =>
        page.locator(part).boundingBox(),
      )
      expect((await first)!.y).toBeGreaterThan((await bar)!.y + (await bar)!.height)
      await page.getByLabel('Search').fill('nowhere to be found')
      expect(await shown(page)).toEqual([])
      await page.locator('#no-match button').click()
      expect(await shown(page)).toEqual(ALL)
      expect(await page.evaluate('document.activeElement.id')).toBe('search')
    })
  })

  it('lets a file name be copied', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      await page.locator('.fold').nth(1).focus()
      const button = page.getByRole('button', {name: 'Copy path'})
      await button.click()
      await page.getByRole('button', {name: 'Copied'}).waitFor()
      await page.keyboard.press('/')
      await page.keyboard.press('Control+V')
      expect(await page.getByLabel('Search').inputValue()).toBe('docs/b.md')
    })
  })

  it('is what was filtered by rule, severity, file and fix', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      await page.getByLabel('no-broken-link').check()
      expect(await shown(page)).toEqual(['docs/a.md 5:12', 'docs/b.md 3:12', 'docs/a.md 5:29'])
      await page.getByLabel('no-unused-definition').check()
      expect(await shown(page)).toHaveLength(4)
      await page.getByLabel('Warnings').check()
      expect(await shown(page)).toEqual(['docs/b.md 5:1'])
      await page.getByRole('button', {name: 'Clear filters'}).click()
      expect(await shown(page)).toEqual(ALL)
      await page.getByLabel('File or folder').fill('/B')
      expect(await shown(page)).toEqual(['docs/b.md 3:12', 'docs/b.md 5:1'])
      await page.getByLabel('File or folder').fill('')
      await page.getByLabel('Fixable').check()
      expect(await shown(page)).toEqual(['docs/a.md 5:29', 'docs/b.md 5:1'])
      expect(await page.locator('.file:not([hidden]) .count').allInnerTexts()).toEqual(['1', '1'])
    })
  })

  it('is a picture of the links, with a text that says the same', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      expect(await page.locator('.map .scope').innerText()).toBe(
        '4 pages, 8 links, 4 broken, 2 missing targets, 1 orphan',
      )
      expect(await colors(page)).toMatchObject({red: true, blue: true})
      const all = page.locator('#pages')
      await all.locator('summary').click()
      expect(await all.locator('tbody tr').allInnerTexts()).toEqual([
        'docs/a.md\t3\t3\t3',
        'docs/b.md\t2\t2\t2',
        'README.md\t0\t2\t0',
        'docs/alone.md\t0\t1\t0',
      ])
      await page.getByText('1 orphan page').click()
      expect(await page.locator('#orphans li').allInnerTexts()).toEqual(['docs/alone.md'])
      await page.getByText('2 missing targets', {exact: true}).click()
      expect(await page.locator('#broken li').allInnerTexts()).toEqual([
        'docs/gone.md 2 pages',
        'docs/B.md 1 page',
      ])
      await page.locator('#broken').getByRole('button', {name: 'docs/gone.md'}).click()
      expect(await shown(page)).toEqual(['docs/a.md 5:12', 'docs/b.md 3:12'])
      expect(await page.getByRole('status').innerText()).toBe('2 of 5 findings, to missing docs/gone.md')
    })
  })

  it('is what the dot under the pointer says, and its findings after a click', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      // Somewhere in the picture there is each of them, once it has taken its size with the first frames.
      let places: Record<string, [number, number]> = {}
      const lookForAll = async () => {
        places = await page.evaluate<typeof places>(`(() => {
          const canvas = document.querySelector('canvas')
          const {left, top, right, bottom} = canvas.getBoundingClientRect()
          const found = {}
          for (let y = top + 4; y < bottom; y += 4)
            for (let x = left + 4; x < right; x += 4) {
              canvas.dispatchEvent(new PointerEvent('pointermove', {clientX: x, clientY: y}))
              const name = document.querySelector('#tip:not([hidden]) strong')?.textContent
              if (name) found[name] ??= [x, y]
            }
          return found
        })()`)
        return Object.keys(places).sort()
      }
      const all = ['README.md', 'docs/B.md', 'docs/a.md', 'docs/alone.md', 'docs/b.md', 'docs/gone.md']
      await expect.poll(lookForAll).toEqual(all)
      await page.mouse.move(...places['docs/b.md']!)
      const said =
        'docs/b.md\nlinked from 2 pages, links to 2\n1 error, 1 warning\n– Unexpected link to missing file gone.md\n– Unexpected unused definition unused'
      await expect.poll(() => page.locator('#tip').innerText()).toBe(said)
      await page.mouse.down()
      await page.mouse.up()
      await expect.poll(() => page.getByLabel('File or folder').inputValue()).toBe('docs/b.md')
      await expect.poll(() => shown(page)).toEqual(['docs/b.md 3:12', 'docs/b.md 5:1'])
      // Once more, and all are shown again.
      await page.mouse.down()
      await page.mouse.up()
      await expect.poll(() => shown(page)).toEqual(ALL)
    })
  })

  it('is found with the keyboard alone', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the findings')
      for (let key = 0; key < 30; key++) {
        if ((await page.evaluate('document.activeElement.id')) === 'picture') break
        await page.keyboard.press('Tab')
      }
      await page.keyboard.press('ArrowRight')
      const name = await page.locator('#tip strong').innerText()
      expect(await page.locator('#announcement').innerText()).toContain(name)
      const seen = new Set([name])
      for (const key of ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowDown']) {
        await page.keyboard.press(key)
        seen.add(await page.locator('#tip strong').innerText())
      }
      expect(seen.size).toBeGreaterThan(2)
      await page.keyboard.press('Enter')
      const picked = await page.locator('#tip strong').innerText()
      const state = await page.getByRole('status').innerText()
      expect([await page.getByLabel('File or folder').inputValue(), state.split('missing ')[1]]).toContain(
        picked,
      )
      await page.keyboard.press('Escape')
      expect(await shown(page)).toEqual(ALL)
    })
  })

  it('zooms, moves, and fills the window', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      const before = await drawing(page)
      await page.getByRole('button', {name: 'Zoom in'}).click()
      const nearer = await drawing(page)
      expect(nearer).not.toBe(before)
      const {x, y} = (await page.locator('#picture').boundingBox())!
      await page.mouse.move(x + 20, y + 20)
      await page.mouse.down()
      await page.mouse.move(x + 90, y + 60)
      await page.mouse.up()
      expect(await drawing(page)).not.toBe(nearer)
      // What was dragged was not clicked.
      expect(await shown(page)).toEqual(ALL)
      await page.getByRole('button', {name: 'Fit'}).click()
      await page.mouse.move(0, 0)
      expect(await drawing(page)).toBe(before)
      await page.getByRole('button', {name: 'Enlarge'}).click()
      expect((await page.locator('#map').boundingBox())!.width).toBe(1440)
      await page.keyboard.press('Escape')
      expect((await page.locator('#map').boundingBox())!.width).toBeLessThan(800)
    })
  })

  it('is dark where the reader wants it dark', async () => {
    const {file} = await report(docs())
    const ground = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    let light = ''
    await look(browser, file, {colorScheme: 'light'}, async (page) => {
      light = await ground(page)
      await page.getByRole('button', {name: 'Dark theme'}).click()
      const dark = await ground(page)
      expect(dark).not.toBe(light)
      await page.reload()
      expect(await ground(page)).toBe(dark)
      expect(await page.getByRole('button', {name: 'Dark theme'}).getAttribute('aria-pressed')).toBe('true')
    })
    await look(browser, file, {colorScheme: 'dark'}, async (page) => {
      expect(await ground(page)).not.toBe(light)
      await page.getByRole('button', {name: 'Dark theme'}).click()
      expect(await ground(page)).toBe(light)
    })
  })

  it.each(['light', 'dark'] as const)(
    'breaks no rule of accessibility that axe knows, %s',
    async (colorScheme) => {
      const {file} = await report(copyOf('fixtures/tour'))
      await look(browser, file, {colorScheme}, async (page) => {
        await page.locator('#pages summary').click()
        await page.evaluate(AXE)
        const violations = await page.evaluate<string[]>(
          `axe.run().then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({html}) => id + ': ' + html)))`,
        )
        expect(violations).toEqual([])
      })
    },
  )

  it('fits a narrow screen, and paper', async () => {
    const {file} = await report(copyOf('fixtures/tour'))
    await look(browser, file, {viewport: {width: 320, height: 640}}, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
      await page.emulateMedia({media: 'print'})
      expect(await page.locator('.filters').isVisible()).toBe(false)
      expect(await page.locator('.found > li').last().isVisible()).toBe(true)
    })
  })

  it('keeps the count of a file beside its path on a narrow screen', async () => {
    const {file} = await report(
      folder({'reference/components-reference/supported-bindings/alicloud-table-store.md': '[x](gone.md)\n'}),
    )
    await look(browser, file, {viewport: {width: 390, height: 844}}, async (page) => {
      const [path, count] = await Promise.all(
        ['.fold .path', '.file > .count'].map((part) => page.locator(part).first().boundingBox()),
      )
      expect(path!.x + path!.width).toBeLessThanOrEqual(count!.x)
    })
  })

  it('is drawn for paper in light colors, whatever the screen has', async () => {
    const {file} = await report(docs())
    const seen: string[] = []
    for (const colorScheme of ['light', 'dark'] as const)
      await look(browser, file, {colorScheme}, async (page) => {
        seen.push(await drawing(page))
        await page.emulateMedia({media: 'print'})
        seen.push(await drawing(page))
      })
    expect(seen[3]).toBe(seen[1])
    expect(seen[2]).not.toBe(seen[0])
  })

  it('is all there without JavaScript, and nothing that would not work', async () => {
    const {file} = await report(docs())
    await look(browser, file, {javaScriptEnabled: false}, async (page) => {
      expect(await page.locator('.found > li').count()).toBe(5)
      expect(await page.locator('mark').first().isVisible()).toBe(true)
      for (const hidden of ['.filters', '#theme', '#file-list', '#picture'])
        expect(await page.locator(hidden).first().isVisible()).toBe(false)
      await page.getByText('1 orphan page').click()
      expect(await page.locator('#orphans li').allInnerTexts()).toEqual(['docs/alone.md'])
    })
  })

  it('looks good when there is nothing to tell', async () => {
    const {file} = await report(
      folder({
        'README.md': '# A\n\n[b](b.md)\n',
        'b.md': '# B\n',
        'c.md': '# C\n',
        'd.md': '# D\n\n[b](b.md)\n',
      }),
    )
    await look(browser, file, {}, async (page) => {
      expect(await page.getByRole('heading', {level: 1}).innerText()).toBe('No problems in 4 pages')
      expect(await page.getByText('No findings.').isVisible()).toBe(true)
      expect(await page.locator('.map .scope').innerText()).toBe('4 pages, 2 links, 2 orphans')
      expect(await colors(page)).toMatchObject({red: false, blue: true})
      await page.locator('#picture').focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      expect(await page.locator('#tip').innerText()).toContain('no findings')
    })
  })

  it('is text, whatever pages and their names are made of', async () => {
    const evil = `<img src=x onerror="hacked=1">'"\`&amp;`
    const text = [
      `# ${evil}`,
      `[a](gone${encodeURIComponent('</script><script>hacked=1</script>')}.md)`,
      `[a](<x</script><script>hacked=1</script>.md>) <!-- <script>hacked=1</script>`,
      `[b](\u202Egnp.exe\u2028\u0007.md) [c][</mark><svg/onload=hacked=1>]`,
    ].join('\n\n')
    const root = folder({
      [`${evil}.md`]: text,
      'a<//script><script>hacked=1<//script>.md': text,
      'line\nbreak \u202Edm.cod.md': text,
      'javascript:hacked=1.md': text,
      'long.md': `${'word '.repeat(500_000)}[a](</script>) ${'word '.repeat(500_000)}`,
    })
    const {file, html} = await report(root)
    expect(html.length).toBeLessThan(200_000)
    expect(html).not.toMatch(/[\u202E\u2028\u0007]/)
    await look(browser, file, {}, async (page) => {
      expect(await page.evaluate("'hacked' in globalThis")).toBe(false)
      expect(await page.locator('script').count()).toBe(2)
      expect(await page.locator('img, svg, iframe, a:not(.skip, .rule, .self, #file-list a)').count()).toBe(0)
      const paths = [
        `${evil}.md`,
        'a</script><script>hacked=1</script>.md',
        'javascript:hacked=1.md',
        'line\\u{a}break \\u{202e}dm.cod.md',
        'long.md',
      ]
      expect([...new Set(await page.locator('h4').allTextContents())].sort()).toEqual(paths)
      expect((await page.locator('#file-list a .path').allTextContents()).sort()).toEqual(paths)
      const long = page.locator('.file').filter({hasText: 'long.md'})
      expect(await long.locator('mark').textContent()).toBe('/script')
      expect((await long.locator('.hit').textContent())!.length).toBeLessThan(250)
      // The names once more, as the script puts them into the document.
      await page.getByLabel('File or folder').fill(`${evil}.md`)
      expect(new Set((await shown(page)).map((line) => line.replace(/ \d+:\d+$/, '')))).toEqual(
        new Set([`${evil}.md`]),
      )
      await page.locator('#picture').focus()
      for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Enter'])
        await page.keyboard.press(key)
      expect(await page.locator('#tip *:not(strong, span)').count()).toBe(0)
      expect(await page.evaluate("'hacked' in globalThis")).toBe(false)
    })
  })

  it('shows a tree of 3,000 pages', async () => {
    const files: Record<string, string> = {}
    for (let at = 0; at < 3000; at++) {
      const links = [at + 1, at * 7, at >> 3, at + 50].map(
        (to) => `[x](../f${(to % 3000) % 40}/p${to % 3000}.md)`,
      )
      files[`f${at % 40}/p${at}.md`] =
        `# P\n\n${links.join(' ')}\n${at % 5 ? '' : `\n[gone](../f1/gone${at % 7}.md)\n`}`
    }
    const root = folder(files)
    const from = performance.now()
    const {file, html} = await report(root)
    const made = performance.now() - from
    expect(html.length).toBeLessThan(6_000_000)
    await look(browser, file, {}, async (page) => {
      const opened = await page.evaluate<number>("performance.getEntriesByType('navigation')[0].duration")
      expect(await page.locator('#pages tbody tr').count()).toBe(3000)
      expect(await colors(page)).toMatchObject({red: true, blue: true})
      await page.getByLabel('Search').fill('gone3 p50')
      const state = await page.getByRole('status').innerText()
      console.info(
        `3,000 pages: ${(html.length / 1e6).toFixed(1)} MB, made in ${made.toFixed(0)} ms, opened in ${opened.toFixed(0)} ms`,
      )
      expect(state).toMatch(/^\d+ of 600 findings$/)
      expect(state).not.toBe('0 of 600 findings')
    })
  })
})

/** What the picture is drawn with: are there broken links, are there pages? */
const colors = (page: Page) =>
  page.evaluate<{red: boolean; blue: boolean}>(`(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise((done) => requestAnimationFrame(done))
    const canvas = document.querySelector('canvas')
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    const found = {red: false, blue: false}
    for (let at = 0; at < data.length; at += 4) {
      const [red, , blue, alpha] = data.slice(at, at + 4)
      if (alpha < 250) continue
      if (red > 180 && blue < 150) found.red = true
      if (blue > 150 && red < 140) found.blue = true
    }
    return found
  })()`)

/**
 * All of the picture, to be compared, when it has come to rest: lines that are thinned out while it moves are drawn after
 * 150 ms, a new size needs three frames, and a frame takes any time on a busy machine.
 */
const drawing = (page: Page) =>
  page.evaluate<string>(`(async () => {
    await new Promise((done) => setTimeout(done, 300))
    for (let frame = 0; frame < 4; frame++) await new Promise((done) => requestAnimationFrame(done))
    return document.querySelector('canvas').toDataURL()
  })()`)
