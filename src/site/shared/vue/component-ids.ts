import type {Page} from '../../../page/types.ts'
import type {Doubt} from '../../doubts.ts'
import {doubtsOfComponent, mayAddIds} from '../anchors.ts'
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
    const [why] = doubtsOfComponent(name, found?.adds ?? Adds.Ids)
    return [{ids: found?.ids ?? [], ...(why && {doubt: why})}]
  })
}
