import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {hasBrowser, launch, look, report} from './browser.ts'
import {copyOf, folder} from './run-doccheck.ts'

/** Many pages of one name in many folders; some link to missing ones, some are orphans. */
function manyPages(count: number): string {
  const files: Record<string, string> = {'README.md': '# Docs\n'}
  for (let at = 0; at < count; at++) {
    const next = (at + 1) % count
    const links = at % 10 === 9 ? '' : `[next](../../../a${next % 12}/b${next % 3}/p${next}/index.md)`
    const broken = at % 40 === 0 ? ' [gone](../gone/index.md)' : ''
    files[`a${at % 12}/b${at % 3}/p${at}/index.md`] = `# Page ${at}\n\n${links}${broken}\n`
  }
  return folder(files)
}

/** A name that is written in the picture. */
interface Written {
  text: string
  left: number
  top: number
  right: number
  bottom: number
}

describe.skipIf(!hasBrowser)('the graph of links', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  /** The names that can be read, relative to the picture, and its size, once it has been drawn. */
  const written = (page: Page) =>
    page.evaluate<{names: Written[]; width: number; height: number}>(`(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise((done) => requestAnimationFrame(done))
      const picture = document.querySelector('.picture').getBoundingClientRect()
      const names = [...document.querySelectorAll('#names span')].map((name) => {
        const {left, top, right, bottom} = name.getBoundingClientRect()
        return {text: name.textContent, left: left - picture.left, top: top - picture.top,
          right: right - picture.left, bottom: bottom - picture.top}
      })
      return {names, width: picture.width, height: picture.height}
    })()`)

  const expectReadable = ({names, width, height}: {names: Written[]; width: number; height: number}) => {
    for (const [at, name] of names.entries()) {
      expect(name.left, name.text).toBeGreaterThanOrEqual(0)
      expect(name.top, name.text).toBeGreaterThanOrEqual(0)
      expect(name.right, name.text).toBeLessThanOrEqual(width)
      expect(name.bottom, name.text).toBeLessThanOrEqual(height)
      for (const other of names.slice(at + 1)) {
        const overlap =
          name.left < other.right &&
          name.right > other.left &&
          name.top < other.bottom &&
          name.bottom > other.top
        expect(overlap, `${name.text} on ${other.text}`).toBe(false)
      }
    }
  }

  it.each([
    ['3 pages', () => copyOf('fixtures/tour'), 1440],
    ['3 pages, on a phone', () => copyOf('fixtures/tour'), 390],
    ['300 pages', () => manyPages(300), 1440],
    ['300 pages, on a phone', () => manyPages(300), 390],
    ['3,000 pages', () => manyPages(3000), 1440],
  ])('has names that do not overlap and are within the picture: %s', async (_size, root, width) => {
    const {file} = await report(root())
    await look(browser, file, {viewport: {width, height: 900}}, async (page) => {
      if (width < 500) await page.locator('#map > summary').click()
      const first = await written(page)
      expect(first.names.length).toBeGreaterThan(5)
      expectReadable(first)
      await page.locator('#zoom-in').click()
      await page.locator('#zoom-in').click()
      expectReadable(await written(page))
      const folders = page.locator('#folders')
      if (await folders.isVisible()) await folders.click()
      expectReadable(await written(page))
    })
  })

  it('tells pages apart by the shortest ends of their paths', async () => {
    const {file} = await report(
      folder({
        'README.md':
          '[a](guide/a/index.md) [b](guide/b/index.md) [c](api/v1/reference/use.md) [d](api/v2/reference/use.md)\n',
        'guide/a/index.md': '# A\n',
        'guide/b/index.md': '# B\n\n[gone](../../api/v1/reference/gone.md)\n',
        'api/v1/reference/use.md': '# C\n',
        'api/v2/reference/use.md': '# D\n',
      }),
    )
    await look(browser, file, {viewport: {width: 1440, height: 1000}}, async (page) => {
      await page.getByRole('button', {name: 'Enlarge'}).click()
      const {names} = await written(page)
      const texts = names.map(({text}) => text)
      expect(texts).toEqual(expect.arrayContaining(['a/index.md', 'b/index.md', 'gone.md']))
      expect(texts).toEqual(expect.arrayContaining(['v1/…/use.md', 'v2/…/use.md']))
      expect(texts).not.toContain('index.md')
    })
  })

  it('shows what is around broken links at once, and the rest of a folder when it is opened', async () => {
    const {file} = await report(manyPages(300))
    await look(browser, file, {}, async (page) => {
      const texts = async () => (await written(page)).names.map(({text}) => text)
      const before = await texts()
      // A missing target and the page that links to it are in closed folders, and other pages are not.
      expect(before).toContainEqual(expect.stringMatching(/gone\/index\.md$/))
      expect(before.filter((text) => /^p\d+\/index\.md$/.test(text)).length).toBeLessThan(30)
      await page.locator('#picture').focus()
      let said = ''
      // Walk until a folder is reached.
      for (const key of [
        'ArrowRight',
        'ArrowDown',
        'ArrowLeft',
        'ArrowUp',
        'ArrowRight',
        'ArrowDown',
        'ArrowDown',
        'ArrowLeft',
        'ArrowLeft',
        'ArrowUp',
      ]) {
        await page.keyboard.press(key)
        said = await page.locator('#announcement').innerText()
        if (said.includes('Enter opens it')) break
      }
      expect(said).toMatch(/\d+ pages, \d+ with errors, \d+ broken links?: click or Enter opens it$/)
      await page.keyboard.press('Enter')
      expect(await page.locator('#announcement').innerText()).toMatch(/Enter closes it$/)
      const name = said.slice(0, said.indexOf(':'))
      const opened = (await texts()).filter((text) => /^p\d+\/index\.md$/.test(text))
      expect(opened.length, name).toBeGreaterThan(3)
      await page.keyboard.press('Enter')
      expect(await page.locator('#announcement').innerText()).toMatch(/Enter opens it$/)
      await page.getByRole('button', {name: 'Open all'}).click()
      await page.getByRole('button', {name: 'Close all'}).click()
      await page.mouse.move(0, 0)
      expect(await texts()).toEqual(before)
    })
  })

  it('opens a folder with a click', async () => {
    const {file} = await report(manyPages(300))
    await look(browser, file, {}, async (page) => {
      const {names} = await written(page)
      const at = names.find(({text}) => /^a\d+/.test(text))!
      const {x, y} = (await page.locator('.picture').boundingBox())!
      // The name stands at the center of its folder, or right above it.
      await page.mouse.move(x + (at.left + at.right) / 2, y + at.bottom + 12)
      await expect.poll(() => page.locator('#tip').innerText()).toContain('opens it')
      await page.mouse.down()
      await page.mouse.up()
      await expect.poll(() => page.locator('#announcement').innerText()).toContain('closes it')
    })
  })

  it('tells what is broken by shape, too', async () => {
    const {file} = await report(copyOf('fixtures/tour'))
    await look(browser, file, {}, async (page) => {
      // In one color for everything, the legend still shows the difference, and the picture takes its colors from there.
      const shapes = await page.evaluate<string[]>(
        `['page', 'warned', 'failed', 'missing', 'line', 'snapped'].map((kind) => {
          const {borderRadius, clipPath, transform, borderTopStyle, backgroundImage} = getComputedStyle(document.querySelector('.key.' + kind))
          return [borderRadius, clipPath, transform, borderTopStyle, backgroundImage].join()
        })`,
      )
      expect(new Set(shapes).size).toBe(6)
    })
  })
})
