import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificates {
  readonly caFile: string;
  /** For 127.0.0.1, or another name; `days` below 0: expired. */
  issue(name: string, subject: { readonly altName: string; readonly expired?: boolean }): { readonly certFile: string; readonly keyFile: string };
  remove(): void;
}

/** An authority of the test's own. */
export function makeCertificates(): Certificates {
  const directory = mkdtempSync(join(tmpdir(), `clientele-test-${process.pid}-ca-`));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  writeFileSync(join(directory, 'ca.conf'), [
    '[ca]', 'default_ca=own', '[own]', `dir=${directory}`, 'database=$dir/index.txt', 'new_certs_dir=$dir', 'default_md=sha256', 'policy=any',
    'rand_serial=yes', 'copy_extensions=copy', 'unique_subject=no', '[any]', 'commonName=supplied',
  ].join('\n'));
  writeFileSync(join(directory, 'index.txt'), '');
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority');
  return {
    caFile: join(directory, 'ca.pem'),
    issue: (name, { altName, expired = false }) => {
      openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`, '-addext', `subjectAltName=${altName}`);
      const dates = expired ? ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'] : ['-days', '2'];
      openssl('ca', '-batch', '-notext', '-config', 'ca.conf', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-in', `${name}.csr`, '-out', `${name}.pem`, ...dates);
      return { certFile: join(directory, `${name}.pem`), keyFile: join(directory, `${name}.key`) };
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
