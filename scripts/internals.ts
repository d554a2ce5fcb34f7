// What the project's own scripts call of a build of doccheck; it is not part of the package.
export {builtIn} from '../rules/index.ts'
export {check} from '../src/engine/check.ts'
export {diskTree} from '../src/tree/disk.ts'
