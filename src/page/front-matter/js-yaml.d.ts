/** The part of js-yaml that doccheck uses. */
declare module 'js-yaml' {
  export class YAMLException extends Error {
    reason: string
    mark?: {position: number}
  }
  export function load(text: string, options: {json?: boolean; maxDepth?: number}): unknown
}
