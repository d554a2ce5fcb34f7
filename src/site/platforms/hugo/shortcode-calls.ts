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
/** `printf "tabs-%d-%s" .Ordinal $name | anchorize` → the format, its arguments, and functions */
const PRINTF =
  /^printf\s{1,9}"((?:[a-z\d-]|%[dsv]){1,99})"((?:\s{1,9}(?:[$.\w]{1,50}|"[^"\s]{1,50}"))*)((?:\s*\|.*)?)$/
const VERB = /%[dsv]/g
/** Formats contain no more others. */
const DEEPEST_FORMAT = 3
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
 * The values of the code in a shortcode's template, for one call: `{{ .Get "id" }}` → `unix`. Of formatted text, verbs are
 * left where values are not known: `{{ printf "tabs-%d" .Ordinal }}` → `tabs-%d`.
 *
 * @returns a function that returns undefined for code that does more than insert parameters
 */
export function valuesIn(template: string, call: string): (code: string) => string | undefined {
  const parameters = parametersOf(call)
  const variables = variablesOf(template)
  const formatted = (source: string, after: string, depth: number): string | undefined => {
    const [, format, values = '', functions = ''] = PRINTF.exec(source) ?? []
    if (format === undefined || depth > DEEPEST_FORMAT || !KEEPS_IDS.test(functions + after)) return
    const left = values.trim().split(/\s+/).values()
    return format.replace(VERB, (verb) => valueIn(left.next().value ?? '', depth + 1) ?? verb)
  }
  const valueIn = (text: string, depth: number): string | undefined => {
    const [, name, after = ''] = VARIABLE.exec(text) ?? []
    const source = name === undefined ? text : (variables.get(name) ?? '')
    const format = formatted(source, after, depth)
    if (format !== undefined) return format
    const [, quoted, raw, position, functions = ''] = GET.exec(source) ?? []
    const key = quoted ?? raw ?? position
    if (key === undefined) return
    const changes = functions + after
    const value = parameters.get(key) ?? ''
    return KEEPS_IDS.test(changes) && (changes.trim() === '' || SIMPLE_ID.test(value)) ? value : undefined
  }
  return (code) => valueIn(code.replace(/^\{\{-?|-?\}\}$/g, '').trim(), 0)
}
