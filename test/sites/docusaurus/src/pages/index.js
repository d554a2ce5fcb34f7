export default () => 'home'
