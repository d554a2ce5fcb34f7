/**
 * Reports front matter that a site generator will choke on: syntax errors, keys given twice, a block that never
 * ends; and, with schemas, missing keys and wrong values.
 *
 * A schema is a JSON Schema (draft 2020-12, 2019-09 or 07) for the files of some globs; formats such as `date` are
 * checked. Where several fit, all hold. A page without front matter is held to it as if the block were empty.
 *
 * @example ok
 * ---
 * title: Install
 * ---
 *
 * @example not ok
 * ---
 * title: Install
 * title: Set up
 * ---
 * ^ 3:1-3:6 Unexpected second key `title` in the front matter
 *
 * @example not ok with {"schemas": [{"files": ["**"], "schema": {"required": ["title"]}}]}
 * ---
 * layout: page
 * ---
 * ^ 1:1-1:4 Unexpected front matter without `title`
 */
import type {Ajv, CodeOptions, ErrorObject, ValidateFunction} from 'ajv'
import {UserError} from '../src/errors/errors.ts'
import type {FrontMatter, Page} from '../src/page/types.ts'
import {defineRule} from '../src/rule/define-rule.ts'
import type {Finding, Fix} from '../src/rule/types.ts'
import {nearest} from '../src/text/nearest.ts'
import type {Span} from '../src/text/span.ts'

/** A compiled schema and the files it is for. */
interface Compiled {
  fits(path: string): boolean
  validate: ValidateFunction
}

export default defineRule(
  {
    name: 'front-matter',
    needs: 'page',
    severity: 'error',
    options: {schemas: [] as Record<string, unknown>[]},
    schema: {
      schemas: {
        description:
          "JSON Schemas by glob: `{files: ['docs/**'], schema: {…}}`; a string as `schema` is the path of a file.",
        items: {type: 'object'},
      },
    },
    needsPlaces: ({schemas}) => schemas.length > 0,
    prepare: async ({schemas}): Promise<Compiled[]> => (schemas.length === 0 ? [] : compile(schemas)),
  },
  (page, {prepared, report}) => {
    for (const problem of page.frontMatter?.problems ?? []) report(problem)
    if (page.frontMatter && page.frontMatter.data === undefined) return
    for (const {fits, validate} of prepared) {
      if (!fits(page.path) || validate(page.frontMatter?.data ?? {})) continue
      for (const error of validate.errors ?? []) {
        const found = explain(error, page)
        if (found) report(found)
      }
    }
  },
)

async function compile(schemas: Record<string, unknown>[]): Promise<Compiled[]> {
  const [{pathMatcher}, {expressionOf}, {default: formats}] = await Promise.all([
    import('../src/pattern/path-matcher.ts'),
    import('../src/pattern/expression.ts'),
    import('ajv-formats'),
  ])
  const regExp = engine((pattern) => expressionOf({source: pattern, flags: 'u'}))
  const compiled: Compiled[] = []
  for (const [index, {files, schema}] of schemas.entries()) {
    const where = `Option \`schemas[${index}]\` of rule \`front-matter\``
    const globs = typeof files === 'string' ? [files] : files
    if (!Array.isArray(globs) || !globs.every((glob) => typeof glob === 'string'))
      throw new UserError(`${where} needs \`files\`, a list of globs`)
    if (typeof schema !== 'object' || schema === null)
      throw new UserError(`${where} needs \`schema\`, a JSON Schema`)
    const ajv = await makeAjv(schema as Record<string, unknown>, regExp)
    formats.default(ajv)
    const fits = pathMatcher(globs, `${where}: files`)
    try {
      compiled.push({fits, validate: ajv.compile(schema)})
    } catch (error) {
      if (error instanceof UserError) throw new UserError(`${where}: ${error.message}`)
      throw new UserError(`${where} ${schemaFault((error as Error).message, Object.keys(ajv.formats))}`)
    }
  }
  return compiled
}

