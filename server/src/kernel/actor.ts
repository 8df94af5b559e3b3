/** Who acts. `hostUserId` is the number for the helpdesk's `create_by` and `change_by`: an existing `users.id`. */
export interface Actor {
  readonly kind: 'agent' | 'token' | 'system';
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly hostUserId: number;
  readonly correlationId: string;
}
