import {joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import type {HugoConfig, Language} from './config.ts'
import type {ContentFile} from './content-files.ts'
import {addTarget, addUrl, type Routes} from './route-table.ts'
import {urlize} from './urls.ts'

/** A file that is not a page, and the folder of the bundle that it belongs to. */
export interface Resource {
  file: ContentFile
  bundle: string
}

/** Publish a file that is not a page unchanged, in the folder of its bundle. */
export function addResource(routes: Routes, {file: content, bundle}: Resource, config: HugoConfig): void {
  const {file, name, extension, languages} = content
  const names = new Set([name + extension, nameOf(file)])
  for (const language of config.languages)
    for (const folder of foldersOfResource(routes, content, bundle, language, config))
      for (const each of names) {
        const url = `/${joinPath(folder, each)}`
        // Other languages share it unless they have their own file.
        if (languages.includes(language.name)) addUrl(routes, file, url)
        else addTarget(routes, url, {path: file})
      }
}

/** The URLs of the folders that a file is published in: below the URL of a leaf bundle, and nowhere else. */
function foldersOfResource(
  {bundles, leaves}: Routes,
  {folder}: ContentFile,
  bundle: string,
  {name, prefix}: Language,
  config: HugoConfig,
): string[] {
  const own = [urlize(folder, config), folder].map((each) => joinPath(prefix.slice(1), each))
  const base = bundles.get(`${name}:${bundle}`)
  if (base === undefined) return own
  const ofBundle = joinPath(base, pathBelow(folder, bundle) ?? '')
  return leaves.has(bundle) ? [ofBundle] : [ofBundle, ...own]
}
