import type {VFile} from 'vfile'
import {reporterJson} from 'vfile-reporter-json'

/** The report for programs, by vfile-reporter-json: an array of files with their messages, clean files included. */
export const jsonReport = (files: readonly VFile[]): string => reporterJson([...files], {pretty: 2})
