import { z } from 'zod';

/** Events that a host sends. What else it sends is answered with 202 and ignored: a newer host may know more. */
export const ticketEventTypes = ['ticket.created', 'ticket.customer_user_changed'] as const;
export const recordEventTypes = [
  'customer_user.created',
  'customer_user.updated',
  'customer_user.renamed',
  'customer_user.password_changed',
  'customer.created',
  'customer.updated',
  'customer.renamed',
] as const;

/** Ids come as texts or as numbers, from hosts that know no difference; here they are texts. */
const id = z.union([z.string().max(250), z.number().int()]).transform(String);
const nullableId = z.union([id, z.null()]).default(null);
/** No customer is `null`; an empty text means the same to hosts without one. */
const customerName = z.union([z.string().max(250), z.null()]).transform((name) => (name === '' ? null : name));
const name = z.string().min(1).max(250);

/** The envelope of CloudEvents 1.0, with the extension `sequence`: it only grows within one installation. */
export const HookEnvelope = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(64),
  source: z.string().min(1).max(200),
  type: z.string().max(100).regex(/^[a-z_]+(\.[a-z_]+)+$/),
  subject: z.string().max(250).optional(),
  time: z.iso.datetime({ offset: true }).optional(),
  sequence: z.string().max(40).regex(/^\d+$/).optional(),
  data: z.unknown(),
});
export type HookEnvelope = z.infer<typeof HookEnvelope>;

const actor = z.looseObject({ type: z.string().max(50), id }).optional();

/** The ticket as it was when the event was written; the host may have changed it since. */
export const TicketEventData = z.looseObject({
  ticket: z.looseObject({
    id: id.pipe(z.string().min(1)),
    number: id.optional(),
    customerUserId: customerName,
    customerId: customerName.default(null),
    queueId: nullableId,
    typeId: nullableId,
  }),
  previous: z.looseObject({ customerUserId: customerName.default(null), customerId: customerName.default(null) }).optional(),
  actor,
  cause: z.enum(['mask', 'email', 'api', 'generic-agent', 'merge', 'rename', 'unknown']).catch('unknown').default('unknown'),
});
export type TicketEventData = z.infer<typeof TicketEventData>;

export const CustomerUserEventData = z.looseObject({ login: name, previousLogin: name.optional(), actor });
export type CustomerUserEventData = z.infer<typeof CustomerUserEventData>;
export const CustomerEventData = z.looseObject({ customerId: name, previousCustomerId: name.optional(), actor });
export type CustomerEventData = z.infer<typeof CustomerEventData>;

/** What the host is asked to do. An empty text clears a field; `null` is never sent. */
export const HookAction = z.strictObject({
  op: z.literal('ticket.set_fields'),
  ticketId: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** Compared with the ticket at the moment of writing: a newer customer user wins. */
  expect: z.strictObject({ customerUserId: z.string().nullable() }),
});
export type HookAction = z.infer<typeof HookAction>;

export const HookAnswer = z
  .object({
    actions: z.array(HookAction),
    result: z.enum(['applied', 'nothing-to-do', 'superseded', 'ignored']),
  })
  .meta({ id: 'HookAnswer' });
export type HookAnswer = z.infer<typeof HookAnswer>;
