/** The circumstances under which a redirect applies to the paths that it matches. */
export interface RedirectLimits {
  /** It depends on more than the path, such as the language of the browser. */
  isConditional?: true
  /** It shows what is at the destination without leading there, which may be a function of the host. */
  isRewrite?: true
}

/** A redirect as a file contains it. */
export interface WrittenRedirect {
  from: string
  /** The destination; absent if its syntax is not supported. */
  to?: string
  limits: RedirectLimits
}

/** The limits of a redirect; it has none if it always applies and leads to its destination. */
export const limitsOf = (isConditional: boolean, isRewrite: boolean): RedirectLimits => ({
  ...(isConditional && {isConditional}),
  ...(isRewrite && {isRewrite}),
})
