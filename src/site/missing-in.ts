import type {MissingTarget, Resolution} from './types.ts'

/** The missing target of a link that leads nowhere, for certain or unless a doubt about it is right. */
export function missingIn(found: Resolution): MissingTarget | undefined {
  if (found.to === 'missing') return found
  return found.to === 'unknown' ? found.otherwise : undefined
}
