/** Files at the root of a tree that are meant for readers of the repository, and those of hosts and editors. */
const FOR_READERS =
  /^(?:readme|contributing|licen[cs]e|security|support|code[-_]of[-_]conduct|governance|maintainers|authors|agents|claude)(?:[-_.][^/]*)?$|^\.[^/]+\//i

/** Is a file meant for readers of the repository, whatever is published from the tree's root? */
export const isForReaders = (path: string): boolean => FOR_READERS.test(path)