/** What is wrong with a schema, by the validator's message. */
function schemaFault(message: string, formats: string[]): string {
  const [, format, place] = /^unknown format "(.*)" ignored in schema at path "(.*)"$/.exec(message) ?? []
  if (format === undefined) return `is no valid JSON Schema: ${message}`
  const near = nearest(format, formats)
  return `has the unknown format \`${format}\` at ${place}${near === undefined ? '' : `, expected \`${near}\``}`
}

type Engine = NonNullable<CodeOptions['regExp']>

/** Compiles the patterns of a schema; the validator compares them by their source. */
const engine = (expressionOf: (pattern: string) => {test(text: string): boolean}): Engine =>
  Object.assign(
    (pattern: string) => ({test: expressionOf(pattern).test, toString: () => pattern}) as ReturnType<Engine>,
    {code: 'expressionOf'},
  )

/** What the validator would only print, and go on without the check. */
const refuse = (message: string): never => {
  throw new Error(message)
}

/** The validator for the draft that a schema names; 2020-12 reads what older drafts wrote for most keys. */
async function makeAjv({$schema}: Record<string, unknown>, regExp: Engine): Promise<Ajv> {
  const options = {
    code: {regExp},
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: true,
    allowUnionTypes: true,
    logger: {log: refuse, warn: refuse, error: refuse},
  }
  if (typeof $schema === 'string' && /draft-0[67]/.test($schema))
    return new (await import('ajv')).Ajv(options)
  if (typeof $schema === 'string' && /2019-09/.test($schema))
    return new (await import('ajv/dist/2019.js')).Ajv2019(options)
  return new (await import('ajv/dist/2020.js')).Ajv2020(options) as unknown as Ajv
}

/** What looks at the keys of an object, whatever their values. */
const KEYWORDS_OF_KEYS = new Set(['required', 'additionalProperties', 'unevaluatedProperties'])

/** Whether a value holds template code in quotes: what will become of it is not known. */
const hasTemplate = (value: unknown) => /\{\{|\{%|<%/.test(JSON.stringify(value))

/** One error of the validator as a finding: at the value, at the key for an unknown one, at the fence for a missing one. */
function explain(error: ErrorObject, page: Page): Finding | undefined {
  const {keyword, instancePath, params} = error
  if (!KEYWORDS_OF_KEYS.has(keyword) && hasTemplate(error.data)) return
  const block = page.frontMatter
  const top: Span = {start: 0, end: block ? Math.min(3, block.end) : 0}
  const place = block?.places[instancePath]
  const value = place && place.value.end > place.value.start ? place.value : (place?.key ?? top)
  const name = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')
  const key = name === '' ? 'the front matter' : `\`${name}\``
  switch (keyword) {
    case 'required': {
      const missing = name === '' ? params.missingProperty : `${name}.${params.missingProperty}`
      const fix = name === '' ? fixMissing(missing, error, page) : undefined
      if (!block)
        return {
          ...top,
          message: `Unexpected page without front matter, expected \`${missing}\``,
          ...(fix && {fix}),
        }
      return {
        ...(name === '' ? top : (place?.key ?? top)),
        message: `Unexpected front matter without \`${missing}\``,
        ...(fix && {fix}),
      }
    }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const extra = String(params.additionalProperty ?? params.unevaluatedProperty)
      const known = Object.keys((error.parentSchema?.properties as object) ?? {})
      const near = nearest(extra, known)
      const span =
        block?.places[`${instancePath}/${extra.replaceAll('~', '~0').replaceAll('/', '~1')}`]?.key ?? top
      return {
        ...span,
        message: `Unexpected key \`${extra}\` in the front matter${near ? `, expected \`${near}\`` : ''}`,
      }
    }
    case 'enum':
    case 'const': {
      const allowed: unknown[] = keyword === 'enum' ? params.allowedValues : [params.allowedValue]
      const words = allowed
        .map((word) => `\`${typeof word === 'string' ? word : JSON.stringify(word)}\``)
        .join(', ')
      return {
        ...value,
        message: `Unexpected value of ${key}, expected ${allowed.length > 1 ? 'one of ' : ''}${words}`,
      }
    }
    case 'type':
      if (isYaml11Boolean(error, page)) return
      return {
        ...value,
        message: `Unexpected value of ${key}, expected type ${[params.type].flat().join(' or ')}`,
      }
    case 'format': {
      if (params.format === 'time' && isTomlTime(error, page)) return
      const date = params.format === 'date' && block ? isoDate(at(block, instancePath)) : undefined
      const fix = date && place && fixValue(place.value, String(at(block!, instancePath)), date)
      return {...value, message: `Unexpected value of ${key}, expected a ${params.format}`, ...(fix && {fix})}
    }
    case 'pattern':
      return {...value, message: `Unexpected value of ${key}, expected a match of \`${params.pattern}\``}
    // What holds the reason is reported itself.
    case 'if':
    case 'anyOf':
    case 'oneOf':
    case 'allOf':
      return keyword === 'if' || keyword === 'allOf'
        ? undefined
        : {...value, message: `Unexpected value of ${key}, it fits none of the forms allowed`}
    default:
      return {...value, message: `Unexpected value of ${key}: ${error.message ?? keyword}`}
  }
}

