import type {AST} from 'toml-eslint-parser'
import {plain} from './plain.ts'

/**
 * Convert a parsed TOML document to plain JSON.
 *
 * @param tree Its keys are modified.
 * @param parser The module that parsed it, which takes long to load.
 */
export function tomlValue(
  tree: AST.TOMLProgram,
  {getStaticTOMLValue, traverseNodes}: typeof import('toml-eslint-parser'),
): unknown {
  // Otherwise `[__proto__]` would add its values to the prototype of all objects.
  traverseNodes(tree, {
    enterNode(node) {
      if (node.type === 'TOMLBare') node.name = `=${node.name}`
      else if (node.type === 'TOMLQuoted') node.value = `=${node.value}`
    },
    leaveNode() {},
  })
  return plain(getStaticTOMLValue(tree), (key) => key.slice(1), Number.POSITIVE_INFINITY)
}
