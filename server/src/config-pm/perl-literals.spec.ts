import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { plainValueOf } from './perl-value.js';
import { readConfigPm } from './read-config-pm.js';

/** Reads the literal as the value of a key; `unread` where the reader does not say what it is. */
function read(literal: string): unknown {
  const { values, unread } = readConfigPm(`sub Load {\n my $Self = shift;\n$Self->{X} = [ ${literal}\n ];\n return 1;\n}\n1;\n`);
  if (unread.length > 0) return { unread: unread.map(({ code, text }) => `${code} ${text}`) };
  const list = values.entries.get('X');
  return list === undefined ? { unread: ['nothing'] } : plainValueOf(list);
}

/** What Perl itself makes of the same literals, in one run of it. */
function perlValues(literals: readonly string[]): unknown[] {
  const script = [
    'use strict; no warnings; use utf8; use JSON::PP;',
    'my $json = JSON::PP->new->utf8->allow_nonref;',
    ...literals.map((literal) => `print $json->encode([ ${literal}\n ]), "\\n";`),
  ].join('\n');
  const run = spawnSync('perl', ['-'], { input: script, encoding: 'utf8', timeout: 60_000, maxBuffer: 100_000_000 });
  if (run.error !== undefined || run.status !== 0) throw new Error(`perl is needed for this test: ${run.error?.message ?? run.stderr.slice(0, 2000)}`);
  return run.stdout.trimEnd().split('\n').map((line): unknown => JSON.parse(line));
}

function expectSame(literals: readonly string[]): void {
  const expected = perlValues(literals);
  for (const [index, literal] of literals.entries()) {
    expect({ literal, value: rounded(read(literal)) }).toEqual({ literal, value: rounded(expected[index]) });
  }
}

