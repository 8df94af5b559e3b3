import { z } from 'zod';

/** `clientele.admin` includes `clientele.write`, which includes `clientele.read`. */
export const permissions = ['clientele.read', 'clientele.write', 'clientele.admin'] as const;
export const Permission = z.enum(permissions);
export type Permission = z.infer<typeof Permission>;

export const locales = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt'] as const;
export const Locale = z.enum(locales);
export type Locale = z.infer<typeof Locale>;

export const SessionDescription = z
  .object({
    actor: z.object({ kind: z.enum(['agent', 'token']), login: z.string(), name: z.string() }),
    permissions: z.array(Permission),
    display: z.object({
      locale: z.string().nullable(),
      timeZone: z.string().nullable(),
      skin: z.enum(['light', 'dark']).nullable(),
    }),
    host: z.object({ type: z.enum(['embedded', 'znuny', 'otobo']) }),
  })
  .meta({ id: 'SessionDescription' });
export type SessionDescription = z.infer<typeof SessionDescription>;

export const SessionExchange = z.strictObject({ token: z.string().min(1).max(4096) }).meta({ id: 'SessionExchange' });
export type SessionExchange = z.infer<typeof SessionExchange>;

/** `accessToken` is opaque and lives in memory only; `expiresIn` is in seconds. */
export const SessionOpened = SessionDescription.extend({
  accessToken: z.string(),
  expiresIn: z.number().int(),
}).meta({ id: 'SessionOpened' });
export type SessionOpened = z.infer<typeof SessionOpened>;
