import type {Rule} from './types.ts'

/** The options of a rule as the properties of a JSON Schema, with their defaults. */
export const optionSchemas = ({options, schema}: Rule): Record<string, object> =>
  Object.fromEntries(
    Object.entries(options).map(([key, value]) => {
      const {description, ...own} = schema?.[key] ?? {}
      const type = own.enum ? {} : {type: Array.isArray(value) ? 'array' : typeof value}
      return [key, {description, default: value, ...type, ...own}]
    }),
  )
