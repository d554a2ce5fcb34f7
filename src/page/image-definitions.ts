import type {Page} from './types.ts'

/** Mark the definitions of image references. */
export function markImageDefinitions({references, definitions, links}: Page): void {
  const shown = new Set(references.filter(({image}) => image).map(({identifier}) => identifier))
  if (shown.size === 0) return
  const own = links.filter(({kind}) => kind === 'definition')
  // Only the first definition of a label counts.
  for (const [index, {identifier}] of definitions.entries())
    if (shown.delete(identifier)) own[index]!.image = true
}
