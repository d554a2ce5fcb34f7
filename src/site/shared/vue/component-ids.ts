import type {Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {mayAddIds} from '../anchors.ts'
import {Adds} from '../component-code.ts'
import type {Components} from './components.ts'

/** The ids of a component on a page, and the reason why it may add others. */
export interface AddedIds {
  ids: readonly string[]
  doubt?: Doubt
}

/** The ids that the components on a page add. */
export function idsOfComponents(components: Components, page: Page): AddedIds[] {
  // An interpolation shows text, and the tags of template languages are text.
  const others = [...new Set(page.opaqueContent)].filter((content) => !/^\{[{%]/.test(content))
  return others.flatMap((content) => {
    const name = /^<([A-Za-z][\w.-]*)/.exec(content)?.[1]
    if (name === undefined) return [{ids: [], doubt: mayAddIds(content)}]
    const found = components.of(name, page)
    if (!found) return [{ids: [], doubt: doubt('content-ids', `<${name}>`)}]
    if (found.adds === Adds.Nothing) return [{ids: found.ids}]
    const reason = found.adds === Adds.Content ? 'component-content' : 'content-ids'
    return [{ids: found.ids, doubt: doubt(reason, `<${name}>`)}]
  })
}