/** Add a key whose value is known: the schema's default, or the page's one heading of the first level as `title`. */
function fixMissing(key: string, {parentSchema}: ErrorObject, page: Page): Fix | undefined {
  const {frontMatter: block, headings, eol} = page
  const value = knownValue(
    key,
    (parentSchema?.properties as Record<string, {default?: unknown}> | undefined)?.[key],
    headings,
  )
  if (value === undefined || !/^[A-Za-z_][\w-]*$/.test(key)) return
  const insert = (at: number, text: string): Fix => ({edits: [{start: at, end: at, text}], safe: true})
  if (!block) return insert(0, `---${eol}${key}: ${yaml(value)}${eol}---${eol}${eol}`)
  // Under the opening fence, since a table that is open at the end would take the key.
  if (block.kind === 'toml')
    return typeof value === 'object'
      ? undefined
      : insert(page.lines[1]!, `${key} = ${JSON.stringify(value)}${eol}`)
  // Without keys, what is written there is `~`, `{}` or the like, and no key can follow it.
  const root = block.places['']
  if (root && root.value.start > block.start && Object.keys(block.data ?? {}).length === 0) return
  const isBlock = Object.entries(block.places).every(
    ([pointer, place]) => !/^\/[^/]*$/.test(pointer) || page.lines.includes(place.key.start),
  )
  const fence = page.lines.findLast((line) => line < block.end)!
  return block.kind === 'yaml' && isBlock ? insert(fence, `${key}: ${yaml(value)}${eol}`) : undefined
}

function knownValue(
  key: string,
  schema: {default?: unknown} | undefined,
  headings: Page['headings'],
): unknown {
  if (schema?.default !== undefined) return schema.default
  const titles = headings.filter(({depth}) => depth === 1)
  const [title] = titles
  if (key !== 'title' || titles.length !== 1 || title!.template || title!.html) return
  return (title!.textWithoutId ?? title!.text).replace(/\s+/g, ' ').trim() || undefined
}

/** JSON is YAML; a string of plain words needs no quotes. */
const yaml = (value: unknown): string =>
  typeof value === 'string' &&
  /^[A-Za-z][\w,.()/-]*(?: [\w,.()/-]+)*$/.test(value) &&
  !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value)

/** Replace a value, keeping its quotes. */
function fixValue({start, end}: Span, old: string, text: string): Fix | undefined {
  const quotes = end - start - old.length
  if (quotes !== 0 && quotes !== 2) return
  return {edits: [{start: start + quotes / 2, end: end - quotes / 2, text}], safe: true}
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A day in ISO form, from forms that leave no doubt which number is the month: year first, or the month as a word. */
function isoDate(value: unknown): string | undefined {
  const text = String(value).trim()
  const numbers = /^(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})$/.exec(text)
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})$/.exec(text)
  const monthFirst = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(text)
  const [year, month, day] = numbers
    ? [numbers[1], Number(numbers[2]), numbers[3]]
    : dayFirst
      ? [dayFirst[3], monthNumber(dayFirst[2]!), dayFirst[1]]
      : monthFirst
        ? [monthFirst[3], monthNumber(monthFirst[1]!), monthFirst[2]]
        : []
  if (!year || !month || !day) return
  const iso = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined
}

/** 1 to 12, by the first three letters of an English name; 0 for another word. */
function monthNumber(word: string): number {
  const full =
    'january february march april may june july august september october november december sept'.split(' ')
  const name = word.toLowerCase()
  return MONTHS.includes(name) || full.includes(name) ? MONTHS.indexOf(name.slice(0, 3)) + 1 : 0
}

/** `yes`, `no`, `on` and `off` are booleans to generators with a YAML 1.1 parser, such as Jekyll. */
function isYaml11Boolean({instancePath, params}: ErrorObject, {frontMatter}: Page): boolean {
  if (![params.type].flat().includes('boolean') || frontMatter?.kind !== 'yaml') return false
  return /^(?:yes|no|on|off)$/i.test(String(at(frontMatter, instancePath)))
}

/** A time without quotes is one to TOML, which has none with the offset that JSON Schema wants. */
function isTomlTime({instancePath, data}: ErrorObject, {frontMatter}: Page): boolean {
  const place = frontMatter?.places[instancePath]
  if (frontMatter?.kind !== 'toml' || !place) return false
  return /^\d\d:/.test(String(data)) && place.value.end - place.value.start === String(data).length
}

function at({data}: FrontMatter, pointer: string): unknown {
  let value: unknown = data
  for (const key of pointer.split('/').slice(1))
    value = (value as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')]
  return value
}
