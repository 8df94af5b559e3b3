// jest loads global-setup outside its own module system, where nothing maps the '.js' of an import to the '.ts' beside it.
const Module = require('node:module');

const resolve = Module._resolveFilename;

Module._resolveFilename = function resolveTypeScript(request, ...rest) {
  try {
    return resolve.call(this, request, ...rest);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
    return resolve.call(this, request.replace(/\.js$/, '.ts'), ...rest);
  }
};
