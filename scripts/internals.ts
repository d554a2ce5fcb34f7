// The functions of a build that the project's own scripts call; they are not published in the package.
export {builtIn} from '../rules/index.ts'
export {check} from '../src/engine/check.ts'
export {diskTree} from '../src/tree/disk.ts'
