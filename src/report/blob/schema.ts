import * as v from 'valibot'
import {REASONS} from '../../site/doubt-reasons.ts'
import type {DoubtReason} from '../../site/doubts.ts'
import {MOST_SHARDS} from './limits.ts'

/*
 * The report of a shard, to be merged: all that other reporters need. It may be an artifact of a stranger's pull request, so
 * nothing in it is trusted but that it has this form.
 */

/** The name of the format, and its version. */
export const BLOB = {doccheck: 'report', version: 1} as const

const integer = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const texts = v.array(v.string())
const fromOne = v.pipe(integer, v.minValue(1))

const point = v.strictObject({line: fromOne, column: fromOne, offset: v.exactOptional(integer)})

const fix = v.strictObject({
  edits: v.array(v.strictObject({start: integer, end: integer, text: v.string()})),
  safe: v.boolean(),
})

/** A message, like those of vfile. */
const message = v.strictObject({
  reason: v.string(),
  ruleId: v.exactOptional(v.string()),
  source: v.exactOptional(v.string()),
  /** `true` is an error, `false` a warning, null a note. */
  fatal: v.nullable(v.boolean()),
  place: v.exactOptional(v.strictObject({start: point, end: point})),
  url: v.exactOptional(v.pipe(v.string(), v.regex(/^https?:\/\//))),
  target: v.exactOptional(
    v.strictObject({file: v.exactOptional(v.string()), name: v.exactOptional(v.string())}),
  ),
  actual: v.exactOptional(v.string()),
  expected: v.exactOptional(texts),
  note: v.exactOptional(v.string()),
  fix: v.exactOptional(fix),
  likely: v.exactOptional(v.string()),
  seen: v.exactOptional(v.string()),
  paths: v.exactOptional(texts),
})

/** A link that could not be judged. */
const skipped = v.strictObject({
  rule: v.string(),
  doubt: v.strictObject({
    reason: v.picklist(Object.keys(REASONS) as DoubtReason[]),
    about: v.exactOptional(v.string()),
  }),
})

const page = v.strictObject({
  /** From the root, with `/`. */
  path: v.pipe(v.string(), v.nonEmpty()),
  /** This shard reports it; otherwise only messages about remote URLs on it are here. */
  isOwn: v.boolean(),
  isBaseline: v.exactOptional(v.literal(true)),
  unreadable: v.exactOptional(v.string()),
  unchecked: v.exactOptional(texts),
  skipped: v.exactOptional(v.array(skipped)),
  /** The text with its byte order mark; only if there are messages. */
  text: v.exactOptional(v.string()),
  /** Where links to pages and to missing files start, in UTF-16 units from 0, and what they lead to. */
  links: v.array(v.tuple([integer, v.picklist(['page', 'missing']), v.string()])),
  messages: v.array(message),
})

/** The report of one shard. */
export const blobSchema = v.strictObject({
  doccheck: v.literal(BLOB.doccheck),
  version: v.literal(BLOB.version),
  /** The version of doccheck. */
  program: v.string(),
  shard: v.strictObject({
    index: fromOne,
    count: v.pipe(fromOne, v.maxValue(MOST_SHARDS)),
  }),
  digest: v.string(),
  /** The root of the tree and the working directory, relative to the folder that both are in. */
  root: v.string(),
  cwd: v.string(),
  run: v.strictObject({
    milliseconds: v.pipe(v.number(), v.minValue(0)),
    checksNamedTestData: v.boolean(),
    testData: texts,
    unverified: v.array(v.strictObject({reason: v.string(), image: integer, link: integer})),
    ignoredPages: v.exactOptional(v.record(v.string(), integer)),
    inBaseline: v.exactOptional(integer),
    failures: texts,
    isInterrupted: v.boolean(),
  }),
  pages: v.array(page),
})

/** The report of one shard. */
export type Blob = v.InferOutput<typeof blobSchema>
/** A page in it. */
export type BlobPage = Blob['pages'][number]
/** A message in it. */
export type BlobMessage = BlobPage['messages'][number]
