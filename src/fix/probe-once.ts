import type {CheckInput} from '../engine/types.ts'
import type {RemoteFacts, RemoteUrls} from '../remote/types.ts'

type Probe = NonNullable<CheckInput['probe']>

/**
 * Wrap a probe so that each remote URL is checked once, in the first round that contains it; verdicts of all rounds are
 * kept.
 */
export function checkedOnce(probe: Probe): Probe {
  const asked = {image: new Set<string>(), link: new Set<string>()}
  const answers: RemoteFacts[] = []
  return async (asks) => {
    const left: RemoteUrls = {
      image: new Set([...asks.image].filter((url) => !asked.image.has(url))),
      link: new Set([...asks.link].filter((url) => !asked.link.has(url))),
    }
    if (left.image.size + left.link.size > 0) answers.push(await probe(left))
    for (const kind of ['image', 'link'] as const) for (const url of left[kind]) asked[kind].add(url)
    const last = answers.at(-1)!
    return {
      ...last,
      interrupted: answers.some(({interrupted}) => interrupted),
      fact: (kind, url) => answers.map((answer) => answer.fact(kind, url)).find(Boolean),
    }
  }
}
