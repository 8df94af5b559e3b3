/** Who may import whom (docs/architecture.md). Each rule says what it protects. */
const specs = '\\.(spec|db-spec|http-spec)\\.ts$|/testing/';

/** The modules of the server that may be reached through their front door only. */
const modules = 'customer-users|customers|catalogues|groups|services|permissions|relations|renames|bulk|history|passwords|configuration|email-addresses|config-pm|host/embedded';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other cannot be understood, tested or replaced one at a time.',
      severity: 'error',
      from: {},
      // A type leaves no trace at run time, and what is fetched when it is shown closes no circle.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'contract-imports-only-zod',
      comment: 'The contract is read by the server and by the client: it must stand for itself.',
      severity: 'error',
      from: { path: '^server/contract/', pathNot: specs },
      to: { pathNot: '^server/contract/|^node_modules/zod/' },
    },
    {
      name: 'kernel-is-pure',
      comment: 'The kernel imports nothing of ours but the types of the contract, and no framework.',
      severity: 'error',
      from: { path: '^server/src/kernel/', pathNot: specs },
      to: { pathNot: '^server/src/kernel/|^server/contract/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'kernel-takes-types-of-the-contract',
      comment: 'The kernel knows the shapes of the contract; checking them is the business of the edge.',
      severity: 'error',
      from: { path: '^server/src/kernel/', pathNot: specs },
      to: { path: '^server/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platform-knows-no-business',
      comment: 'The platform is glue without business words: modules use it, never the other way round.',
      severity: 'error',
      from: { path: '^server/src/platform/', pathNot: specs },
      to: { path: '^server/src/', pathNot: '^server/src/(platform|kernel)/' },
    },
    {
      name: 'typeorm-in-its-places',
      comment: 'TypeORM is a tool of repositories and migrations; the rest talks to the narrow door of platform/persistence.',
      severity: 'error',
      from: {
        path: '^(server|migrations)/',
        pathNot: `^migrations/|^server/src/platform/persistence/|^server/src/backends/database/|\\.(entity|repository)\\.ts$|${specs}`,
      },
      to: { path: '^node_modules/typeorm/' },
    },
    {
      name: 'database-drivers-in-persistence',
      comment: 'mysql2 and pg are opened in one place, which sets time zone, encoding, strictness and time-outs.',
      severity: 'error',
      from: { path: '^(server|migrations|e2e)/', pathNot: `^server/src/platform/persistence/|${specs}` },
      to: { path: '^node_modules/(mysql2|pg)/' },
    },
    {
      name: 'ldapts-in-its-adapter',
      comment: 'The directory is known to one adapter only.',
      severity: 'error',
      from: { pathNot: `^server/src/backends/ldap/|${specs}` },
      to: { path: '^node_modules/ldapts/' },
    },
    {
      name: 'adapters-behind-their-ports',
      comment: 'A module that knows an adapter has bound itself to one technology; only the wiring names the adapters.',
      severity: 'error',
      from: {
        path: '^server/src/',
        pathNot: `^server/src/backends/(database|ldap)/|^server/src/backends/(drivers|backends\\.module)\\.ts$|${specs}`,
      },
      to: { path: '^server/src/backends/(database|ldap)/' },
    },
    {
      name: 'hosts-behind-their-port',
      comment: 'The application asks the host port; which host it is is decided by the wiring.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: `^server/src/host/|^server/src/(app\\.module|app\\.factory|cli)\\.ts$|^server/src/cli/|${specs}` },
      to: { path: '^server/src/host/(embedded|znuny)/', pathNot: '/index\\.ts$' },
    },
    {
      name: 'modules-by-their-front-door',
      comment: 'What a module keeps inside may change without asking its neighbours.',
      severity: 'error',
      from: { path: `^server/src/(${modules})/`, pathNot: specs },
      to: { path: `^server/src/(${modules})/`, pathNot: ['^server/src/$1/', '/index\\.ts$'] },
    },
    {
      name: 'backends-by-their-front-door',
      comment: 'Modules see the ports and the directory of all backends, not the machinery behind.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: `^server/src/backends/|${specs}` },
      to: { path: '^server/src/backends/', pathNot: '^server/src/backends/(index|backend|field-map|search-expression)\\.ts$' },
    },
    {
      name: 'client-knows-the-contract-only',
      comment: 'The pages run in a browser: of the server they know the types of the contract (ESLint holds "types only").',
      severity: 'error',
      from: { path: '^client/src/' },
      to: { path: '^(server|migrations)/', pathNot: '^server/contract/' },
    },
    {
      name: 'server-knows-no-client',
      comment: 'The client is files to be served.',
      severity: 'error',
      from: { path: '^(server|migrations)/' },
      to: { path: '^client/' },
    },
    {
      name: 'test-builders-stay-in-tests',
      comment: 'What makes tests easy has no place in production.',
      severity: 'error',
      from: { path: '^(server/src|server/contract|migrations|client/src)/', pathNot: specs },
      to: { path: '/testing/|^e2e/|\\.(spec|db-spec|http-spec|e2e-spec)\\.ts$' },
    },
    {
      name: 'no-development-packages-in-production',
      comment: 'An installation with --omit=dev must start.',
      severity: 'error',
      from: { path: '^(server/src|server/contract|migrations)/', pathNot: specs },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere hides from every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:|^#build/|\\?' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
  },
};
