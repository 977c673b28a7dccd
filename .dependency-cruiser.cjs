/** The direction of imports: core <- quizzes <- extension, core <- quizzes <- webview. See docs/architecture.md. */
module.exports = {
  forbidden: [
    { name: 'core-is-pure', severity: 'error', from: { path: '^core/' }, to: { pathNot: '^core/' } },
    {
      name: 'tcp-knows-nothing-else',
      severity: 'error',
      from: { path: '^core/tcp/' },
      to: { path: '^core/(host|timeline|wire)/' },
    },
    {
      name: 'host-below-timeline',
      severity: 'error',
      from: { path: '^core/host/' },
      to: { path: '^core/(timeline|wire)/' },
    },
    {
      name: 'quizzes-below-editor',
      severity: 'error',
      from: { path: '^quizzes/' },
      to: { path: '^(extension|cli|webview|test|scripts)/' },
    },
    {
      name: 'cli-beside-editor',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: '^(extension|desktop|webview|test|scripts)/', pathNot: '^desktop/pieces\\.ts$' },
    },
    {
      name: 'nobody-needs-cli',
      severity: 'error',
      from: { pathNot: '^(cli|test)/' },
      to: { path: '^cli/' },
    },
    {
      name: 'engine-needs-core-only',
      severity: 'error',
      from: { path: '^quizzes/engine/' },
      to: { path: 'node_modules', pathNot: 'node_modules/(pure-rand|ts-fsrs)/' },
    },
    {
      name: 'authoring-above-engine-and-format',
      severity: 'error',
      from: { path: '^(quizzes/(engine|format|packs)|webview)/' },
      to: { path: '^quizzes/authoring/' },
    },
    {
      name: 'webview-below-editor',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^(extension|test|scripts)/' },
    },
    {
      name: 'extension-meets-webview-in-protocol',
      severity: 'error',
      from: { path: '^extension/' },
      to: { path: '^webview/', pathNot: '^webview/protocol\\.ts$' },
    },
    {
      name: 'only-extension-imports-vscode',
      severity: 'error',
      from: { pathNot: '^(extension|test/vscode)/' },
      to: { path: '^vscode$' },
    },
    {
      name: 'extension-has-no-node',
      severity: 'error',
      from: { path: '^(extension|webview|quizzes|core)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-not-test',
      severity: 'error',
      from: { pathNot: '^(test|scripts)/' },
      to: { path: '^test/' },
    },
    {
      name: 'product-not-scripts',
      severity: 'error',
      from: { path: '^(core|quizzes|extension|webview)/' },
      to: { path: '^scripts/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
