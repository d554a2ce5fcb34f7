export default {
  title: 'Lamps',
  ignoreDeadLinks: true,
  srcExclude: ['drafts/**'],
}
