/** The end of the tag that a call begins with. */
const TAG_END = /[%>]\}\}/
/** The words of a call: named parameters, and others by their position; the first one is the name of the shortcode. */
const WORD = /([\w-]+)=("[^"]*"|`[^`]*`|[^\s"`]+)|"([^"]*)"|`([^`]*)`|([^\s"`=]+)/g
/** `.Get "id" | urlize` → `id`; `.Get 0` → `0` */
const GET = /^\.Get\s{1,9}(?:"([\w-]+)"|`([\w-]+)`|(\d+))(\W.*)?$/
const VARIABLE = /^(\$\w+)(\W.*)?$/
const ASSIGNMENT = /(\$\w+)\s{0,9}:?=\s{0,9}([^{}\n]{1,200})/g
/** Functions that leave simple ids as they are. */
const KEEPS_IDS =
  /^(?:\s*\|\s*(?:urlize|anchorize|lower|plainify|htmlEscape|safeHTML|safeHTMLAttr|safeURL|string))*\s*$/
const SIMPLE_ID = /^[a-z\d]+(?:-[a-z\d]+)*$/

/** The parameters of a call, by name and by position from 0: `{{< tab name="unix" >}}` → `name`: `unix`. */
function parametersOf(call: string): ReadonlyMap<string, string> {
  const tag = call.slice(call.search(/[%<]/) + 1, Math.max(0, call.search(TAG_END)))
  const parameters = new Map<string, string>()
  let position = -1
  for (const [, name, named, ...values] of tag.matchAll(WORD)) {
    if (name !== undefined) parameters.set(name, named!.replace(/^["`]|["`]$/g, ''))
    else if (position++ >= 0)
      parameters.set(String(position - 1), values.find((value) => value !== undefined)!)
  }
  return parameters
}

/** The variables of a template that hold one parameter each: `{{ $id := .Get "id" }}` → `$id`: `.Get "id"`. */
function variablesOf(template: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>()
  const repeated = new Set<string>()
  for (const [, name, value] of template.matchAll(ASSIGNMENT)) {
    if (variables.has(name!)) repeated.add(name!)
    variables.set(name!, value!.replace(/-$/, '').trim())
  }
  for (const name of repeated) variables.delete(name)
  return variables
}

/**
 * The values of the code in a shortcode's template, for one call: `{{ .Get "id" }}` → `unix`.
 *
 * @returns a function that returns undefined for code that does more than insert a parameter
 */
export function valuesIn(template: string, call: string): (code: string) => string | undefined {
  const parameters = parametersOf(call)
  const variables = variablesOf(template)
  return (code) => {
    const text = code.replace(/^\{\{-?|-?\}\}$/g, '').trim()
    const [, name, after = ''] = VARIABLE.exec(text) ?? []
    const [, quoted, raw, position, functions = ''] =
      GET.exec(name === undefined ? text : (variables.get(name) ?? '')) ?? []
    const key = quoted ?? raw ?? position
    if (key === undefined) return
    const changes = functions + after
    const value = parameters.get(key) ?? ''
    return KEEPS_IDS.test(changes) && (changes.trim() === '' || SIMPLE_ID.test(value)) ? value : undefined
  }
}
