// YAML tags such as `!!python/name` contain more information than their values, so some settings are read as text.

/**
 * The part of a YAML file with the value of a key, including tags; empty if there is none.
 *
 * @param key An expression for the key.
 */
export function blockOf(text: string, key: string): string {
  const found = new RegExp(String.raw`^([ \t]*)((?:-[ \t]+)?)(['"]?)${key}\3[ \t]*:`, 'm').exec(text)
  if (!found) return ''
  const [, spaces = '', item = ''] = found
  const indent = spaces.length + item.length
  const lines = text.slice(found.index).split('\n')
  const ends = lines.findIndex((line, at) => {
    const start = line.search(/[^\s#]|#(?=.)/)
    if (at === 0 || start < 0 || line[start] === '#' || start > indent) return false
    // The items of a list may stand below their key.
    return !(item === '' && start === indent && /^-[ \t]/.test(line.slice(start)))
  })
  return lines.slice(0, ends < 0 ? lines.length : ends).join('\n')
}
