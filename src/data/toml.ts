import type {AST} from 'toml-eslint-parser'
import {plain} from './plain.ts'

/**
 * What a parsed TOML document says, as plain JSON.
 *
 * @param tree Its keys are changed.
 * @param parser What parsed it, which takes long to load.
 */
export function tomlValue(
  tree: AST.TOMLProgram,
  {getStaticTOMLValue, traverseNodes}: typeof import('toml-eslint-parser'),
): unknown {
  // `[__proto__]` would otherwise put its values into the prototype of every object of this process.
  traverseNodes(tree, {
    enterNode(node) {
      if (node.type === 'TOMLBare') node.name = `=${node.name}`
      else if (node.type === 'TOMLQuoted') node.value = `=${node.value}`
    },
    leaveNode() {},
  })
  return plain(getStaticTOMLValue(tree), (key) => key.slice(1), Number.POSITIVE_INFINITY)
}
