import { z } from 'zod';
import { CustomerCompanySection, CustomerUserSection } from './block-schema.js';
import { MapSection, mapElements } from './map-schema.js';
import { blockNames } from './read-blocks.js';
import { keyDescriptions } from './schema-descriptions.js';
import { SettingsSection } from './settings.js';

const blocks = (kind: Parameters<typeof blockNames>[0], section: z.ZodType) =>
  Object.fromEntries(blockNames(kind).map((name) => [name, section.nullable().optional()] as const));

/** A file of ours as JSON Schema, draft 7, which editors know best: completion, and a word on each key. */
export function configurationSchema(): Readonly<Record<string, unknown>> {
  const file = z.looseObject({
    ...blocks('customer-user', CustomerUserSection.meta({ id: 'CustomerUser' })),
    ...blocks('customer', CustomerCompanySection.meta({ id: 'CustomerCompany' })),
    Settings: SettingsSection.optional(),
  });
  const { $schema, ...schema } = z.toJSONSchema(file, { target: 'draft-7', io: 'input', unrepresentable: 'any', override: complete });
  return { $schema, title: 'Configuration of Clientele', ...schema };
}

function complete({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (zodSchema === MapSection) {
    const elements = mapElements.map((name) => ({ description: keyDescriptions[`Map.${name}`] }));
    Object.assign(jsonSchema, { type: 'array', minItems: 1, items: { type: 'array', minItems: 3, maxItems: mapElements.length, items: elements } });
  }
  // a regular expression that is a default has no form in JSON
  if (typeof jsonSchema.default === 'object' && JSON.stringify(jsonSchema.default) === '{}') delete jsonSchema.default;
  for (const [name, property] of Object.entries(jsonSchema.properties ?? {})) {
    const description = keyDescriptions[name];
    if (description !== undefined && typeof property === 'object') property.description = description;
  }
}
