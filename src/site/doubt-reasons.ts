/** The words and the scope of a reason for doubt, and whether other links of the site can refute it. */
export interface ReasonEntry {
  /** The reason in words; `about` names the plugin, setting or content that it is about. */
  words(about: string): string
  /** The narrowest scope in which it stands, in words, for the documentation. */
  scope: string
  /** May the tree's own links refute it, or only a misspelled name? Otherwise the answer stays unknown. */
  testable: boolean | 'by name'
  /** It concerns redirects, so that a file which git's history shows to be removed may still have an address. */
  redirects?: true
  /** It concerns files that have an address even if a file of the tree, which took its place, was removed. */
  overridable?: true
  /** The reason in words where many of them are counted together; defaults to `words`. */
  together?: string
}

const link = 'the link'
const beside = 'URLs and files that no source provides'

/** Every reason for which a link or fragment may not be judged: the words of reports stand here and nowhere else. */
export const REASONS = {
  // About single links: never judged.
  placeholder: {words: () => 'the URL contains a placeholder', scope: link, testable: false},
  'bundler-path': {words: () => 'the bundler or generator resolves the path', scope: link, testable: false},
  component: {
    words: (name) => `the component ${name} may change the link`,
    scope: 'links in that component',
    testable: false,
  },
  'template-link': {words: () => 'template code computes the link', scope: link, testable: false},
  'other-site': {
    words: () => 'another site may be at that address',
    scope: 'absolute URLs outside the base of the site',
    testable: false,
  },
  'site-above': {
    words: () => 'the site in the folder above may be published elsewhere',
    scope: 'relative links that leave the site',
    testable: true,
    redirects: true,
  },
  'host-shared': {
    words: () => 'another site may share the host',
    scope: 'absolute URLs that no source provides',
    testable: true,
  },
  'host-top': {
    words: (why) => `another site may be at the top of the host${why === '' ? '' : `, and ${why}`}`,
    scope: 'absolute URLs directly below the base of the only site on the host',
    testable: true,
    together: 'another site may be at the top of the host',
  },
  'guessed-home': {
    words: () => 'only links show that the site is published there',
    scope: 'absolute URLs below a home that links show',
    testable: true,
    redirects: true,
  },
  'not-in-tree': {
    words: () => 'the path is behind a symlink, in a submodule or outside the folder that is checked',
    scope: 'paths there',
    testable: false,
  },
  'included-elsewhere': {
    words: () => 'the text is shown on other pages, which decide where its links lead',
    scope: 'links of that file',
    testable: false,
  },
  'not-published': {
    words: () => 'the page that contains the link is not published',
    scope: 'links of that page',
    testable: false,
  },
  'copied-text': {
    words: () => 'the host copies the text into issues and pull requests',
    scope: 'links of that file',
    testable: false,
  },
  'unknown-reader': {
    words: () => 'the program that publishes the page is not known',
    scope: 'links and ids of that page',
    testable: true,
    redirects: true,
  },
  'page-url': {
    words: () => 'the URL of the page that contains the link is not known',
    scope: 'relative links of that page',
    testable: true,
    redirects: true,
  },
  'render-hook': {
    words: (name) => `${name} may change the link`,
    scope: 'links to neither a page nor a file, as the hook renders them',
    testable: true,
  },
  'other-branch': {words: () => 'it may lead to another branch on the host', scope: link, testable: false},
  bug: {words: () => 'a bug in doccheck', scope: 'the page', testable: false},
  'too-slow': {words: () => 'its ids take too long to compute', scope: 'the page', testable: false},
  // About more pages and files than the tree shows.
  'plugin-pages': {words: (name) => `${name} may add pages or files`, scope: beside, testable: true},
  'code-pages': {words: (code) => `${code} may add pages or files`, scope: beside, testable: true},
  'computed-setting': {words: (name) => `${name} is computed`, scope: beside, testable: true},
  'computed-redirects': {
    words: () => 'redirects are computed',
    scope: beside,
    testable: true,
    redirects: true,
  },
  'redirect-pattern': {
    words: () => 'a permalink, a route with parameters or a redirect may match it',
    scope: 'URLs that match the pattern',
    testable: true,
    redirects: true,
  },
  'theme-files': {
    words: () => 'a theme or plugin may publish it',
    scope: 'files of the kinds that themes bring: styles, scripts, feeds, icons',
    testable: true,
    overridable: true,
  },
  'more-targets': {
    words: (name) => `${name} may define the target`,
    scope: 'links to targets by their names',
    testable: true,
  },
  'generated-list': {
    words: () => 'lists of pages are generated there',
    scope: 'URLs of lists, such as tags and archives',
    testable: true,
    overridable: true,
  },
  'generated-file': {
    words: () => 'the generator, its theme or a plugin creates files of that name',
    scope: 'feeds, sitemaps, search indexes, further pages of lists, paths that options of plugins name',
    testable: false,
  },
  'build-script': {words: () => 'the build script may generate pages', scope: beside, testable: true},
  'unignored-pages': {
    words: () => 'the build may generate pages that git does not ignore',
    scope: beside,
    testable: true,
  },
  'copied-files': {
    words: () => 'a workflow copies files from another repository before it builds the site',
    scope: beside,
    testable: 'by name',
  },
  'listed-page': {
    words: () => 'the navigation lists it, or pages beside it, so that the build may create it',
    scope: 'pages that the navigation lists, and others of a folder that the tree lacks',
    testable: true,
  },
  'git-ignored': {
    words: () => 'git ignores the path, so that the build may create it',
    scope: 'paths that git ignores',
    testable: false,
  },
  'ignored-extension': {
    words: () => 'git ignores all files with the extension, so that the build may create it',
    scope: 'paths that git ignores',
    testable: true,
  },
  'server-routes': {
    words: (what) => `${what} may serve more pages`,
    scope: beside,
    testable: true,
    redirects: true,
  },
  'outside-docset': {
    words: () => 'the target is outside the pages that the site is built from',
    scope: 'files outside the docs folder',
    testable: true,
  },
  'wiki-pages': {
    words: () => 'the wiki may have pages that its folder in the repository lacks',
    scope: 'names of pages in a folder that a wiki is written from',
    testable: true,
  },
  'unknown-generator': {
    words: (name) =>
      name === '' || name === 'other'
        ? 'the generator of the site is not known'
        : `the rules of ${name} are not known`,
    scope: 'the site',
    testable: true,
    redirects: true,
  },
  'mostly-missing': {
    words: () => 'most such links of the site lead nowhere, so that another program may publish it',
    scope: 'links of that form; ids, if it holds for most links to pages',
    testable: true,
    redirects: true,
  },
  'incomplete-description': {
    words: () => 'the description of the site does not say that it is complete',
    scope: 'the site',
    testable: true,
    redirects: true,
  },
  'named-redirect': {
    words: () => 'a table of redirects names it',
    scope: 'URLs in tables of redirects, and those that end in a word of one with template code',
    testable: false,
  },
  'unwritten-note': {
    words: () => 'a link may name a note that is not written yet',
    scope: 'links to notes that do not exist',
    testable: true,
  },
  // About more ids than a page shows.
  'content-ids': {
    words: (content) => `${content} may add ids`,
    scope: 'the page',
    testable: true,
    together: 'components, includes or templates may add ids',
  },
  'component-content': {
    words: (name) => `${name} shows content from elsewhere`,
    scope: 'the page',
    testable: false,
    together: 'components show content from elsewhere',
  },
  'heading-id': {
    words: (text) => `the id of “${text}” is uncertain`,
    scope: 'the candidates of that id',
    testable: true,
    together: 'the ids of headings are uncertain',
  },
  'id-setting': {
    words: () => 'the ids of headings are configured',
    scope: 'ids of headings on the site',
    testable: true,
  },
  'template-heading': {
    words: (text) => `template code is part of the id of “${text}”`,
    scope: 'the ids that contain the other text of that heading',
    testable: false,
    together: 'template code is part of the ids of headings',
  },
  'template-ids': {
    words: (name) => `${name} adds ids of that form`,
    scope: 'ids with the text that a template writes around a value: `def-*`',
    testable: false,
    together: 'templates add ids of that form',
  },
  'plugin-ids': {
    words: (name) => `${name} may add or change ids`,
    scope: 'the pages it sees',
    testable: true,
  },
  'plugin-links': {
    words: (name) => `${name} may change where links lead`,
    scope: 'links in the pages it sees',
    testable: true,
  },
  'layout-ids': {
    words: (name) => `the layout ${name} may add ids`,
    scope: 'pages with that layout',
    testable: true,
  },
  // About references and definitions that a page does not show.
  'hidden-references': {
    words: (content) => `${content} may contain references`,
    scope: 'unused definitions of the page',
    testable: false,
  },
  'hidden-definitions': {
    words: (content) => `${content} may define labels`,
    scope: 'labels of the page',
    testable: false,
  },
  'front-matter-ids': {words: () => 'front matter may add ids', scope: 'the page', testable: true},
} satisfies Record<string, ReasonEntry>