/** Perl prints fifteen digits of a fraction. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(15));
  if (Array.isArray(value)) return value.map(rounded);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rounded(entry)]));
  return value;
}

describe('literals mean what they mean to Perl', () => {
  it('in every form an operator may write', () => {
    expectSame([
      `'it\\'s', 'a\\\\b', 'a\\nb', 'c:\\dir', 'x\\\\', ''`,
      `"a\\tb\\n\\r\\f\\b\\a\\e", "\\x41\\x{263a}\\x4", "\\101\\0", "\\o{101}", "\\N{U+263A}", "\\cA\\c[\\c?", "\\"q\\" \\$x \\@y \\\\ \\% \\-"`,
      `"mail\\@example.org", "50% off", "a-b_c", "tab\there", "5 @ 3", "x@"`,
      `q{a {nested} b}, q(a (b (c)) d), q[x\\]y], q<a<b>c>, q!it's!, q#hash#, q xabcx, q{a\\}b}, q{a\\nb}, q|a\\|b|`,
      `qq{say "hi" {x}\\n}, qq(a\\)b), qq!a\\!b!, qq|tab\\tx|`,
      `qw(a b c), qw[a b], qw{ a\n b }, qw<x>, qw/a b/, qw!a b!, qw|a\\|b c|, qw(), qw#a b#, qw=a b=, qw(a (b) c)`,
      `1, 1_000, 1_0_0, 0, 1.5, .5, 5., 1e3, 1.5e-3, 1E+2, 0x1F, 0Xff, 0b101, 017, 0o17, 0xdead_beef, 00`,
      `60 * 60 * 24, 2 + 3 * 4, (2 + 3) * 4, 2 ** 3 ** 2, -2 ** 2, 7 / 2, 7 % 3, -7 % 3, 7 % -3, -7 % -3, 10 - 2 - 3, 2 * -3, - - 4, +5, 1.5 * 2, 2**-1, 7.9 % 4`,
      `'a' . 'b' . 'c', 'a' . (1 + 2), 'n: ' . 2 * 3, 1 . 2, 'x' . 1.50, 'y' . 1e3, 'z' . 0.1, 'p' . 0.00001, 'q' . 1/3, 'r' . -0.5, 'v' . 1_000_000, 'w' . 0.1 * 3`,
      `'ab' x 3, '-' x 10 . '>', 'a' x 0, 'a' x -1, 'a' x 2.7, (1, 2) x 2, ('x') x 3, 'a' . 'b' x 2`,
      `'12' + 3, ' 7 ' * 2, '1e2' + 1, '0.5' * 4, "10" / 4, -'5', '3' ** '2'`,
      `undef, [undef], { a => undef }`,
      `{ a => 1, 'b' => 2, "c" => 3, d_e => [ 1, [ 2, { f => 'g', }, ], ], }, {}, [], [[]], [{}]`,
      `{ q => 1, s => 2, y => 3, m => 4, x => 5, tr => 6, qw => 7, if => 8, print => 9, -foo => 10 }`,
      `{ 1 => 'a', 1.50 => 'b', 01 => 'c', 1_000 => 'd', 'x' . 'y' => 'e', -1 => 'f' }, { a => 1, a => 2 }`,
      `{ 'a', 1, 'b', 2 }, { qw(a 1 b 2) }, { (a => 1), (b => 2) }, (1, (2, (3))), [ (1, 2), 3 ], ()`,
      `{ %{ { a => 1, b => 2 } }, b => 3 }, [ @{ [ 1, 2 ] }, 3 ], @{[4, 5]}`,
      `'a', # a comment with 'quotes' and ]\n 'b', , 'c',,`,
      `'line one\nline two', "two\nlines"`,
      `<<'EOT', 'behind'\nit's "raw" \\n $x @y \\\\\nEOT\n`,
      `<<"EOT" . 'tail', <<'TWO'\ntab\\there \\$x\nEOT\nsecond\nTWO\n`,
      `<<EOT, 1\nplain\nEOT\n`,
      `<<~EOT, 2\n    indented\n      more\n\n    last\n    EOT\n`,
      `<<~'EOT'\n\tindented \\t\n\tEOT\n`,
      `'Größe ☺ 𝄞', "Ünïcödé", qw(ä ö), { 'Straße' => 'ß' }`,
    ]);
  });

  it('however they are combined', () => {
    fc.assert(fc.property(fc.array(literal, { minLength: 40, maxLength: 40 }), (literals) => expectSame(literals)), { numRuns: 25 });
  }, 120_000);
});

const texts = fc.string({ unit: fc.constantFrom('a', 'Z', '0', ' ', "'", '"', '\\', '{', '}', '(', ')', '#', '/', 'é', '\n', '=', '>', ',', ';', '-', '%', '|'), maxLength: 12 });
const plainText = fc.oneof(
  texts.map((text) => `'${text.replace(/[\\']/g, '\\$&')}'`),
  texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`),
  texts.map((text) => `q{${text.replace(/[\\{}]/g, '\\$&')}}`),
  texts.map((text) => `qq|${text.replace(/[\\|]/g, '\\$&')}|`),
);
const number = fc.oneof(
  fc.integer({ min: 0, max: 9999 }).map(String),
  fc.integer({ min: 0, max: 65_535 }).map((value) => `0x${value.toString(16)}`),
  fc.integer({ min: 0, max: 511 }).map((value) => `0${value.toString(8)}`),
  fc.integer({ min: 1, max: 999 }).map((value) => `${value}_000`),
  fc.integer({ min: 0, max: 999 }).map((value) => `${value}.25`),
);
const words = fc.array(fc.constantFrom('a', 'b-c', 'x.y', '1', 'é', 'q', '=>'), { maxLength: 4 }).map((list) => `qw( ${list.join(' ')} )`);

const { literal } = fc.letrec<{ literal: string; sum: string; list: string; table: string }>((tie) => ({
  sum: fc.oneof(
    { maxDepth: 3 },
    number,
    fc.tuple(tie('sum'), fc.constantFrom('+', '-', '*', '%', '/'), number.filter((text) => Number(text) >= 1)).map((parts) => parts.join(' ')),
    tie('sum').map((sum) => `(${sum})`),
    tie('sum').map((sum) => `- ${sum}`),
  ),
  list: fc.array(tie('literal'), { maxLength: 4 }).map((items) => `[ ${items.join(' , ')} ]`),
  table: fc
    .array(fc.tuple(fc.oneof(fc.constantFrom('Name', 'q', 'y', 'Map', '-x', "'a b'", '7'), plainText), tie('literal')), { maxLength: 4 })
    .map((pairs) => `{ ${pairs.map(([key, value]) => `${key} => ${value}`).join(', ')} }`),
  literal: fc.oneof(
    { maxDepth: 4 },
    plainText,
    number,
    fc.constant('undef'),
    tie('sum'),
    fc.tuple(plainText, plainText).map(([one, other]) => `${one} . ${other}`),
    fc.tuple(plainText, fc.integer({ min: 0, max: 3 })).map(([text, times]) => `${text} x ${times}`),
    tie('list'),
    tie('table'),
    words.map((list) => `[ ${list} ]`),
  ),
}));

