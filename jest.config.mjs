/** Nest 12 and others are ES modules only; on Node 20 jest runs them as CommonJS, so they are transformed as our own code is. */
const esModules = [
  '@nestjs', 'file-type', 'strtok3', 'token-types', 'uint8array-extras', '@borewit', '@tokenizer',
  'es-toolkit', '@standard-schema', 'jose', 'pinia', '@pinia', 'nostics',
];

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'commonjs', ignoreDynamic: false },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
};
const withDatabases = {
  globalSetup: '<rootDir>/server/testing/global-setup.ts',
  globalTeardown: '<rootDir>/server/testing/global-teardown.ts',
};

export default {
  testTimeout: 180_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{server,migrations,client,tools,plugin-manifest}/**/*.spec.ts'] },
    { ...shared, ...withDatabases, displayName: 'database', testMatch: ['<rootDir>/{server,migrations}/**/*.db-spec.ts'] },
    { ...shared, ...withDatabases, displayName: 'http', testMatch: ['<rootDir>/server/**/*.http-spec.ts'] },
    { ...shared, ...withDatabases, displayName: 'e2e', testMatch: ['<rootDir>/e2e/**/*.e2e-spec.ts'] },
  ],
};
