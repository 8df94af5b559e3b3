import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, 't');

describe('the bridge of Znuny and OTOBO, in Perl', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.t')))('holds what %s says of it, without a helpdesk', (file) => {
    const { status, stdout, stderr } = spawnSync('perl', [join(folder, file)], { encoding: 'utf8' });

    expect(stdout.split('\n').filter((line) => line.startsWith('not ok'))).toEqual([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
