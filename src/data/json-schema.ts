import type {Ajv, CodeOptions, ValidateFunction} from 'ajv'
import {UserError} from '../errors/errors.ts'
import {expressionOf} from '../pattern/expression.ts'
import {nearest} from '../text/nearest.ts'

type Engine = NonNullable<CodeOptions['regExp']>

/** Runs the patterns of a schema in linear time; the validator compares them by their source. */
const linearTime: Engine = Object.assign(
  (pattern: string) =>
    ({
      test: expressionOf({source: pattern, flags: 'u'}).test,
      toString: () => pattern,
    }) as ReturnType<Engine>,
  {code: 'expressionOf'},
)

/** The validator would only log this, and continue without the check. */
const refuse = (message: string): never => {
  throw new Error(message)
}

const OPTIONS = {
  code: {regExp: linearTime},
  allErrors: true,
  verbose: true,
  strict: false,
  validateFormats: true,
  allowUnionTypes: true,
  logger: {log: refuse, warn: refuse, error: refuse},
}

/** The validator for the draft that a schema declares; 2020-12 also supports most keywords of older drafts. */
async function makeAjv({$schema}: Record<string, unknown>): Promise<Ajv> {
  if (typeof $schema === 'string' && /draft-0[67]/.test($schema))
    return new (await import('ajv')).Ajv(OPTIONS)
  if (typeof $schema === 'string' && /2019-09/.test($schema))
    return new (await import('ajv/dist/2019.js')).Ajv2019(OPTIONS)
  return new (await import('ajv/dist/2020.js')).Ajv2020(OPTIONS) as unknown as Ajv
}

/**
 * Compile one of the user's JSON Schemas, of draft 2020-12, 2019-09 or 07, with the formats of `ajv-formats`.
 *
 * @throws {@link UserError} if it is invalid, or has a pattern that cannot be matched in linear time
 */
export async function compileJsonSchema(schema: Record<string, unknown>): Promise<ValidateFunction> {
  const [{default: formats}, ajv] = await Promise.all([import('ajv-formats'), makeAjv(schema)])
  formats.default(ajv)
  try {
    return ajv.compile(schema)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(faultOf((error as Error).message, Object.keys(ajv.formats)))
  }
}

/** The validator's message; for an unknown format, with the nearest known one. */
function faultOf(message: string, formats: readonly string[]): string {
  const [, format, place] = /^unknown format "(.*)" ignored in schema at path "(.*)"$/.exec(message) ?? []
  if (format === undefined) return `The JSON Schema is not valid: ${message}`
  const near = nearest(format, formats)
  return `Unknown format "${format}" at ${place}.${near === undefined ? '' : ` Did you mean "${near}"?`}`
}
