import { z } from 'zod';

/** The names of the helpdesk's table `valid`, in the order of its ids 1 to 3. */
export const validities = ['valid', 'invalid', 'invalid-temporarily'] as const;
export const Validity = z.enum(validities).meta({ id: 'Validity' });
export type Validity = z.infer<typeof Validity>;
