import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { lintConfiguration } from './lint-configuration.js';
import { readConfigPm } from './read-config-pm.js';
import { toConfiguration } from './to-configuration.js';

const testFiles = ['database-only.pm', 'database-and-ldap.pm', 'not-readable.pm'].map((name) =>
  readFileSync(join(__dirname, '../../testing/config-pm', name), 'utf8'),
);

/** Far more than any text takes on a slow machine, far less than one that is read again and again. */
const hangMs = 10_000;

/** Reads, converts and lints it without a hang, and looks at what every answer promises. */
function expectRead(text: string): void {
  const started = process.cpuUsage();
  const read = readConfigPm(text);
  const { unread } = read;
  const { file: content, placeOf, ignoredBlocks } = toConfiguration(read, {});
  lintConfiguration({ file: 'Config.pm', content, defaults: {}, placeOf, ignoredBlocks, unread });
  const { user, system } = process.cpuUsage(started);

  expect((user + system) / 1000).toBeLessThan(hangMs);
  const lines = text.split('\n').length;
  for (const note of unread) {
    expect(note.line).toBeGreaterThanOrEqual(1);
    expect(note.line).toBeLessThanOrEqual(lines);
    expect(note.endLine).toBeGreaterThanOrEqual(note.line);
    expect(note.endLine).toBeLessThanOrEqual(lines);
    expect(note.column).toBeGreaterThanOrEqual(1);
    expect(note.text.length).toBeLessThanOrEqual(200);
  }
}

const perlish = fc.constantFrom(
  ...['sub Load {', 'my $Self = shift;', '$Self->{CustomerUser}', '$Self', '->', '{', '}', '[', ']', '(', ')', ';', ',', '=>', '=', '.=', '||=', '.', 'x', '+', '-', '*', '/', '%', '**'],
  ...["'a'", '"b $Self->{A} @x"', 'q{', 'qq(', 'qw(a b)', 'qw', 's/a/b/', 'm{', 'y', 'tr', '<<EOT', "<<'EOT'\n", '<<~"E"\n', '\nEOT\n', '\nE\n', '\n', '\n=pod\n', '\n=cut\n', '#', '__END__', '`', '"', "'", '\\', '<', '>', '?', ':', '!', '&', '@{', '%{', '${', '$#', '@', '%', '$$'],
  ...['Map', 'Params', 'undef', 'Translatable(', 'push', 'push @{ $Self->{A} },', 'delete', 'return', 'return 1;', 'if', 'unless', 'for', 'if (1) {', 'else', 'eval {', 'do', 'require', 'map {', 'lc', 'join', 'my', 'my %h =', 'my ($a, $b) =', '$h{a}', '@{$x}', '1', '0x1f', '1_000', '.5', '1e3', '017', '1..2', '1.2.3', '->@*', '\\@x', '++', '==', '=~', '&&', '||', '//'],
);

describe('whatever stands in the file, it is read in bounds and never throws', () => {
  it('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), expectRead), { numRuns: 600 });
  });

  it('any punctuation', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'${}[]()<>;,=>-+*/%.\\\'"`#@&|!?:_ \nqwsyxm1a'), maxLength: 300 }), (text) => expectRead(`sub Load {${text}`)), { numRuns: 1500 });
  });

  it('any soup of what Perl is made of', () => {
    fc.assert(fc.property(fc.array(perlish, { maxLength: 120 }), fc.constantFrom('', ' '), (words, glue) => expectRead(`sub Load { ${words.join(glue)}`)), { numRuns: 1500 });
  });

  it('any damage to a real file', () => {
    const damage = fc.record({
      text: fc.constantFrom(...testFiles),
      cuts: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat({ max: 60 }), put: fc.oneof(fc.constant(''), perlish, fc.string({ maxLength: 5 })) }), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(damage, ({ text, cuts }) => {
        const damaged = cuts.reduce((whole, { at, length, put }) => {
          const start = Math.floor(at * whole.length);
          return whole.slice(0, start) + put + whole.slice(start + length);
        }, text);
        expectRead(damaged);
      }),
      { numRuns: 600 },
    );
  });

  it('any one thing four thousand times', () => {
    fc.assert(fc.property(perlish, fc.constantFrom('', ' ', '\n', ','), (word, glue) => expectRead(`sub Load { $Self->{A} = ${(word + glue).repeat(4_000)}`)), { numRuns: 60 });
  }, 120_000);

  it('any two things four thousand times', () => {
    fc.assert(fc.property(perlish, perlish, perlish, (first, one, other) => expectRead(`sub Load { ${first} ${`${one} ${other} `.repeat(4_000)}`)), { numRuns: 60 });
  }, 120_000);
});

describe('nothing of the file is ever run', () => {
  it('whatever it asks for', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-pm-'));
    const mark = join(folder, 'ran');
    const orders = [`system("touch ${mark}");`, `\`touch ${mark}\`;`, `qx(touch ${mark});`, `exec 'touch', '${mark}';`, `open my $f, '>', '${mark}';`, `eval "system('touch ${mark}')";`, `BEGIN { system("touch ${mark}") }`, `require('child_process').execSync('touch ${mark}');`];
    for (const order of orders) readConfigPm(`${order}\nsub Load { my $Self = shift;\n${order}\n$Self->{A} = "@{[ ${order} ]}"; $Self->{B} = ${order}\n}\n${order}`);

    expect(existsSync(mark)).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('because the reader has nothing to run it with', () => {
    const sources = readdirSync(__dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const imports = sources.flatMap((name) => [...readFileSync(join(__dirname, name), 'utf8').matchAll(/(?:from|import\(|require\()\s*'([^']+)'/g)].map(([, from]) => from));

    expect(imports.filter((from) => !/^\.{1,2}\//.test(from ?? '') && from !== 'zod')).toEqual([]);
    for (const name of sources) expect(readFileSync(join(__dirname, name), 'utf8')).not.toMatch(/\beval\(|new Function|globalThis|process\./);
  });
});
