import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { bareAddress, mailDomain } from './address-syntax.js';
import { type EmailRules, emailFault } from './check-email-address.js';
import { type MailHost, MailHosts } from './mail-hosts.js';

/** As the helpdesk is delivered. */
const rules: EmailRules = {
  isChecked: true,
  accepted: /^(root@localhost|admin@localhost)$/i,
  refused: /@(example)\.(..|...)$/i,
  mailHosts: null,
};

class FixedMailHosts extends MailHosts {
  readonly asked: string[] = [];
  constructor(private readonly host: MailHost) {
    super();
  }
  look(domain: string): Promise<MailHost> {
    this.asked.push(domain);
    return Promise.resolve(this.host);
  }
}

describe('the shape of a mail address', () => {
  it.each([
    'somebody@host.com',
    'some+body@host.com',
    'user/department@somehost.com',
    '#helpdesk@foo.com',
    'foo=bar@[192.123.22.2]',
    'somebody@xn--mller-kva.com',
    'test@home.com (Test)',
    '"Test Test" <test@home.com>',
    'Test Test <test@home.com>',
    "o'neil@x.org",
    '"john doe"@somehost.com',
    '"quoted \\" mark"@somehost.com',
    'root@localhost',
    'ADMIN@localhost',
  ])('accepts %s', async (address) => {
    expect(await emailFault(address, rules)).toBeNull();
  });

  it.each([
    'somebody',
    'somebod y@somehost.com',
    'ä@somehost.com',
    '.somebody@somehost.com',
    'somebody.@somehost.com',
    'some..body@x.com',
    'some@body@somehost.com',
    '',
    'foo=bar@[192.1233.22.2]',
    'somebody@кц.рф',
    '<test@home.com',
    'somebody@somehost',
    'somebody@.com',
    'somebody@somehost.',
    'somebody@some host.com',
    'somebody@somehost.com\nbcc: x@y.org',
    'some\0body@somehost.com',
    '@somehost.com',
    'somebody@',
    '(only a comment)',
    `${'a'.repeat(250)}@x.org`,
  ])('TW28: refuses "%s" for its syntax', async (address) => {
    expect(await emailFault(address, rules)).toBe('email.syntax');
  });

  it('TW29: refuses a@example.com, which the configuration excludes', async () => {
    expect(await emailFault('a@example.com', rules)).toBe('email.configuration');
    expect(await emailFault('A@EXAMPLE.ORG', rules)).toBe('email.configuration');
  });

  it('TW30: accepts root@localhost, which the configuration allows', async () => {
    expect(await emailFault('root@localhost', rules)).toBeNull();
    expect(await emailFault('root@localhost', { ...rules, accepted: null })).toBe('email.syntax');
  });

  it('TW31: accepts anything while the check is off', async () => {
    expect(await emailFault('foo', { ...rules, isChecked: false })).toBeNull();
  });

  it('accepts 254 characters and no more', async () => {
    const longest = `${'a'.repeat(247)}@xy.org`;

    expect(longest).toHaveLength(254);
    expect(await emailFault(longest, rules)).toBeNull();
    expect(await emailFault(`a${longest}`, rules)).toBe('email.syntax');
  });
});

describe('the domain of a mail address', () => {
  it.each([
    ['none', 'email.mx'],
    ['unknown', 'email.dns'],
    ['found', null],
  ] as const)('with a mail host that is %s ends in %s', async (host, fault) => {
    expect(await emailFault('somebody@somehost.com', { ...rules, mailHosts: new FixedMailHosts(host) })).toBe(fault);
  });

  it('is asked for without the name, the comment or the brackets around it', async () => {
    const hosts = new FixedMailHosts('found');

    await emailFault('"Test Test" <test@home.com>', { ...rules, mailHosts: hosts });
    await emailFault('test@home.org (Test @ home)', { ...rules, mailHosts: hosts });
    await emailFault('foo=bar@[192.123.22.2]', { ...rules, mailHosts: hosts });

    expect(hosts.asked).toEqual(['home.com', 'home.org', '192.123.22.2']);
  });

  it('is not asked for when the shape is wrong or the configuration allows the address', async () => {
    const hosts = new FixedMailHosts('none');

    expect(await emailFault('some..body@x.com', { ...rules, mailHosts: hosts })).toBe('email.syntax');
    expect(await emailFault('root@localhost', { ...rules, mailHosts: hosts })).toBeNull();
    expect(hosts.asked).toEqual([]);
  });

  it('is missing before it is excluded by the configuration', async () => {
    expect(await emailFault('a@example.com', { ...rules, mailHosts: new FixedMailHosts('none') })).toBe('email.mx');
  });
});

describe('hostile mail addresses', () => {
  it('never widen what is accepted: the bare address has one domain and no blanks outside quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const address = bareAddress(typed);
        if (address !== null) {
          expect(address).toMatch(/^[\x20-\x7e]{3,254}$/);
          expect(mailDomain(address)).toMatch(/^[^\s@"]+$/);
        }
      }),
    );
  });

  it('accepts every address of plain words', () => {
    const word = fc.stringMatching(/^[a-z0-9+_-]{1,10}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(word, { minLength: 2, maxLength: 4 }), (local, domain) => {
        expect(bareAddress(`${local.join('.')}@${domain.join('.')}`)).not.toBeNull();
      }),
    );
  });

  it.each([
    ['blanks', ' '.repeat(10_000)],
    ['dots', 'a.'.repeat(5_000)],
    ['at signs', '@'.repeat(10_000)],
    ['open brackets', `${'<'.repeat(9_999)}>`],
    ['parentheses', `${'('.repeat(5_000)}${')'.repeat(5_000)}`],
    ['names before a bracket', `${'a '.repeat(120)}!"<x`.padEnd(253, ' ') + '>'],
    ['a phrase that never ends well', `${'a'.repeat(240)}\\ <a@b.c>`],
    ['quotes', '"'.repeat(10_000)],
    ['escapes', `"${'\\'.repeat(9_999)}`],
  ])('are read in linear time: %s', (_, typed) => {
    const start = performance.now();

    const address = bareAddress(typed);

    expect(address).toBeNull();
    expect(performance.now() - start).toBeLessThan(100);
  });
});
