/**
 * Name a repository by its host and path, in lower case, as hosts compare them: `git@github.com:Owner/Name.git` →
 * `github.com/owner/name`.
 *
 * @param url The URL of a remote: of any scheme, or in the form of `scp`.
 * @returns undefined for a folder on the disk
 */
export function repositoryName(url: string): string | undefined {
  const text = url.trim().toLowerCase()
  const [, host, path] =
    /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(text) ??
    /^(?:[^/@:]+@)?([^/@:]+):(?!\/\/)\/?(.+)$/.exec(text) ??
    []
  // A drive of Windows has no dot.
  if (!host?.includes('.')) return
  const plain = path!.replace(/\/+$/, '').replace(/\.git$/, '')
  // Users behind a firewall reach the same repositories through port 443 of these hosts.
  return `${host.replace(/^(?:www|ssh|altssh)\./, '')}/${plain}`
}
