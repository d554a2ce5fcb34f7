import {type Pluggable, type PluggableList, unified} from 'unified'
import {VFile} from 'vfile'
import type {RunPlugins} from '../engine/types.ts'
import {UserError} from '../errors/errors.ts'
import {parserPlugin} from '../page/parser.ts'

/**
 * Create the function that runs remark plugins and presets, such as `remark-lint-*` packages, on the syntax tree of a
 * page.
 *
 * @throws {@link UserError} for a plugin that fails when it is attached
 */
export function pluginRunner(plugins: [plugin: string | Pluggable, options?: unknown][]): RunPlugins {
  const list = plugins.map(([plugin, options]) =>
    options === undefined ? plugin : [plugin, options],
  ) as PluggableList
  const processor = unified().use(parserPlugin)
  const names: string[] = []
  try {
    processor.use(list)
    // Presets include remark-lint, which would apply comments before all messages exist.
    for (const attacher of processor.attachers)
      if (attacher[0].name === 'remarkLint') attacher[1] = false
      else if (attacher[0] !== parserPlugin) names.push(attacher[0].name)
    processor.freeze()
  } catch (error) {
    throw new UserError(
      `Cannot use a plugin of the configuration: ${(error as Error).message.split('\n')[0]}`,
    )
  }
  const rules = names.flatMap((name) => /^(?:remark-lint|doccheck):(.+)$/.exec(name)?.[1] ?? [])
  const run: RunPlugins = async (path, text, tree) => {
    const file = new VFile({path, value: text})
    // Plugins may modify the tree; the facts of the page have been collected before.
    await processor.run(tree, file)
    return file.messages
  }
  return Object.assign(run, rules.length === names.length && {rules})
}
