import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {type Browser, type BrowserContextOptions, chromium, type Page} from 'playwright-core'
import {expect} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

const CHROMIUM = '/usr/bin/chromium'

/** Is the browser there that tests look at reports with? In CI it has to be. */
export const hasBrowser = existsSync(CHROMIUM) || process.env.CI !== undefined

/** A browser that speaks to nobody. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** Write the HTML report of a folder into another one. @returns the file and its text */
export async function report(root: string, ...args: string[]): Promise<{file: string; html: string}> {
  const file = path.join(folder(), 'report.html')
  const {err} = await doccheck(root, ['--offline', '--reporter', `html:${file}`, ...args])
  expect(err).toBe('')
  return {file, html: readFileSync(file, 'utf8')}
}

/** Open a report, look at it, and see that it was quiet: no request but for itself, no error, no dialog. */
export async function look(
  browser: Browser,
  file: string,
  options: BrowserContextOptions,
  at: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, ...options})
  try {
    const page = await context.newPage()
    const heard: string[] = []
    page.on('request', (request) => heard.push(request.url()))
    page.on('console', (message) => heard.push(message.text()))
    page.on('pageerror', (error) => heard.push(error.message))
    page.on('dialog', (dialog) => heard.push(dialog.message()))
    const url = pathToFileURL(file).href
    await page.goto(url)
    await at(page)
    // It may have been loaded again.
    expect(heard.filter((text) => text !== url)).toEqual([])
    expect(heard).toContain(url)
  } finally {
    await context.close()
  }
}
