import type {TreeContext} from './platform.ts'
import type {RedirectTable} from './redirect-table.ts'
import {readModule} from './shared/javascript/read.ts'
import {FunctionValue, ObjectValue, type Value} from './shared/javascript/values.ts'
import {nextSetting} from './shared/next/config.ts'

/** Keys of a redirect under which it applies only to some requests. */
const CONDITIONS = ['has', 'missing']

/** Add the redirects and rewrites of a `next.config.*`, which is read and never run. */
export async function addRedirectsOfNext(table: RedirectTable, {tree}: TreeContext): Promise<void> {
  const text = await tree.read(table.file).catch(() => '')
  for (const key of ['redirects', 'rewrites'])
    if (text.includes(key)) {
      const found = await readModule({tree}, table.file, undefined, (value, apply) => {
        const own = nextSetting(value, key)
        return own instanceof FunctionValue ? apply(own, []) : own
      })
      addList(table, found, key === 'rewrites')
    }
}

function addList(table: RedirectTable, list: Value, isRewrite: boolean): void {
  if (list === undefined || list === null || list === false) return
  // Rewrites may be grouped by when they apply.
  if (list instanceof ObjectValue && !list.hasUnknownKeys)
    for (const group of list.values.values()) addList(table, group, isRewrite)
  else if (Array.isArray(list)) for (const each of list as readonly Value[]) addOne(table, each, isRewrite)
  else table.setComputed()
}

function addOne(table: RedirectTable, item: Value, isRewrite: boolean): void {
  const [from, to] = item instanceof ObjectValue ? [item.get('source'), item.get('destination')] : []
  if (!(item instanceof ObjectValue) || typeof from !== 'string') {
    table.setComputed()
    return
  }
  const isConditional = CONDITIONS.some((key) => item.get(key) !== undefined)
  table.add(from, typeof to === 'string' ? to : undefined, {
    ...(isConditional && {isConditional}),
    ...(isRewrite && {isRewrite}),
  })
}
