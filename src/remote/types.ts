/** The kind of use of a remote URL on a page. */
export type RemoteUse = 'image' | 'link'

/** The result for one remote URL. */
export type Verdict =
  | {state: 'alive'}
  /** It works, but has moved permanently. */
  | {state: 'redirected'; to: string}
  /**
   * `dead`: readers cannot reach it; `blocked`: the server rejects automated requests; `unreachable`: no response, or an
   * inconclusive one; `unchecked`: not requested.
   */
  | {state: 'dead' | 'blocked' | 'unreachable' | 'unchecked'; reason: string}

/** The facts about one remote URL after a run. */
export interface RemoteFact {
  /** Absent if nothing was requested, as with `--offline`. */
  verdict?: Verdict
  /** When the URL was requested, if an earlier run did that: `40 minutes ago`. */
  seen?: string
  /** The URL is temporary, as a relative clause: `that expires on 2026-01-02`. */
  expires?: string
  /** A failure is only a warning for a while: `until 2026-01-02`. */
  tolerated?: string
}

/** Distinct remote URLs to check, by use. */
export type RemoteUrls = Readonly<Record<RemoteUse, ReadonlySet<string>>>

/** The results for all remote URLs of a run. */
export interface RemoteFacts {
  /** The facts about a URL; undefined if it was not to be checked. */
  fact(use: RemoteUse, url: string): RemoteFact | undefined
  /** The reason why the run ended before all URLs were checked: no network, the time limit, Ctrl-C. */
  stopped?: string
  /** The user pressed Ctrl-C. */
  interrupted?: boolean
}
