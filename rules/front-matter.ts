/**
 * Reports front matter that breaks the build of a site: syntax errors, duplicate keys, an unclosed block; and, with
 * schemas, missing keys and wrong values.
 *
 * A schema is a JSON Schema (draft 2020-12, 2019-09 or 07) for the files of some globs; formats such as `date` are
 * checked. If the globs of several schemas match a page, all of them apply. A page without front matter is checked as
 * one with an empty block.
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
 * ^ 3:1-3:6 Unexpected duplicate key `title` in the front matter
 *
 * @example not ok with {"schemas": [{"files": ["**"], "schema": {"required": ["title"]}}]}
 * ---
 * layout: page
 * ---
 * ^ 1:1-1:4 Unexpected front matter without `title`
 */
import type {ErrorObject, ValidateFunction} from 'ajv'
import {UserError} from '../src/errors/errors.ts'
import type {FrontMatter} from '../src/page/front-matter/types.ts'
import type {Page} from '../src/page/types.ts'
import {defineRule} from '../src/rule/define-rule.ts'
import type {Finding, Fix} from '../src/rule/types.ts'
import {isoDate} from '../src/text/iso-date.ts'
import {nearest} from '../src/text/nearest.ts'
import type {Span} from '../src/text/span.ts'

/** A compiled schema and the files it is for. */
interface Compiled {
  fits(path: string): boolean
  validate: ValidateFunction
}

/** A JSON Schema, or the path of its file, for the files of some globs. */
type SchemaEntry = {files: string | string[]; schema: string | object}

