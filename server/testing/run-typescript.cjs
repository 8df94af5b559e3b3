// Runs one of our TypeScript files in a process of its own: `node run-typescript.cjs <file.ts> [arguments]`.
const { transformFileSync } = require('@swc/core');
require('./resolve-typescript.cjs');

require.extensions['.ts'] = (module, file) => {
  const { code } = transformFileSync(file, {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  });
  module._compile(code, file);
};

process.argv.splice(1, 1);
require(require('node:path').resolve(process.argv[1]));
