// Runs one of our TypeScript files in a process of its own: `node run-typescript.cjs <file.ts> [arguments]`.
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const swc = require('@swc/core');
require('./resolve-typescript.cjs');

const options = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};
/** Compiling everything takes seconds, and every process of a suite would do it again. */
const cache = join(__dirname, '../../.cache/typescript');

require.extensions['.ts'] = (module, file) => {
  const source = readFileSync(file, 'utf8');
  const key = createHash('sha256').update(swc.version).update(JSON.stringify(options)).update(file).update(source).digest('hex');
  const cached = join(cache, `${key}.js`);
  if (!existsSync(cached)) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(`${cached}.${process.pid}`, swc.transformSync(source, { ...options, filename: file }).code);
    renameSync(`${cached}.${process.pid}`, cached);
  }
  module._compile(readFileSync(cached, 'utf8'), file);
};

process.argv.splice(1, 1);
require(resolve(process.argv[1]));
