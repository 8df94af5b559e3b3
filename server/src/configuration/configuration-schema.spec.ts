import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationSchema } from './configuration-schema.js';

const published = (): unknown => JSON.parse(readFileSync(join(process.cwd(), 'docs/configuration.schema.json'), 'utf8'));

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly definitions?: Readonly<Record<string, Node>>;
  readonly description?: string;
  readonly required?: readonly string[];
}

describe('The published schema of the configuration file', () => {
  it('is what the program checks; if not: npm run cli -- config:schema > docs/configuration.schema.json', () => {
    expect(published()).toEqual(configurationSchema());
  });

  it('has a word on every key', () => {
    const { definitions = {}, properties = {} } = configurationSchema() as Node;
    const keys = [definitions['CustomerUser'], definitions['CustomerCompany'], properties['Settings']].flatMap((node) => Object.entries(node?.properties ?? {}));

    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter(([, { description }]) => description === undefined).map(([name]) => name)).toEqual([]);
  });

  it('knows all blocks, asks for what a block needs, and forbids no key', () => {
    const { definitions = {}, properties = {} } = configurationSchema() as Node;

    expect(Object.keys(properties)).toEqual(expect.arrayContaining(['CustomerUser', 'CustomerUser10', 'CustomerCompany10', 'Settings']));
    expect(definitions['CustomerUser']?.required).toEqual(expect.arrayContaining(['Module', 'CustomerID', 'Map']));
    expect(JSON.stringify(configurationSchema())).not.toContain('"additionalProperties":false');
  });
});
