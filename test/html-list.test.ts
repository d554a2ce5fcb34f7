import path from 'node:path'
import type {Browser, Page} from 'playwright-core'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {hasBrowser, launch, look, report} from './browser.ts'
import {folder} from './run-doccheck.ts'

/** Two pages with broken links of several causes, and a warning. */
const docs = () =>
  folder({
    'README.md': '# Docs\n\n[a](docs/a.md) [b](docs/b.md)\n',
    'docs/a.md': '# A\n\n[unused]: b.md\n\nSee [gone](gone.md) and [there](b.md#no-such).\n',
    'docs/b.md': '# B\n\nThe [gone](gone.md) one, and [A](A.md).\n',
  })

describe.skipIf(!hasBrowser)('the list of findings', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  /** The places of the findings that can be seen. */
  const shown = (page: Page) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('.found > li')]
        .filter((item) => item.checkVisibility({contentVisibilityAuto: false}) && !item.closest('details:not([open])'))
        .map((item) => item.closest('.file').querySelector('h4').textContent + ' ' + item.querySelector('.at').textContent)`,
    )
  const hash = (page: Page) => page.evaluate<string>('location.hash')
  const state = (page: Page) => page.getByRole('status').innerText()

  it('stands by cause, errors first, and says what is expected once', async () => {
    const {file, html} = await report(docs())
    await look(browser, file, {}, async (page) => {
      const titles = await page.locator('.group > summary').allTextContents()
      expect(titles).toEqual([
        'docs/gone.md is missing 2 links in 2 files',
        'no-missing-anchor 1 finding in 1 file',
        'no-broken-link 1 finding in 1 file',
        'no-unused-definition 1 finding in 1 file',
      ])
      expect(await page.locator('.found > li .severity').allTextContents()).toEqual([
        'error',
        'error',
        'error',
        'error',
        'warning',
      ])
      expect(html).not.toContain(', expected')
      expect(await page.locator('.hint').allTextContents()).toContain('Expected a.md · --fix fixes it')
    })
  })

  it('lists the files with their numbers, and shows the findings of one', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      const links = page.locator('#file-list a')
      expect(await links.allTextContents()).toEqual(['docs/a.md 2 1', 'docs/b.md 2'])
      await links.nth(1).click()
      expect(await shown(page)).toEqual(['docs/b.md 3:12', 'docs/b.md 3:34'])
      expect(await hash(page)).toBe('#file=docs%2Fb.md')
      expect(await links.nth(1).getAttribute('aria-current')).toBe('true')
      await links.nth(1).click()
      expect(await shown(page)).toHaveLength(5)
    })
  })

  it('has its filters in the address, and the back button undoes one', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      await page.getByLabel('Search').fill('gone')
      expect(await hash(page)).toBe('#q=gone')
      await page.getByRole('checkbox', {name: 'no-broken-link'}).check()
      await page.getByRole('checkbox', {name: 'Errors'}).check()
      expect(await hash(page)).toBe('#q=gone&severity=error&rule=no-broken-link')
      expect(await state(page)).toBe('3 of 5 findings')
      await page.reload()
      expect(await state(page)).toBe('3 of 5 findings')
      expect(await page.getByLabel('Search').inputValue()).toBe('gone')
      await page.goBack()
      await expect.poll(() => page.getByRole('checkbox', {name: 'Errors'}).isChecked()).toBe(false)
      expect(await page.getByRole('checkbox', {name: 'no-broken-link'}).isChecked()).toBe(true)
      await page.goBack()
      await page.goBack()
      await expect.poll(() => state(page)).toBe('5 findings')
      expect(await shown(page)).toHaveLength(5)
    })
  })

  it('is one step in the history for a word, however many letters it has', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      const before = await page.evaluate<number>('history.length')
      await page.getByLabel('Search').pressSequentially('unused')
      expect(await page.evaluate('history.length')).toBe(before + 1)
      expect(await shown(page)).toEqual(['docs/a.md 3:1'])
    })
  })

  it('can be narrowed to what is missing, and that is in the address, too', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      await page.getByText('2 missing targets', {exact: true}).click()
      await page.locator('#broken').getByRole('button', {name: 'docs/gone.md'}).click()
      expect(await hash(page)).toBe('#target=docs%2Fgone.md')
      await page.reload()
      expect(await state(page)).toBe('2 of 5 findings, to missing docs/gone.md')
    })
  })

  it('has an address for each finding, which unfolds it', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      const link = page.locator('.found > li').nth(1).locator('.self')
      const address = (await link.getAttribute('href'))!
      expect(address).toMatch(/^#f-[\da-f]{10}$/)
      await page.getByRole('button', {name: 'Fold all'}).click()
      expect(await shown(page)).toEqual([])
      await page.evaluate(`location.hash = '#q=unused'`)
      await expect.poll(() => shown(page)).toEqual(['docs/a.md 3:1'])
      await page.evaluate(`location.hash = ${JSON.stringify(address)}`)
      await expect.poll(() => page.locator(address).isVisible()).toBe(true)
      expect(await page.getByLabel('Search').inputValue()).toBe('')
      await page.goBack()
      await expect.poll(() => shown(page)).toEqual(['docs/a.md 3:1'])
    })
  })

  it('folds groups and files with the keyboard', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      await page.locator('.group summary').first().focus()
      await page.keyboard.press('Tab')
      // The page about the rule, then the first file.
      await page.keyboard.press('Tab')
      await page.keyboard.press('Space')
      expect(await shown(page)).toEqual([
        'docs/b.md 3:12',
        'docs/a.md 5:33',
        'docs/b.md 3:34',
        'docs/a.md 3:1',
      ])
      expect(await page.locator('.fold').first().getAttribute('aria-expanded')).toBe('false')
      // The browser's search finds and unfolds what is folded; without a search bar, this is what it does.
      await page.evaluate(
        `document.querySelector('.found').dispatchEvent(new Event('beforematch', {bubbles: true}))`,
      )
      expect(await shown(page)).toHaveLength(5)
      await page.locator('.group > summary').first().focus()
      await page.keyboard.press('Enter')
      expect(await shown(page)).toEqual(['docs/a.md 5:33', 'docs/b.md 3:34', 'docs/a.md 3:1'])
    })
  })

  it('is printed with what is folded', async () => {
    const {file} = await report(docs())
    await look(browser, file, {}, async (page) => {
      await page.locator('.fold').last().click()
      await page.getByRole('button', {name: 'Fold all'}).click()
      const seen = () =>
        page.evaluate<number>(
          `[...document.querySelectorAll('.what')].filter((each) => each.checkVisibility()).length`,
        )
      expect(await seen()).toBe(0)
      await page.emulateMedia({media: 'print'})
      expect(await seen()).toBe(5)
    })
  })

  it('opens lines in the editor that the reader has chosen, on the files that only the reader knows', async () => {
    const root = docs()
    const {file, html} = await report(root)
    expect(html).not.toContain(root)
    await look(browser, file, {}, async (page) => {
      const links = page.locator('.found .open')
      expect(await links.count()).toBe(0)
      await page.getByLabel('Editor').selectOption('VS Code')
      // The folder of the report is a first guess.
      expect(await page.getByLabel('Folder', {exact: true}).inputValue()).toBe(path.dirname(file))
      await page.getByLabel('Folder', {exact: true}).fill('C:\\my docs\\')
      await page.keyboard.press('Tab')
      expect(await links.first().getAttribute('href')).toBe('vscode://file/C:/my%20docs/docs/a.md:5:12')
      await page.reload()
      expect(await links.count()).toBe(5)
      await page.getByLabel('Editor').selectOption('IntelliJ')
      expect(await links.first().getAttribute('href')).toBe(
        'idea://open?file=/C:/my%20docs/docs/a.md&line=5&column=12',
      )
      await page.getByLabel('Editor').selectOption('none')
      expect(await links.count()).toBe(0)
    })
  })

  it('lays out what is on the screen, and not the other thousands', async () => {
    const links = Array.from({length: 10_000}, (_, at) => `[x](gone${at % 100}.md)\n`).join('\n')
    const {file, html} = await report(folder({'a.md': links}))
    expect(html.length).toBeLessThan(8_000_000)
    await look(browser, file, {}, async (page) => {
      const laidOut = (selector: string) =>
        page.evaluate<number>(
          `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(
            [...document.querySelectorAll('${selector}')]
              .filter((each) => each.checkVisibility({contentVisibilityAuto: true})).length))))`,
        )
      expect(await page.locator('.what').count()).toBe(10_000)
      expect(await laidOut('.what')).toBeLessThan(100)
      // Unfolded, too, and where the reader has scrolled to.
      await page.getByRole('button', {name: 'Fold all'}).click()
      await page.getByRole('button', {name: 'Unfold all'}).click()
      await page.mouse.move(1000, 700)
      await page.mouse.wheel(0, 50_000)
      await expect.poll(() => laidOut('.what')).toBeGreaterThan(0)
      expect(await laidOut('.what')).toBeLessThan(200)
      await page.getByLabel('Search').fill('gone7.md')
      expect(await state(page)).toBe('100 of 10,000 findings')
    })
  })
})
