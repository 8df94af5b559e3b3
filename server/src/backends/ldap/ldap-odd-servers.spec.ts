import { Logger } from '@nestjs/common';
import { suffix } from '../../../testing/slapd.js';
import type { Backend } from '../backend.js';
import { reasonOf } from '../backend-health.js';
import { found, must, patience, queryOf } from '../testing/stage.js';
import { startOddDirectory, type OddAnswer, type OddDirectory, type OddSearch } from './testing/odd-directory.js';
import { openDirectory, type StageChanges } from './testing/stage.js';

type OddEntry = NonNullable<OddAnswer['entries']>[number];

const person = (uid: string, values: OddEntry['values'] = {}): OddEntry => ({ dn: `uid=${uid},${suffix}`, values: { uid: [uid], ...values } });
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `u${String(index).padStart(5, '0')}`);

describe('A directory unlike slapd', () => {
  const directories: OddDirectory[] = [];
  const opened: Backend[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((backend) => backend.close()));
    await Promise.all(directories.splice(0).map((directory) => directory.close()));
  });

  async function start(answer: (search: OddSearch) => OddAnswer, bind?: { code: number; message: string }): Promise<OddDirectory> {
    const directory = await startOddDirectory(answer, bind);
    directories.push(directory);
    return directory;
  }

  async function open({ port }: OddDirectory, changes?: StageChanges): Promise<Backend> {
    const { backend } = await openDirectory(port, changes);
    opened.push(backend);
    return backend;
  }

  describe('that tells 1,500 members of a group at a time', () => {
    const groupDn = `cn=customers,${suffix}`;
    const members = numbered(50_000);

    /** As Active Directory does it: the plain name with nothing, the part under a name with its range. */
    function tellPart({ attributes }: OddSearch, size = 1_500): OddAnswer {
      const from = Number(/range=(\d+)-/.exec(attributes[0] ?? '')?.[1] ?? 0);
      const part = members.slice(from, from + size);
      const last = from + part.length >= members.length ? '*' : String(from + part.length - 1);
      return { entries: [{ dn: groupDn, values: { memberUid: [], [`memberUid;range=${from}-${last}`]: part } }] };
    }

    it('is asked for the rest: all of its 50,000 are known, and it is read once for a list and its records (fault 19)', async () => {
      const some = members.filter((_, index) => index % 500 === 499);
      const asked = ({ filter }: OddSearch) => filter.toString('latin1').match(/u\d{5}|stranger/gi) ?? [...some, 'stranger'];
      const directory = await start((search) => (search.base === groupDn ? tellPart(search) : { entries: asked(search).map((uid) => person(uid.toLowerCase())) }));
      const backend = await open(directory, { params: { GroupDN: groupDn }, clock: { now: () => new Date('2026-11-22T10:00:00Z') } });
      const borders = ['u00000', 'u01499', 'u01500', 'u01501', 'u49999'];

      expect(await found(backend, '')).toEqual(some);
      expect([...(await backend.findMany([...borders, 'stranger', 'u50000'], patience())).keys()]).toEqual(borders);
      expect((await must(backend, 'U49999')).key).toBe('u49999');
      const parts = directory.searches.filter(({ base }) => base === groupDn).map(({ attributes }) => attributes[0]);
      expect(parts).toHaveLength(Math.ceil(50_000 / 1_500));
      expect(parts.slice(0, 3)).toEqual(['memberUid', 'memberUid;range=1500-*', 'memberUid;range=3000-*']);
    });

    it.each([
      ['tells the same part again', (search: OddSearch) => tellPart({ ...search, attributes: [] })],
      ['tells nothing more', (search: OddSearch) => (search.attributes[0] === 'memberUid' ? tellPart(search) : { entries: [] })],
    ])('and %s: nobody takes a part of the group for the whole', async (_, tell) => {
      const directory = await start((search) => (search.base === groupDn ? tell(search) : { entries: [person('u00001')] }));
      const backend = await open(directory, { params: { GroupDN: groupDn } });

      await expect(backend.find('u00001', patience())).rejects.toMatchObject({ cause: { message: 'GroupDN holds more than the directory hands out' } });
    });
  });

  describe('that hands out pages', () => {
    const everybody = numbered(2_500);
    const pageFrom = (start: number): OddAnswer => ({
      entries: everybody.slice(start, start + 1_000).map((uid) => person(uid)),
      ...(start + 1_000 < everybody.length ? { cookie: String(start + 1_000) } : {}),
    });
    const wanted = ({ searches }: OddDirectory) => searches.filter(({ attributes }) => attributes.length === 1).map(({ cookie }) => cookie);

    it('and loses its place when another server takes over: it is read anew, and nobody is missing or there twice (fault 14)', async () => {
      let isLost = false;
      const directory = await start(({ cookie }) => {
        if (cookie !== '2000' || isLost) return pageFrom(Number(cookie));
        isLost = true;
        return { code: 53 };
      });
      const backend = await open(directory);

      expect(await backend.count(queryOf(''), 10_000, patience())).toBe(2_500);
      expect(wanted(directory)).toEqual(['', '1000', '2000', '', '1000', '2000']);
    });

    it.each([2, 12, 53])('to nobody, and says so with code %i: it is asked for all at once', async (code) => {
      const directory = await start(({ cookie }) => (cookie === null ? { entries: everybody.map((uid) => person(uid)) } : { code }));
      const backend = await open(directory);

      expect(await backend.count(queryOf(''), 10_000, patience())).toBe(2_500);
    });

    it('to nobody, and only 500 at all: they are shown, and that there are more (fault 13)', async () => {
      const directory = await start(({ cookie }) => (cookie === null ? { code: 4, entries: everybody.slice(0, 500).map((uid) => person(uid)) } : { code: 12 }));
      const backend = await open(directory);
      const page = await backend.search(queryOf(''), null, 10, patience());

      expect(page).toMatchObject({ isTruncated: true, hasMore: true });
      expect(await backend.count(queryOf(''), 10_000, patience())).toBe(500);
    });
  });

  it('knows bits: the filter of the disabled goes out as it was written (fault 20)', async () => {
    const directory = await start(() => ({ entries: [person('anna')] }));
    const backend = await open(directory, { block: { CustomerUserValidFilter: '(!(userAccountControl:1.2.840.113556.1.4.803:=2))' } });
    await found(backend, { validity: 'valid' });
    // RFC 4511, extensibleMatch: rule [1], attribute [2], value [3].
    const rule = Buffer.from('1.2.840.113556.1.4.803');
    const expected = Buffer.concat([
      Buffer.of(0x81, rule.length), rule, Buffer.of(0x82, 18), Buffer.from('userAccountControl'), Buffer.of(0x83, 1), Buffer.from('2'),
    ]);

    expect(directory.searches.some(({ filter }) => filter.includes(expected))).toBe(true);
  });

  it('says UTF-8 and holds bytes of Latin-1: such a value is empty, never guessed, and the log names the entry (fault 44)', async () => {
    const directory = await start(() => ({ entries: [person('mueller', { sn: [Buffer.from('Müller', 'latin1')], givenName: ['Jürgen'] })] }));
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const backend = await open(directory);

    try {
      expect((await must(backend, 'mueller')).values).toMatchObject({ UserFirstname: 'Jürgen', UserLastname: '' });
      expect(JSON.stringify((await backend.search(queryOf(''), null, 10, patience())).records)).not.toContain('\ufffd');
      expect(warn.mock.calls.flat()).toContainEqual(expect.stringContaining(`uid=mueller,${suffix}: sn holds bytes that are no text`));
    } finally {
      warn.mockRestore();
    }
    const latin = await open(directory, { params: { SourceCharset: 'iso-8859-1' } });
    expect((await must(latin, 'mueller')).values).toMatchObject({ UserLastname: 'Müller' });
  });

  it.each([
    ['775', 'the account is locked (49, 775)'],
    ['532', "the account's password has expired (49, 532)"],
    ['52e', "the directory refused the account's password (49, 52e)"],
  ])('refuses the account with data %s: %s (fault 8)', async (data, words) => {
    const message = `80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data ${data}, v4563`;
    const directory = await start(() => ({}), { code: 49, message });
    const { backend, failure } = await openDirectory(directory.port, { params: { UserDN: 'cn=helpdesk', UserPw: 'secret' } });
    opened.push(backend);

    expect(reasonOf(failure)).toBe(words);
    expect(directory.searches).toEqual([]);
  });
});
