import { ldapCharset } from './ldap-charset.js';
import { failureOf } from './ldap-failure.js';
import { LdapParams } from './ldap-params.js';
import { readEntry, recordOf } from './ldap-entry.js';
import { planDirectory } from './ldap-plan.js';
import { aDirectoryBlock } from './testing/stage.js';
import { InvalidCredentialsError } from 'ldapts';

const given = { Host: 'ldap.example', BaseDN: 'dc=example', SSCOPE: 'sub' };
const read = (changes: Record<string, unknown> = {}) => LdapParams.parse({ ...given, ...changes });
const faults = (changes: Record<string, unknown>) => LdapParams.safeParse({ ...given, ...changes }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('Params of a directory', () => {
  it.each([
    ['ldap.example', {}, { host: 'ldap.example', port: 389, tls: 'none' }],
    ['ldap.example:1389', {}, { host: 'ldap.example', port: 1389, tls: 'none' }],
    ['ldap.example', { Params: { port: 10389 } }, { host: 'ldap.example', port: 10389, tls: 'none' }],
    ['ldaps://ldap.example', {}, { host: 'ldap.example', port: 636, tls: 'from-start' }],
    ['LDAPS://ldap.example:1636/', {}, { host: 'ldap.example', port: 1636, tls: 'from-start' }],
    ['ldap://[::1]:389', { StartTLS: 1 }, { host: '::1', port: 389, tls: 'start-tls' }],
    ['::1', {}, { host: '::1', port: 389, tls: 'none' }],
  ])('understand the host %s', (host, changes, expected) => {
    expect(read({ Host: host, ...changes }).hosts).toEqual([expected]);
  });

  it('take several hosts in their order', () => {
    expect(read({ Host: ['one', 'ldaps://two'] }).hosts.map(({ host }) => host)).toEqual(['one', 'two']);
  });

  it('bind only with a name and a password (TL8)', () => {
    expect(read({ UserDN: 'cn=x' })).toMatchObject({ account: null, hasHalfAnAccount: true });
    expect(read({ UserDN: 'cn=x', UserPw: '' })).toMatchObject({ account: null });
    expect(read({ UserDN: 'cn=x', UserPw: 'secret' })).toMatchObject({ account: { dn: 'cn=x' }, hasHalfAnAccount: false });
  });

  it.each([
    [{ Host: 'http://x' }, ['Host.0: expected host, host:port, ldap://… or ldaps://…']],
    [{ SSCOPE: 'tree' }, ['SSCOPE: expected base, one or sub']],
    [{ SourceCharset: 'klingon' }, ['SourceCharset: expected utf-8 or a character set of one byte per character']],
    [{ SourceCharset: 'shift_jis' }, ['SourceCharset: expected utf-8 or a character set of one byte per character']],
    [{ CAFile: '/nowhere/ca.pem' }, ['CAFile: is no readable file with certificates in PEM form']],
    [{ UnverifiedTLSReason: 'yes' }, ['UnverifiedTLSReason: expected a reason of at least 10 characters']],
    [{ Params: { version: 2 } }, ['Params.version: only version 3 is spoken']],
  ])('refuse %j', (changes, expected) => {
    expect(faults(changes)).toEqual(expected);
  });
});

describe('A directory block', () => {
  it('is refused with the place of every fault (faults 29 and 30)', () => {
    const block = aDirectoryBlock(389, { params: {}, block: { CustomerUserSearchFields: ['uid', 'cn)(x=*'], CustomerUserValidFilter: '(a=b' } });

    expect(() => planDirectory(block, read({ AlwaysFilter: '(objectClass=*' }))).toThrow(
      [
        'Params.AlwaysFilter: is no filter of a directory; character 1: the bracket that opens is never closed',
        'CustomerUserValidFilter: is no filter of a directory; character 1: the bracket that opens is never closed',
        'Map: "cn)(x=*" cannot be the name of an attribute',
      ].join('\n'),
    );
  });
});

describe('An entry', () => {
  const utf8 = ldapCharset('utf-8');
  const latin = ldapCharset('iso-8859-1');
  if (!utf8 || !latin) throw new Error('no character set');
  const plan = planDirectory(aDirectoryBlock(389), read());
  const facts = { backendId: 'CustomerUser', secretKey: 'k', isValid: true };

  it('is read whatever the spelling of its attributes, the first of several values (TL10), all of UserCustomerIDs', () => {
    const entry = readEntry({ dn: 'uid=a', UID: 'a', GivenName: ['Anna', 'Anne'], sn: [], businessCategory: ['C1;C2', 'C3'] }, utf8);

    expect(recordOf(entry, plan, facts)).toMatchObject({
      key: 'a', name: 'Anna', values: { UserFirstname: 'Anna', UserLastname: '', UserCustomerIDs: 'C1;C2;C3', UserPhone: '' },
    });
  });

  it('is decoded from its character set, also where the bytes happen to be UTF-8', () => {
    expect(readEntry({ dn: 'x', sn: Buffer.from('Müller', 'latin1') }, latin).first('sn')).toBe('Müller');
    expect(readEntry({ dn: 'x', sn: 'ü' }, latin).first('sn')).toBe('Ã¼');
  });

  it('shows no replacement for bytes that are no text, and says where they are (fault 44)', () => {
    const entry = readEntry({ dn: 'x', sn: [Buffer.from('Müller', 'latin1'), Buffer.from('M')] }, utf8);

    expect(entry.first('sn')).toBe('');
    expect(entry.unreadable).toEqual(['sn']);
  });
});

describe('A refused account', () => {
  it.each([['52e', 'password'], ['775', 'locked'], ['532', 'expired'], ['533', 'disabled'], ['701', 'has expired'], ['773', 'must be changed']])(
    'is told in plain words: data %s (fault 8)',
    (code, words) => {
      const answer = new InvalidCredentialsError(`80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${code}, v4563`);

      expect(failureOf(answer)).toMatchObject({ kind: 'refused-account' });
      expect(failureOf(answer).message).toContain(words);
    },
  );
});
