import type {Pattern} from './pattern.ts'

/** A construct that shows files, whose names are its group `names`, one on each line; it has the flags `g` and `d`. */
export interface IncludePattern extends Pattern {
  /** Text that every match contains; it is searched first. */
  sign: string
  /** Where it counts: at the start of template code, or outside of code and comments; everywhere if absent. */
  within?: 'template' | 'text'
  /** The content of the files is unknown, so that matches stay opaque content. */
  isOpaque?: true
  /** The name of the construct, if it decides where files are found. */
  tag?: string
  /** It shows the file as code, or renders it as a document of its own; otherwise, the file is a part of the text. */
  as?: 'code' | 'document'
  /** A regular expression that splits a line into the groups `name` and `part`; absent if whole files are shown. */
  name?: string
}

/** A parameter of a shortcode that is a URL, or the name of a file that the shortcode shows. */
export interface ShortcodeUrl {
  shortcode: string
  /** Its name; a number for a positional parameter, from 0. */
  parameter: string
  as: 'link' | 'image' | 'include'
}
