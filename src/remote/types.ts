/** What a remote address is used as. */
export type RemoteUse = 'image' | 'link'

/** What was found out about one remote URL. */
export type Verdict =
  | {state: 'alive'}
  /** It works, but has moved for good. */
  | {state: 'redirected'; to: string}
  /**
   * `dead`: a reader cannot get there; `blocked`: the server does not speak to programs; `unreachable`: no answer, or
   * one that says nothing; `unchecked`: not asked.
   */
  | {state: 'dead' | 'blocked' | 'unreachable' | 'unchecked'; reason: string}

/** What is known of one remote URL after this run. */
export interface RemoteFact {
  /** Nothing where nobody was to ask, as with `--offline`. */
  verdict?: Verdict
  /** Its address does not last: `that expires on 2026-01-02`. */
  expires?: string
  /** A failure that is not held against it yet, and until when. */
  tolerated?: string
}

/** Remote URLs that somebody wants to know about, each once, by what they are used as. */
export type RemoteUrls = Readonly<Record<RemoteUse, ReadonlySet<string>>>

/** What a probe brings back. */
export interface RemoteFacts {
  /** What is known of a URL; nothing for one that nobody asked about. */
  fact(kind: RemoteUse, url: string): RemoteFact | undefined
  /** Why not everything was asked: the network is down, the time is over, somebody pressed Ctrl-C. */
  stopped?: string
  /** Somebody pressed Ctrl-C. */
  interrupted?: boolean
}
