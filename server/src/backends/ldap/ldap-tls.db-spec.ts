import { service, startSlapd, type TestDirectory } from '../../../testing/slapd.js';
import type { Backend } from '../backend.js';
import { reasonOf } from '../backend-health.js';
import { patience } from '../testing/stage.js';
import { makeCertificates, type Certificates } from './testing/certificates.js';
import { openDirectory } from './testing/stage.js';

describe('An encrypted connection to a directory', () => {
  let certificates: Certificates;
  let trusted: TestDirectory;
  let misnamed: TestDirectory;
  let expired: TestDirectory;
  let plain: TestDirectory;
  const opened: Backend[] = [];

  beforeAll(async () => {
    certificates = makeCertificates();
    const certified = (name: string, subject: Parameters<Certificates['issue']>[1]) => startSlapd({ certificate: certificates.issue(name, subject) });
    [trusted, misnamed, expired, plain] = await Promise.all([
      certified('trusted', { altName: 'IP:127.0.0.1' }),
      certified('misnamed', { altName: 'DNS:other.example' }),
      certified('expired', { altName: 'IP:127.0.0.1', expired: true }),
      startSlapd(),
    ]);
  });

  afterAll(async () => {
    await Promise.all(opened.map((backend) => backend.close()));
    await Promise.all([trusted, misnamed, expired, plain].map((directory) => directory.stop()));
    certificates.remove();
  });

  async function failureOn(directory: TestDirectory, kind: 'ldaps' | 'start-tls', params: Record<string, unknown> = { CAFile: certificates.caFile }) {
    const host = kind === 'ldaps' ? `ldaps://127.0.0.1:${directory.tlsPort}` : `127.0.0.1:${directory.port}`;
    const { backend, failure } = await openDirectory(0, {
      params: { Host: host, StartTLS: kind === 'start-tls' ? 1 : 0, UserDN: service.dn, UserPw: service.password, ...params },
    });
    opened.push(backend);
    return failure && reasonOf(failure);
  }

  describe.each(['ldaps', 'start-tls'] as const)('by %s', (kind) => {
    it('is used where the own authority signed for the very host', async () => {
      expect(await failureOn(trusted, kind)).toBeNull();
    });

    it('is refused for another host name (fault 9)', async () => {
      expect(await failureOn(misnamed, kind)).toBe("the directory's certificate is for another host name");
    });

    it('is refused with an expired certificate (fault 9)', async () => {
      expect(await failureOn(expired, kind)).toBe("the directory's certificate has expired");
    });

    it('is refused where nobody knows the authority (fault 9)', async () => {
      expect(await failureOn(trusted, kind, {})).toBe("the directory's certificate is signed by nobody who is trusted here (CAFile)");
    });

    it('is not checked where the operator gives a reason for that', async () => {
      expect(await failureOn(misnamed, kind, { UnverifiedTLSReason: 'replaced next week' })).toBeNull();
    });
  });

  it('is never replaced by a plain one where the server refuses StartTLS (fault 10)', async () => {
    expect(await failureOn(plain, 'start-tls')).toBe('the directory refuses StartTLS');
  });

  it('answers again and again on the same connection', async () => {
    const { backend } = await openDirectory(trusted.port, { params: { StartTLS: 1, CAFile: certificates.caFile } });
    opened.push(backend);

    await expect(backend.probe(patience())).resolves.toBeUndefined();
    await expect(backend.probe(patience())).resolves.toBeUndefined();
  });
});