export default defineRule(
  {
    name: 'front-matter',
    needs: 'page',
    severity: 'error',
    fixable: true,
    options: {schemas: [] as SchemaEntry[]},
    schema: {
      schemas: {
        description:
          "JSON Schemas by glob: `{files: ['docs/**'], schema: {…}}`; a string as `schema` is the path of a file.",
        items: {type: 'object'},
      },
    },
    loadFiles: async ({schemas}, load) => {
      for (const entry of schemas)
        if (typeof entry.schema === 'string') entry.schema = (await load(entry.schema)) as object
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
  const [{pathMatcher}, {compileJsonSchema}] = await Promise.all([
    import('../src/pattern/path-matcher.ts'),
    import('../src/data/json-schema.ts'),
  ])
  const compiled: Compiled[] = []
  for (const [index, {files, schema}] of schemas.entries()) {
    const where = `Option "schemas[${index}]" of "front-matter"`
    const globs = typeof files === 'string' ? [files] : files
    if (!Array.isArray(globs) || !globs.every((glob) => typeof glob === 'string'))
      throw new UserError(`${where} needs "files", a list of globs`)
    if (typeof schema !== 'object' || schema === null)
      throw new UserError(`${where} needs "schema", a JSON Schema`)
    const fits = pathMatcher(globs, `${where}: files`)
    try {
      compiled.push({fits, validate: await compileJsonSchema(schema as Record<string, unknown>)})
    } catch (error) {
      throw error instanceof UserError ? new UserError(`${where}: ${error.message}`) : error
    }
  }
  return compiled
}

/** Keywords about the keys of an object, regardless of their values. */
const KEYWORDS_OF_KEYS = new Set(['required', 'additionalProperties', 'unevaluatedProperties'])

/** Does a value contain template code in quotes, so that its value on the site is unknown? */
const hasTemplate = (value: unknown) => /\{\{|\{%|<%/.test(JSON.stringify(value))

/** An error of the validator, with its position on the page. */
interface SchemaError extends ErrorObject {
  page: Page
  /** The opening fence; without front matter, the start of the page. */
  top: Span
  /** The key of the value, if the block has one. */
  key: Span | undefined
  /** The value; the key if the value is empty, the opening fence for all keys together. */
  value: Span
  /** The value's path in words, `author.name`; empty for all keys together. */
  path: string
}

/** One error of the validator as a finding: at the value, at an unknown key, at the fence for a missing key. */
function explain(error: ErrorObject, page: Page): Finding | undefined {
  const {keyword, instancePath} = error
  if (!KEYWORDS_OF_KEYS.has(keyword) && hasTemplate(error.data)) return
  const block = page.frontMatter
  const top: Span = {start: 0, end: block ? Math.min(3, block.end) : 0}
  const place = block?.places[instancePath]
  const value = place && place.value.end > place.value.start ? place.value : (place?.key ?? top)
  const path = unescapePointer(instancePath.slice(1).replaceAll('/', '.'))
  return (EXPLANATIONS[keyword] ?? explainOther)({...error, page, top, key: place?.key, value, path})
}

/** Unescape a segment of a JSON Pointer: `a~1b` → `a/b`. */
const unescapePointer = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~')

const EXPLANATIONS: Record<string, (error: SchemaError) => Finding | undefined> = {
  required: explainMissing,
  additionalProperties: explainUnknown,
  unevaluatedProperties: explainUnknown,
  enum: (error) => explainChoice(error, error.params.allowedValues),
  const: (error) => explainChoice(error, [error.params.allowedValue]),
  type: (error) =>
    isYaml11Boolean(error)
      ? undefined
      : unexpectedValue(error, `, expected type ${[error.params.type].flat().join(' or ')}`),
  format: explainFormat,
  pattern: (error) => unexpectedValue(error, `, expected a match for \`${error.params.pattern}\``),
  anyOf: (error) => unexpectedValue(error, ', expected a match for one of the allowed schemas'),
  oneOf: (error) => unexpectedValue(error, ', expected a match for exactly one of the allowed schemas'),
  // The failing subschema is reported itself.
  if: () => undefined,
  allOf: () => undefined,
}

const explainOther = (error: SchemaError) => unexpectedValue(error, `: ${error.message ?? error.keyword}`)

const unexpectedValue = ({value, path}: SchemaError, rest: string): Finding => ({
  ...value,
  message: `Unexpected value of ${path === '' ? 'the front matter' : `\`${path}\``}${rest}`,
})

function explainMissing(error: SchemaError): Finding {
  const {page, path, params, top, key} = error
  const isTop = path === ''
  const missing = isTop ? params.missingProperty : `${path}.${params.missingProperty}`
  const fix = isTop ? fixMissing(missing, error, page) : undefined
  const message = page.frontMatter
    ? `Unexpected front matter without \`${missing}\``
    : `Unexpected page without front matter, expected \`${missing}\``
  return {...(isTop ? top : (key ?? top)), message, ...(fix && {fix})}
}

function explainUnknown({page, params, parentSchema, instancePath, top}: SchemaError): Finding {
  const extra = String(params.additionalProperty ?? params.unevaluatedProperty)
  const near = nearest(extra, Object.keys((parentSchema?.properties as object) ?? {}))
  const pointer = `${instancePath}/${extra.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return {
    ...(page.frontMatter?.places[pointer]?.key ?? top),
    message: `Unexpected key \`${extra}\` in the front matter${near ? `, expected \`${near}\`` : ''}`,
  }
}

function explainChoice(error: SchemaError, allowed: unknown[]): Finding {
  const words = allowed.map((word) => `\`${typeof word === 'string' ? word : JSON.stringify(word)}\``)
  return unexpectedValue(error, `, expected ${words.length > 1 ? 'one of ' : ''}${words.join(', ')}`)
}

function explainFormat(error: SchemaError): Finding | undefined {
  const {page, params, instancePath} = error
  if (params.format === 'time' && isTomlTime(error)) return
  const written = page.frontMatter && String(at(page.frontMatter, instancePath))
  const date = params.format === 'date' && written !== undefined ? isoDate(written) : undefined
  const place = page.frontMatter?.places[instancePath]
  const fix = date && place && fixValue(place.value, written!, date)
  return {
    ...unexpectedValue(error, `, expected ${/^[aeiu]/.test(params.format) ? 'an' : 'a'} ${params.format}`),
    ...(fix && {fix}),
  }
}

/** Add a key whose value is known: the schema's default, or the page's only level 1 heading as `title`. */
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
  // Below the opening fence, since a table that is open at the end would absorb the key.
  if (block.kind === 'toml')
    return typeof value === 'object'
      ? undefined
      : insert(page.lines[1]!, `${key} = ${JSON.stringify(value)}${eol}`)
  // Without keys, the content is `~`, `{}` or the like, and no key can follow it.
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

/** JSON is valid YAML; a string of plain words needs no quotes. */
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

/** `yes`, `no`, `on` and `off` are booleans to generators with a YAML 1.1 parser, such as Jekyll. */
function isYaml11Boolean({instancePath, params, page: {frontMatter}}: SchemaError): boolean {
  if (![params.type].flat().includes('boolean') || frontMatter?.kind !== 'yaml') return false
  return /^(?:yes|no|on|off)$/i.test(String(at(frontMatter, instancePath)))
}

/** An unquoted time is a TOML time, which must not have the offset that JSON Schema requires. */
function isTomlTime({instancePath, data, page: {frontMatter}}: SchemaError): boolean {
  const place = frontMatter?.places[instancePath]
  if (frontMatter?.kind !== 'toml' || !place) return false
  return /^\d\d:/.test(String(data)) && place.value.end - place.value.start === String(data).length
}

function at({data}: FrontMatter, pointer: string): unknown {
  let value: unknown = data
  for (const key of pointer.split('/').slice(1))
    value = (value as Record<string, unknown> | undefined)?.[unescapePointer(key)]
  return value
}
