import js from '@eslint/js';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

const specs = ['**/*.spec.ts', '**/*.db-spec.ts', '**/*.http-spec.ts', '**/*.e2e-spec.ts', 'e2e/**/*.ts', '**/testing/**/*.ts'];
const longest = { skipBlankLines: true, skipComments: true };

const httpExceptions = {
  group: ['@nestjs/common'],
  importNamePattern: 'Exception$',
  message: 'Throw a DomainError with a code; only platform/http knows HTTP.',
};
const contractAsTypes = {
  regex: 'server/contract/',
  allowTypeImports: true,
  message: 'The client takes types only from the contract: no Zod in the browser.',
};
/** Of classes and methods the framework calls, it decides; a function with five parameters wants an object with a name. */
const tooManyParameters = { selector: 'FunctionDeclaration[params.length>4]', message: 'At most four parameters, then an object with a name.' };
const defaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };
const serverCode = { regex: 'server/(src|testing)/', message: 'The client knows the server by its contract only.' };

export default tseslint.config(
  { ignores: ['**/node_modules/', 'dist/', '.data/', '.cache/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-else-return': ['error', { allowElseIf: false }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      // Texts are checked for control characters, on purpose.
      'no-control-regex': 'off',
      'max-lines': ['error', { max: 300, ...longest }],
      'no-warning-comments': ['error', { terms: ['fixme', 'xxx', 'todo'] }],
    },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [...tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    // With types: a promise nobody waits for is the mistake that costs most on a server.
    files: ['{server,migrations,e2e,tools}/**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowNullish: true }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [httpExceptions] }],
      'no-restricted-syntax': ['error', tooManyParameters, defaultExport],
    },
  },
  {
    // What jest calls by its default export, and what other people's modules look like.
    files: ['server/testing/global-*.ts', '**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['server/src/platform/http/**/*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['client/**/*.ts', 'client/**/*.vue'],
    languageOptions: { globals: globals.browser },
    rules: {
      'no-console': ['error', { allow: ['warn'] }],
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [contractAsTypes, serverCode] }],
    },
  },
  {
    files: ['**/*.vue'],
    extends: [...vue.configs['flat/essential']],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/component-name-in-template-casing': ['error', 'PascalCase'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/no-unused-refs': 'error',
      'vue/require-typed-ref': 'error',
    },
  },
  {
    // Specs build broken input on purpose and look into answers without a type.
    files: specs,
    languageOptions: { globals: globals.jest },
    rules: {
      'max-lines': ['error', { max: 600, ...longest }],
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-restricted-imports': 'off',
    },
  },
  {
    files: ['server/src/main.ts', 'server/src/cli.ts', 'server/src/cli/**/*.ts', 'tools/**'],
    rules: { 'no-console': 'off' },
  },
);
