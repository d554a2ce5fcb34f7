import type {OptionSchema} from './types.ts'

/** The option of rules whose findings may be likely rather than certain. */
export const LIKELY = {
  description: 'The severity of findings that are likely but not certain.',
  enum: ['off', 'warn', 'error'],
} as const satisfies OptionSchema
